import { defineCheck, mapResponse, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'

export default defineCheck({
  id: 'common/nothing-undocumented',
  title: 'A reply has nothing that the documents do not name',
  kind: 'wire',
  scenario: 'every',
  covers: ['common-no-surplus', 'own-nothing-undocumented'],
  documents: true,

  judge({ exchange }: EveryExchange, { contract }) {
    if (exchange.status < 200 || exchange.status > 299) return notShown('not a successful reply')
    // The frames of a connection carry fields of the transport: status, stream_id.
    if (exchange.request.transport === 'websocket') return notShown('a turn on a WebSocket')
    if (contract.flaws(exchange) === undefined)
      return notShown('the documents give this reply no shape')
    return verdictOf(contract.unknownFields(exchange))
  },

  mutants: [
    {
      story: 'a gateway adds its own bookkeeping to every answer',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({ ...response, x_channel: { id: 7, ratio: 1.5 } })),
    },
  ],
})
