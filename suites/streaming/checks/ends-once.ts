import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { dropEvents, repeatEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/ends-once',
  title: 'Exactly one terminal event ends the stream',
  rules: ['single-terminal'],
  covers: ['stream-single-terminal'],

  mutants: [
    {
      story: 'a proxy stops at the last delta, and the clients ask again',
      on: textStreamScenario,
      reply: (reply) => dropEvents(reply, ...TERMINAL_EVENTS),
    },
    {
      story: 'a gateway ends a stream that its upstream has ended already',
      on: textStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.completed'),
    },
    {
      story: 'the answer of a retry is appended to the first one',
      on: textStreamScenario,
      reply: (reply) =>
        'events' in reply.body
          ? { ...reply, body: { events: [...reply.body.events, ...reply.body.events] } }
          : reply,
    },
  ],
})
