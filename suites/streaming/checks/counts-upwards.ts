import { isNumbered, defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-upwards',
  title: 'sequence_number strictly increases over all events',
  rules: ['numbers-increase'],
  about: isNumbered,
  covers: ['stream-seq-strictly-increasing'],

  mutant: {
    story: 'each kind of event is counted by itself',
    on: textStreamScenario,
    reply: (reply) =>
      changeEvents(reply, 'response.output_item.done', (event) => ({
        ...event,
        sequence_number: 0,
      })),
  },
})
