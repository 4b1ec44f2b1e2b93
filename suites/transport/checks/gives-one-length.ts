import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { header } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding } from '../../common/answers.ts'
import { textScenario } from '../../basic/scenarios.ts'

export default defineCheck({
  id: 'transport/gives-one-length',
  title: 'An answer has no Content-Length beside Transfer-Encoding',
  kind: 'wire',
  scenario: 'every',
  covers: ['transport-one-length'],

  judge({ exchange }: EveryExchange) {
    if (exchange.request.transport === 'websocket') return notShown('no HTTP')
    const length = header(exchange, 'content-length')
    const encoding = header(exchange, 'transfer-encoding')
    if (length === undefined && encoding === undefined) return notShown('no length is announced')
    if (length === undefined || encoding === undefined) return holds
    const actual = `Content-Length: ${length}, beside Transfer-Encoding: ${encoding}`
    return violated(
      createFinding('header content-length', 'one of them, since HTTP forbids both', actual),
    )
  },

  mutants: [
    {
      story: 'a proxy sends the length of its upstream on, and chunks as well',
      on: textScenario,
      reply: (reply) => {
        if (!('json' in reply.body)) return reply
        const length = new TextEncoder().encode(JSON.stringify(reply.body.json)).length
        const lengths = { 'content-length': String(length), 'transfer-encoding': 'chunked' }
        return { ...reply, headers: { ...reply.headers, ...lengths } }
      },
    },
  ],
})
