import { defineCheck, holds, verdictOf } from '../../../src/authoring/define.ts'
import { response, show } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { hungUpStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/survives-a-hang-up',
  title: 'After a client hung up in the middle of a stream, the next one is answered',
  kind: 'wire',
  scenario: hungUpStreamScenario,
  covers: ['stream-client-abort'],

  judge({ next }) {
    const status = response(next)?.['status']
    if (status === 'completed' || status === 'incomplete') return holds
    return verdictOf([
      {
        step: 'next',
        at: 'status',
        expected: 'a whole answer',
        actual: status === undefined ? quoteReply(next) : `a response with status ${show(status)}`,
      },
    ])
  },

  mutants: [
    {
      story: 'the worker that was hung up on never comes back',
      reply: (reply, { text }) =>
        text.includes('Reply with exactly') && 'events' in reply.body
          ? { ...reply, body: { events: reply.body.events.slice(0, 2) } }
          : reply,
    },
  ],
})
