import { expect, test } from 'vitest'
import { reportIneffective } from '../../../suites/common/ineffective.ts'
import { createAnsweredExchange } from '../../exchange.ts'
import type { Exchange, Json } from '../../../src/types/index.ts'

const FINDING = { step: 'ask', at: '/output', expected: 'a call', actual: 'no call' }

/** An exchange in which `asked` was sent as tool_choice, and `told` came back for it. */
function exchange(asked: Json, told: Json): Exchange {
  return createAnsweredExchange(
    { id: 'resp_1', object: 'response', output: [], tool_choice: told },
    200,
    {
      operation: 'create',
      method: 'POST',
      path: '/responses',
      body: { json: { model: 'm', tool_choice: asked } },
    },
  )
}

test.each<[string, Json, Json, true | undefined]>([
  ['echoed as it was sent', 'required', 'required', true],
  ['echoed with a default more', { type: 'function' }, { type: 'function', mode: 'x' }, true],
  ['answered with the default', 'required', 'auto', undefined],
])('what has no effect and is %s', (_, asked, told, isEchoed) => {
  const judgement = reportIneffective(exchange(asked, told), '/tool_choice', FINDING)
  expect(judgement).toMatchObject({ kind: 'ignored', findings: [FINDING] })
  expect('isEchoed' in judgement ? judgement.isEchoed : undefined).toBe(isEchoed)
})
