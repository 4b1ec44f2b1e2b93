import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { reasoning } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/spells-summaries',
  title: 'The deltas of a summary spell what the item has in the end',
  laws: ['summary-assembly'],
  covers: ['stream-summary-concat'],
  about: speaksOf('reasoning_summary_text'),

  mutants: [
    {
      story: 'the closing events are sent with empty texts',
      on: reasoning,
      reply: (reply) =>
        changing(reply, 'response.reasoning_summary_text.done', (event) => ({
          ...event,
          text: '',
        })),
    },
  ],
})
