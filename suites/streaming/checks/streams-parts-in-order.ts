import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { delayEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-parts-in-order',
  title: 'A part is added, written, done and closed, in this order',
  rules: ['part-order'],
  covers: ['stream-part-event-order'],
  about: hasTypePrefix('content_part'),

  mutant: {
    story: 'the last delta is flushed by a timer',
    on: textStreamScenario,
    reply: (reply) => delayEvents(reply, 'response.output_text.done'),
  },
})
