// What a provider is spared, and what it can be relied upon to see.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { FRONT_KEY, startFront, type Door } from './front.ts'

async function runBehind(
  door: Door,
  args: readonly string[],
): Promise<{ code: number; result: RunResult; most: number; asked: number }> {
  const front = await startFront(door)
  try {
    const out = join(createEmptyFolder(), 'out')
    const target = ['--base-url', front.url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
    const { code } = await runCommandLine(['run', ...target, '--out', out, ...args], {
      env: { POLICY_KEY: FRONT_KEY },
    })
    const file = join(out, 'run.json')
    const result = readRunResult(readFileSync(file, 'utf8'), file)
    return { code, result, most: front.most(), asked: front.heard.length }
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

// Before a run each provider is asked once.

/** Keeps the first request of a run until the next one is there: how busy the machine is does not decide whether they meet. */
function hold(): { keep(pass: () => void): void; release(): void } {
  let kept: (() => void) | undefined
  return {
    keep: (pass) => void (kept = pass),
    release() {
      kept?.()
      kept = undefined
    },
  }
}

test('a server with a single slot is never failed for it, and the waiting is told', async () => {
  const first = hold()
  const { code, result } = await runBehind(
    (visit, pass) => {
      if (visit.inside > 1) refuse(visit, { 'retry-after-ms': '50' })
      else if (visit.index === 1) return first.keep(pass)
      else pass()
      first.release()
    },
    ['--check', 'basic/*', '--concurrency', '6'],
  )
  expect(result.verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([])
  expect(result.verdicts.filter(({ reason }) => reason === 'rate-limited')).toEqual([])
  expect(result.targets[0]!.usage.waitedMs).toBeGreaterThan(0)
  expect(code).toBe(0)
})

test('Retry-After is obeyed', async () => {
  const { code, result, asked } = await runBehind(
    (visit, pass) => (visit.index === 0 ? refuse(visit, { 'retry-after': '1' }) : pass()),
    ['--check', 'basic/object-type', '--concurrency', '1'],
  )
  expect(code).toBe(0)
  expect(asked).toBe(3)
  expect(result.targets[0]!.usage).toMatchObject({ retries: 1 })
  expect(result.targets[0]!.usage.waitedMs).toBeGreaterThanOrEqual(1_000)
})

test('the limit on requests in flight is reached, and is exact', async () => {
  const first = hold()
  const { code, most } = await runBehind(
    ({ index }, pass) => {
      if (index === 1) return first.keep(pass)
      pass()
      first.release()
    },
    ['--check', 'basic/*', 'message-style/hears-*', '--concurrency', '2'],
  )
  expect(most).toBe(2)
  expect(code).toBe(0)
})

const breakDown = ({ response }: Parameters<Door>[0]): void => {
  response.writeHead(500, { 'content-type': 'application/json' })
  response.end('{"error":{"message":"boom","type":"server_error","code":null,"param":null}}')
}

test('a server that answers once and then breaks down is asked little, and accused of nothing', async () => {
  const { code, result, asked } = await runBehind(
    (visit, pass) => (visit.index === 0 ? pass() : breakDown(visit)),
    [],
  )
  expect(result.verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([])
  expect(asked).toBeLessThan(13)
  expect(code).toBe(3)
})

test('a server that breaks down only where no key comes is accused of it', async () => {
  const { result } = await runBehind(
    (visit, pass) => (visit.hasKey ? pass() : breakDown(visit)),
    ['--check', 'auth/asks-for-a-key'],
  )
  expect(result.verdicts.map(({ outcome }) => outcome)).toContain('fail')
})
