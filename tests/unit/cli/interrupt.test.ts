import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listenForStop } from '../../../src/cli/terminal/interrupt.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('one press stops, delivered twice as npx does; the next one ends the process', () => {
  const before = process.listeners('SIGINT')
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
  const stop = listenForStop()
  const [press] = process.listeners('SIGINT').filter((one) => !before.includes(one))
  press!('SIGINT')
  expect(stop.aborted).toBe(true)
  vi.setSystemTime(Date.now() + 30)
  press!('SIGINT')
  expect(exit).not.toHaveBeenCalled()
  vi.setSystemTime(Date.now() + 600)
  press!('SIGINT')
  expect(exit).toHaveBeenCalledWith(130)
  process.off('SIGINT', press!)
  process.off('SIGTERM', press!)
})
