import { defineCheck, mapResponse, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { isStream } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'

export default defineCheck({
  id: 'common/matches-schema',
  title: 'A reply has the shape that the documents give it',
  kind: 'wire',
  scenario: 'every',
  covers: ['common-shape', 'own-shape-as-documented'],
  documents: true,
  shape: true,
  yields: true,

  judge({ exchange }: EveryExchange, context) {
    // What errors look like is judged where errors are provoked.
    if (exchange.status < 200 || exchange.status > 299) return notShown('not a successful reply')
    if (isStream(exchange)) return notShown('a stream is judged event by event')
    // Whom the list of models has to satisfy is a weaker promise, with a check of its own.
    if (exchange.request.operation === 'list-models') return notShown('a list of models')
    const flaws = context.contract.flaws(exchange)
    if (flaws === undefined) return notShown('the documents give this reply no shape')
    return verdictOf(flaws)
  },

  mutants: [
    {
      story: 'a translation layer copies the text settings without their format',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({ ...response, text: { format: { type: 42 } } })),
    },
  ],
})
