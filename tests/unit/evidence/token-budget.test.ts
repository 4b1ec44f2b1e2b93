// A cap on tokens is passed by one request at most, however many are in flight.

import { setMaxListeners } from 'node:events'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokenBudget } from '../../../src/evidence/token-budget.ts'
import type { Exchange, WireRequest } from '../../../src/types/index.ts'

const never = new AbortController().signal
// As of a run: everybody who waits listens.
setMaxListeners(0, never)

function requestOf(cap: number | undefined): WireRequest {
  const json = {
    model: 'm',
    input: 'hello',
    ...(cap === undefined ? {} : { max_output_tokens: cap }),
  }
  return { operation: 'create', method: 'POST', path: '/responses', body: { json } }
}

function answerOf(request: WireRequest, output: number): Exchange {
  const value = { object: 'response', usage: { input_tokens: 10, output_tokens: output } }
  const body = { kind: 'json' as const, value, text: JSON.stringify(value) }
  return { request, status: 200, headers: [], ending: 'complete', body }
}

test('whatever the answers cost', async () => {
  const costs = fc.array(
    fc.record({
      output: fc.integer({ min: 0, max: 2000 }),
      isCapped: fc.boolean(),
      turns: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  await fc.assert(
    fc.asyncProperty(costs, fc.integer({ min: 1, max: 20_000 }), async (answers, cap) => {
      const budget = createTokenBudget(cap, 0)
      let used = 0
      let last = 0
      await Promise.all(
        answers.map(async ({ output, isCapped, turns }) => {
          // A provider that keeps to what was asked for.
          const request = requestOf(isCapped ? Math.max(1, output) : undefined)
          if (!(await budget.admit(request, never))) return
          for (let turn = 0; turn < turns; turn++) await Promise.resolve()
          used += 10 + output
          last = Math.max(last, 10 + output)
          budget.settle(request, answerOf(request, output))
        }),
      )
      expect(used - cap).toBeLessThanOrEqual(last)
      // Nothing is left unasked while there is room.
      const all = answers.reduce((sum, { output }) => sum + 10 + output, 0)
      expect(used).toBeGreaterThanOrEqual(Math.min(cap, all))
    }),
  )
})

test('what is given back may be spent by others, and a stop ends the waiting', async () => {
  const budget = createTokenBudget(100, 0)
  const first = requestOf(undefined)
  expect(await budget.admit(first, never)).toBe(true)
  const stop = new AbortController()
  const second = budget.admit(requestOf(undefined), stop.signal)
  const third = budget.admit(requestOf(undefined), never)
  stop.abort(new Error('stopped'))
  await expect(second).rejects.toThrow('stopped')
  budget.release(first)
  expect(await third).toBe(true)
})

test('without a cap nobody waits', async () => {
  const budget = createTokenBudget(undefined, 1e9)
  const requests = [requestOf(undefined), requestOf(undefined)]
  expect(await Promise.all(requests.map((each) => budget.admit(each, never)))).toEqual([true, true])
})
