import { defineCheck, holds, unsure, violated } from '../../../src/authoring/define.ts'
import { events } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { hungUpStreamScenario } from '../../streaming/scenarios.ts'

export default defineCheck({
  id: 'transport/streams-whatever-is-accepted',
  title: 'stream true is streamed although the request accepts application/json',
  kind: 'wire',
  scenario: hungUpStreamScenario,
  covers: ['transport-accept-json-does-not-block-sse'],

  judge({ cut, next }) {
    if (next.status === 200 && events(next).length > 0) return holds
    if (events(cut).length === 0)
      return unsure('prerequisite', 'without that header nothing is streamed')
    return violated({
      step: 'next',
      at: 'status',
      expected: "an event stream, because OpenAI's SDK always sends Accept: application/json",
      actual: quoteReply(next),
    })
  },

  mutants: [
    {
      story: 'a server negotiates, and finds no event stream among what is accepted',
      reply: (reply, { headers }) =>
        headers['accept'] === 'application/json' && 'events' in reply.body
          ? { ...reply, status: 406, body: { json: { error: { message: 'Not Acceptable' } } } }
          : reply,
    },
  ],
})
