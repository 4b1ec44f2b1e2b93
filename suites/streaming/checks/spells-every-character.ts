import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { events, field, show } from '../../../src/authoring/read.ts'
import { isType } from '../stream-rule-check.ts'
import { rewordEvents } from '../mutants.ts'
import { CHARACTERS, charactersStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/spells-every-character',
  title: 'Characters beyond ASCII come through in the deltas',
  kind: 'behavioural',
  scenario: charactersStreamScenario,
  covers: ['stream-utf8-chunk-safe'],

  judge({ stream }) {
    const spelled = events(stream)
      .filter(isType('response.output_text.delta'))
      .map(({ data }) => field(data, '/delta'))
      .filter((delta) => typeof delta === 'string')
      .join('')
    const lost = CHARACTERS.split(' ').filter((word) => !spelled.includes(word))
    return verdictOf(
      lost.length === 0
        ? []
        : [
            {
              step: 'stream',
              at: '/events',
              expected: `deltas that spell ${show(CHARACTERS)}`,
              actual: show(spelled),
            },
          ],
    )
  },

  mutants: [
    {
      story: 'what is not ASCII is replaced on the way',
      reply: (reply) => rewordEvents(reply, /[^ -~]/gu, '?'),
    },
  ],
})
