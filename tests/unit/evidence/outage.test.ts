// A provider that answers nothing but server errors is asked little more than ten times, in whatever order they come.

import { setMaxListeners } from 'node:events'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOutageWatch } from '../../../src/evidence/retry-delay.ts'
import { createRateLimiter } from '../../../src/transport/rate-limiter.ts'

const never = new AbortController().signal
setMaxListeners(0, never)

/** Asks questions as a run does, each with its retries; gives the number of requests that were sent. */
async function ask(
  statusOf: (request: number) => number,
  { concurrency, questions, sent = 1 }: { concurrency: number; questions: number; sent?: number },
): Promise<number> {
  const watch = createOutageWatch(sent)
  const limiter = createRateLimiter({ concurrency })
  let requests = 0
  const one = async (): Promise<void> => {
    for (let tries = 1; ;) {
      const admission = await limiter.run(
        async () => {
          const found = watch.admit(tries > 1)
          if (found === 'gone') return found
          if (found === 'hold') return { changed: watch.changed(never) }
          const status = statusOf(requests++)
          await Promise.resolve()
          watch.settle(status, status >= 500 && tries < 4)
          return status
        },
        never,
        tries > 1,
      )
      if (admission === 'gone') return
      if (typeof admission === 'object') await admission.changed
      else if (Number(admission) < 500 || tries === 4) return
      else tries++
    }
  }
  await Promise.all(Array.from({ length: questions }, one))
  return requests
}

test('whatever waits, it is asked eleven times and no more', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 20, max: 60 }),
      async (concurrency, questions) => {
        expect(await ask(() => 500, { concurrency, questions })).toBe(10)
      },
    ),
  )
})

test('one that serves is asked everything, however often it fails later', async () => {
  const flaky = (request: number): number => (request === 2 ? 200 : 500)
  expect(await ask(flaky, { concurrency: 4, questions: 30 })).toBeGreaterThan(30 * 3)
  expect(await ask(() => 200, { concurrency: 4, questions: 30 })).toBe(30)
})

test('whoever waits is let go when the rest is given up', async () => {
  const watch = createOutageWatch(0)
  expect([watch.admit(false), watch.admit(false)]).toEqual(['go', 'go'])
  watch.settle(500, true)
  watch.settle(500, true)
  expect(watch.admit(false)).toBe('hold')
  const changed = watch.changed(never)
  watch.leave(true)
  watch.leave(true)
  await changed
  expect(watch.admit(false)).toBe('go')
})

test('nobody is held up behind a request that may never be answered', () => {
  const watch = createOutageWatch(0)
  expect([watch.admit(false), watch.admit(false)]).toEqual(['go', 'go'])
  watch.settle(500, false)
  expect(watch.admit(false)).toBe('hold')
  watch.settle(undefined, false)
  expect([watch.admit(false), watch.admit(false)]).toEqual(['go', 'go'])
})
