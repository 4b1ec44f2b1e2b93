import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { hasHeaders, header, mediaType, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { createFinding } from '../answers.ts'

export default defineCheck({
  id: 'common/json-is-labelled-json',
  title: 'A JSON answer has the media type application/json',
  kind: 'wire',
  scenario: 'every',
  covers: ['transport-json-content-type', 'own-media-type'],

  judge({ exchange }: EveryExchange) {
    // The media type of errors is a requirement of its own.
    if (exchange.body.kind !== 'json' || exchange.status < 200 || exchange.status > 299) {
      return notShown('not a successful JSON reply')
    }
    if (!hasHeaders(exchange)) return notShown('no header was recorded')
    if (mediaType(exchange) === 'application/json') return holds
    const actual = header(exchange, 'content-type')
    return violated(
      createFinding(
        'header content-type',
        'application/json',
        actual === undefined ? 'absent' : show(actual),
      ),
    )
  },

  mutants: [
    {
      story: 'a proxy written for web pages labels every body text/plain',
      on: textScenario,
      reply: (reply) => ({
        ...reply,
        headers: { ...reply.headers, 'content-type': 'text/plain; charset=utf-8' },
      }),
    },
  ],
})
