import { isNumbered, defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeEvents, deliverLate } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-upwards',
  title: 'sequence_number strictly increases over all events',
  rules: ['numbers-increase'],
  about: isNumbered,
  covers: ['stream-seq-strictly-increasing'],

  mutants: [
    {
      story: 'each kind of event is counted by itself',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.output_item.done', (event) => ({
          ...event,
          sequence_number: 0,
        })),
    },
    {
      story: 'two threads write to one connection, and one overtakes the other',
      on: textStreamScenario,
      reply: (reply) => deliverLate(reply, 'response.output_text.done'),
    },
  ],
})
