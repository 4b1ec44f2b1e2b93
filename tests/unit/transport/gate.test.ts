import { expect, test } from 'vitest'
import { createRateLimiter } from '../../../src/transport/rate-limiter.ts'

test('never runs more tasks at a time than it may', async () => {
  const gate = createRateLimiter({ concurrency: 3 })
  let running = 0
  let most = 0
  const task = async (): Promise<void> => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
  }
  await Promise.all(Array.from({ length: 20 }, () => gate.run(task)))
  expect(most).toBe(3)
})

test('a task that waits for a slot has not begun: the wait takes no time from its deadline', async () => {
  const gate = createRateLimiter({ concurrency: 1 })
  let release = (): void => undefined
  const first = gate.run(() => new Promise<void>((resolve) => (release = resolve)))
  let begun = false
  const second = gate.run(async () => (begun = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toBe(false)
  release()
  await Promise.all([first, second])
  expect(begun).toBe(true)
})

test('runs fewer at a time after a rate limit, and counts the time it waited', async () => {
  const gate = createRateLimiter({ concurrency: 8 })
  gate.slowDown(5)
  expect(gate.limit).toBe(4)
  expect(gate.waitedMs).toBe(5)
  await expect(gate.run(async () => 'done')).resolves.toBe('done')
})

test('comes down to one request at a time and no further', () => {
  const gate = createRateLimiter({ concurrency: 4 })
  for (let index = 0; index < 5; index++) gate.slowDown(0)
  expect(gate.limit).toBe(1)
})

test('lets an aborted task leave the queue and keeps the slot for others', async () => {
  const gate = createRateLimiter({ concurrency: 1 })
  const stop = new AbortController()
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const first = gate.run(() => held)
  const second = gate.run(async () => 'second', stop.signal).catch((error: Error) => error.message)
  const third = gate.run(async () => 'third')
  stop.abort(new Error('stopped'))
  release()
  await first
  expect(await second).toBe('stopped')
  expect(await third).toBe('third')
})
