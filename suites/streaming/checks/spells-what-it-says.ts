import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/spells-what-it-says',
  title: 'The deltas spell the text of every later telling',
  laws: ['text-assembly'],
  covers: ['stream-text-delta-concat'],
  about: speaksOf('output_text'),

  mutants: [
    {
      story: 'a gateway drops the first character of each delta, and the end of the stream has it',
      on: text,
      reply: (reply) =>
        changing(reply, 'response.output_text.delta', (event) => ({
          ...event,
          delta: String(event['delta']).slice(1),
        })),
    },
  ],
})
