import { mapEvents } from '../../../src/authoring/define.ts'
import { isNumbered, defineStreamRuleCheck } from '../stream-rule-check.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-without-gaps',
  title: 'sequence_number has no gaps',
  rules: ['numbers-contiguous'],
  about: isNumbered,
  covers: ['stream-seq-contiguous'],

  mutants: [
    {
      story: 'a guardrail removes events that were numbered already',
      on: textStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event, index) => ({ ...event, sequence_number: 2 * index })),
    },
  ],
})
