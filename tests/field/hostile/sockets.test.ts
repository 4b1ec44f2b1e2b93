// Whatever comes over a WebSocket, there are verdicts in time, and nobody else is hurt.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import type { Target } from '../../../src/target/target-and-keys.ts'
import type { Verdict } from '../../../src/types/index.ts'
import { createRedactor } from '../../../src/target/redact.ts'
import { hostileTarget, runAll, type FinishedBattery } from './battery.ts'
import { HOSTILE_KEY } from './ways.ts'
import type { Serving } from './serve.ts'
import { FLOODS, SOCKETS } from './sockets.ts'

/** A run against one correct provider takes 200 MB; the floods send thousands. */
const MOST_MEMORY_MB = 700

let finished: FinishedBattery
let flooded: FinishedBattery
const servers: Serving[] = []

function over(id: string, url: string, deadlineMs: number): Target {
  return { ...hostileTarget(id, url, deadlineMs), has: ['key', 'websocket'] }
}

/** A correct provider and all of these in one run. */
async function runBeside(providers: typeof SOCKETS): Promise<FinishedBattery> {
  const names = Object.keys(providers)
  const healthy = await startReference({ keys: [HOSTILE_KEY] })
  const hostile = await Promise.all(Object.values(providers).map(({ start }) => start(1)))
  servers.push(healthy, ...hostile)
  const targets = names.map((name, index) => over(name, hostile[index]!.url, 2_000))
  const flags = { suite: ['websocket'], check: ['websocket/*'] }
  return runAll([over('healthy', healthy.url, 60_000), ...targets], flags, HOSTILE_KEY)
}

beforeAll(async () => {
  finished = await runBeside(SOCKETS)
  flooded = await runBeside(FLOODS)
})

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  for (const { out } of [finished, flooded]) rmSync(out, { recursive: true, force: true })
})

function rowsOf({ result }: FinishedBattery, target: string): readonly Verdict[] {
  return result.verdicts.filter((verdict) => verdict.target === target)
}

test('the runs end, complete, without a fault of ours and without filling memory', () => {
  for (const { harness, result, maxRssMB } of [finished, flooded]) {
    expect(harness).toEqual([])
    expect(result.run.incomplete).toBeUndefined()
    expect(maxRssMB).toBeLessThan(MOST_MEMORY_MB)
  }
})

test('a correct provider of the same run passes everything', () => {
  for (const run of [finished, flooded]) {
    const rows = rowsOf(run, 'healthy')
    expect(rows.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(5)
    expect(rows.filter(({ outcome }) => !['pass', 'not-applicable'].includes(outcome))).toEqual([])
  }
})

describe.each([...Object.entries(SOCKETS), ...Object.entries(FLOODS)])('%s', (name, { never }) => {
  test('gets as many verdicts as a correct provider, and no undue praise', () => {
    const run = Object.hasOwn(SOCKETS, name) ? finished : flooded
    const rows = rowsOf(run, name)
    expect(rows.length).toBe(rowsOf(run, 'healthy').length)
    const praise = rows.filter(({ check }) => check === 'websocket/answers-in-frames')
    expect(praise.length).toBeGreaterThan(0)
    if (never !== undefined) expect(praise.filter(({ outcome }) => outcome === never)).toEqual([])
  })
})

test('what was written holds no key, and nothing that a terminal obeys', () => {
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u009b]/
  const { finds } = createRedactor([HOSTILE_KEY])
  const files = readdirSync(finished.out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const heard = Object.values(finished.result.evidence).map(({ target }) => target)
  expect(heard).toEqual(expect.arrayContaining(['the key', 'an attack']))
  expect(finished.secrets).toEqual([])
  expect(files.filter((file) => finds(readFileSync(file)))).toEqual([])
  expect(files.filter((file) => control.test(readFileSync(file, 'utf8')))).toEqual([])
})
