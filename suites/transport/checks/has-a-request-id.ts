import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { header } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'

export default defineCheck({
  id: 'transport/has-a-request-id',
  title: 'Every reply, errors included, has an x-request-id',
  kind: 'wire',
  scenario: 'every',
  covers: ['transport-request-id-header', 'transport-request-id-on-errors'],

  judge({ exchange }: EveryExchange) {
    if (exchange.request.transport === 'websocket') return notShown('a turn on a WebSocket')
    // Foreign recordings keep few headers.
    if (exchange.timing === undefined) return notShown('recorded without its headers')
    const id = header(exchange, 'x-request-id')
    if (id !== undefined && id.trim() !== '') return holds
    return violated({
      step: 'exchange',
      at: 'header x-request-id',
      expected: "a non-empty value, which OpenAI's SDK shows as _request_id",
      actual: id === undefined ? 'absent' : 'empty',
    })
  },

  mutants: [
    {
      story: 'a proxy strips the headers that it does not know',
      on: textScenario,
      reply: (reply) => ({ ...reply, headers: { ...reply.headers, 'x-request-id': '' } }),
    },
  ],
})
