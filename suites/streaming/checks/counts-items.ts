import { mapEvents } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { parallelCallsStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-items',
  title: 'output_index counts items from 0, and is their place in the final output',
  rules: ['output-index'],
  covers: ['stream-output-index-contiguous'],
  about: isType('response.output_item.added'),

  mutant: {
    story: 'output_index is the number 0 everywhere',
    on: parallelCallsStreamScenario,
    reply: (reply) =>
      mapEvents(reply, (event) =>
        'output_index' in event ? { ...event, output_index: 0 } : event,
      ),
  },
})
