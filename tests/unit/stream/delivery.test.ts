import { expect, test } from 'vitest'
import { measureDelivery } from '../../../src/stream/measure-delivery.ts'
import { createExchange } from '../../exchange.ts'
import type { Exchange } from '../../../src/types/index.ts'

function arriving(times: readonly number[]): Exchange {
  const type = (at: number) => (at === 0 ? 'response.created' : 'response.output_text.delta')
  const events = times.map((ms, index) => ({
    index,
    ms,
    offset: index,
    raw: '{}',
    data: { type: type(index) },
  }))
  return {
    ...createExchange({ kind: 'events', anomalies: [], events }),
    timing: { startedAt: '2026-01-01T00:00:00Z', headersMs: 1, endMs: 1, chunks: [] },
  }
}

test('tells a buffered stream from an incremental one', () => {
  const steps = Array.from({ length: 20 }, (_, at) => at)
  const steady = measureDelivery(arriving(steps.map((at) => 100 + 50 * at)))
  expect(steady).toMatchObject({ manner: 'incremental', firstEventMs: 100, firstDeltaMs: 150 })
  const burst = measureDelivery(arriving(steps.map((at) => (at === 0 ? 20 : 3000 + at))))
  expect(burst).toMatchObject({ manner: 'burst', longestGapMs: 2981, longestGapBefore: 1 })
  expect(burst?.note).toContain('something buffers the stream')
  expect(measureDelivery(arriving(steps))?.manner).toBe('unknown')
})

test('says nothing about what is no stream', () => {
  const { timing: _timing, ...untimed } = arriving([1])
  expect(measureDelivery(untimed)).toBeUndefined()
  expect(measureDelivery(arriving([]))).toBeUndefined()
})
