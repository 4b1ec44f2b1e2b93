import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/spells-summaries',
  title: 'The deltas of a summary spell what the item has in the end',
  rules: ['summary-assembly'],
  covers: ['stream-summary-concat'],
  about: hasTypePrefix('reasoning_summary_text'),

  mutants: [
    {
      story: 'the closing events are sent with empty texts',
      on: reasoningStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.reasoning_summary_text.done', (event) => ({
          ...event,
          text: '',
        })),
    },
  ],
})
