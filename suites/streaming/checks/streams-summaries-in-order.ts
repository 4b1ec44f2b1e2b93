import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-summaries-in-order',
  title: 'A summary part is added, written, done and closed, and counted from 0',
  rules: ['summary'],
  covers: ['stream-summary-order'],
  about: hasTypePrefix('reasoning_summary'),

  mutant: {
    story: 'summaries are sent as bare deltas',
    on: reasoningStreamScenario,
    reply: (reply) => dropEvents(reply, 'response.reasoning_summary_part.added'),
  },
})
