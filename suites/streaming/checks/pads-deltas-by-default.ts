import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import { dropFields, changeEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/pads-deltas-by-default',
  title: 'Deltas, and they alone, carry an obfuscation string unless it is switched off',
  kind: 'wire',
  scenario: textStreamScenario,
  covers: ['stream-obfuscation-default'],

  judge({ stream }) {
    const told = events(stream)
    const deltas = told.filter((event) => (eventType(event) ?? '').endsWith('.delta'))
    const first = deltas[0]
    if (first === undefined) return notShown('there are no deltas')
    if (!deltas.some(({ data }) => typeof field(data, '/obfuscation') === 'string')) {
      return verdictOf([
        {
          step: 'stream',
          at: `/events/${first.index}/obfuscation`,
          expected: 'a string of random length, so that the sizes of packets tell nothing',
          actual: 'absent from every delta',
        },
      ])
    }
    const stray = told.find(
      (event) => !deltas.includes(event) && field(event.data, '/obfuscation') !== undefined,
    )
    return verdictOf(
      stray === undefined
        ? []
        : [
            {
              step: 'stream',
              at: `/events/${stray.index}/obfuscation`,
              expected: 'obfuscation on deltas alone',
              actual: `${eventType(stray)}: ${show(field(stray.data, '/obfuscation'))}`,
            },
          ],
    )
  },

  mutants: [
    {
      story: 'a provider does not know the padding',
      reply: (reply) => dropFields(reply, 'obfuscation'),
    },
    {
      story: 'everything that carries text is padded',
      reply: (reply) =>
        changeEvents(reply, 'response.output_text.done', (event) => ({
          ...event,
          obfuscation: 'xxxx',
        })),
    },
  ],
})
