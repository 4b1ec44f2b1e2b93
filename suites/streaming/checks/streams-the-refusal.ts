import { defineCheck, holds, verdictOf } from '../../../src/authoring/define.ts'
import { events } from '../../../src/authoring/read.ts'
import { isType } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { refusalStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/streams-the-refusal',
  title: 'A refusal at the end was streamed as a refusal',
  kind: 'behavioural',
  scenario: refusalStreamScenario,
  covers: ['stream-refusal-events'],

  judge({ stream }) {
    if (events(stream).some(isType('response.refusal.delta'))) return holds
    return verdictOf([
      {
        step: 'stream',
        at: '/events',
        expected: 'response.refusal.delta for the refusal that the final response has',
        actual: 'no such event',
        kind: 'missing-event',
      },
    ])
  },

  mutants: [
    {
      story: 'refusals are only known to the final response',
      reply: (reply) =>
        renumberEvents(dropEvents(reply, 'response.refusal.delta', 'response.refusal.done')),
    },
  ],
})
