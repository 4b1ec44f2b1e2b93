import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { requestValueOf, createFinding, judgeAnswer, isKnownField } from '../../common/answers.ts'
import { isPartMissing } from '../../common/json-contains.ts'
import { forcedCallScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/choice-is-echoed',
  title: 'tool_choice comes back in the form in which it was sent',
  kind: 'wire',
  scenario: 'every',
  covers: ['tool-choice-echo'],
  documents: true,

  judge({ exchange }: EveryExchange, context) {
    const sent = requestValueOf(exchange, '/tool_choice')
    return judgeAnswer(exchange, ({ response, at }) => {
      if (sent === undefined || sent === null || !isKnownField(context, '/tool_choice')) {
        return 'no tool_choice was sent'
      }
      const echoed = response['tool_choice']
      if (echoed === undefined) return 'there is no tool_choice'
      return isPartMissing(echoed, sent)
        ? [createFinding(`${at}/tool_choice`, show(sent), show(echoed))]
        : []
    })
  },

  mutants: [
    {
      story: 'a gateway reports the form that it made for its upstream',
      on: forcedCallScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({ ...response, tool_choice: 'required' })),
    },
  ],
})
