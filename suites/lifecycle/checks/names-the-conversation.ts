import {
  allOf,
  defineCheck,
  holds,
  mapResponse,
  violated,
  without,
} from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { bodyIdOf, conversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/names-the-conversation',
  title: 'A response says to which conversation it belongs',
  kind: 'wire',
  scenario: conversationScenario,
  covers: ['conv-response-echo'],

  judge({ begin, ask, asObject }) {
    const belongs = (step: string, exchange: Exchange): Judgement => {
      const actual = field(response(exchange), '/conversation/id')
      if (actual === bodyIdOf(begin)) return holds
      const at = `${responseAt(exchange)}/conversation/id`
      return violated({ step, at, expected: show(bodyIdOf(begin)), actual: show(actual) })
    }
    return allOf(belongs('ask', ask), belongs('asObject', asObject))
  },

  mutants: [
    {
      story: 'an adapter resolves the conversation and does not mention it again',
      reply: (reply) => mapResponse(reply, (body) => without(body, 'conversation')),
    },
  ],
})
