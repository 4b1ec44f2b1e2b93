import { mapEvents } from '../../../src/authoring/define.ts'
import { isNumbered, defineStreamRuleCheck } from '../stream-rule-check.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-from-zero',
  title: 'response.created has sequence_number 0',
  rules: ['numbers-from-zero'],
  about: isNumbered,
  covers: ['stream-seq-starts-zero'],

  mutants: [
    {
      story: 'the counter is raised before it is used',
      on: textStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) => ({
          ...event,
          sequence_number: Number(event['sequence_number']) + 1,
        })),
    },
  ],
})
