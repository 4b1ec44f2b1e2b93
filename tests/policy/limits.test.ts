// What a provider is spared, and what it can be relied upon to see.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { runCommandLine, createEmptyFolder } from '../cli/command.ts'
import { FRONT_KEY, startFront, type Door } from './front.ts'

async function runBehind(
  door: Door,
  args: readonly string[],
): Promise<{ code: number | null; result: RunResult; most: number; times: readonly number[] }> {
  const front = await startFront(door)
  try {
    const out = join(createEmptyFolder(), 'out')
    const target = ['--base-url', front.url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
    const { code } = await runCommandLine(['run', ...target, '--out', out, ...args], {
      env: { POLICY_KEY: FRONT_KEY },
    })
    const file = join(out, 'run.json')
    const result = readRunResult(readFileSync(file, 'utf8'), file)
    return { code, result, most: front.most(), times: front.times }
  } finally {
    await front.close()
  }
}

const refuse = (
  { response }: Parameters<Door>[0],
  headers: Readonly<Record<string, string>>,
): void => {
  response.writeHead(429, { 'content-type': 'application/json', ...headers })
  response.end(
    '{"error":{"message":"one at a time","type":"rate_limit_error","code":null,"param":null}}',
  )
}

test('a server with a single slot is never failed for it, and the waiting is told', async () => {
  const { code, result } = await runBehind(
    (visit, pass) =>
      visit.inside > 1 ? refuse(visit, { 'retry-after-ms': '50' }) : setTimeout(pass, 20),
    ['--check', 'basic/*', '--concurrency', '6'],
  )
  expect(result.verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([])
  expect(result.verdicts.filter(({ reason }) => reason === 'rate-limited')).toEqual([])
  expect(result.targets[0]!.usage.waitedMs).toBeGreaterThan(0)
  expect(code).toBe(0)
})

test('Retry-After is obeyed', async () => {
  const { code, times } = await runBehind(
    (visit, pass) => (visit.index === 0 ? refuse(visit, { 'retry-after': '1' }) : pass()),
    ['--check', 'basic/object-type', '--concurrency', '1'],
  )
  expect(code).toBe(0)
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(1_000)
})

test('the limit on requests in flight is exact, and waiting for a slot takes no time from a deadline', async () => {
  const { code, result, most, times } = await runBehind(
    (_, pass) => setTimeout(pass, 700),
    ['--check', 'basic/*', 'message-style/hears-*', '--concurrency', '2', '--deadline', '3'],
  )
  expect(times.length * 700).toBeGreaterThan(2 * 3_000)
  expect(most).toBe(2)
  expect(result.verdicts.filter(({ reason }) => reason === 'timeout')).toEqual([])
  expect(code).toBe(0)
})
