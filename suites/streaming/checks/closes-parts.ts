import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/closes-parts',
  title: 'Every part is finished by output_text.done and content_part.done',
  rules: ['part-closed'],
  covers: ['stream-text-done-present'],
  about: hasTypePrefix('content_part'),

  mutant: {
    story: 'only the deltas of the upstream are passed on',
    on: textStreamScenario,
    reply: (reply) => dropEvents(reply, 'response.output_text.done'),
  },
})
