import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/adds-parts-first',
  title: 'response.content_part.added precedes the text of its part',
  rules: ['part-added'],
  covers: ['stream-content-part-added-first'],
  about: hasTypePrefix('content_part', 'output_text', 'refusal'),

  mutant: {
    story: 'an adapter opens items and never parts',
    on: textStreamScenario,
    reply: (reply) => dropEvents(reply, 'response.content_part.added'),
  },
})
