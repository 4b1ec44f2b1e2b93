// Whatever a provider does, it gets verdicts in time, hurts nobody else, and owns no report.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import type { Verdict } from '../../src/types.ts'
import { createRedactor } from '../../src/wire/redact.ts'
import { hostileTarget, runAll, type Finished } from './battery.ts'
import { KEY, PROVIDERS } from './providers.ts'
import type { Serving } from './serve.ts'

const CHECKS = ['basic/*', 'common/*', 'streaming/*', 'errors/*']
const DEADLINE_MS = 1_000

let finished: Finished
let servers: readonly Serving[] = []

beforeAll(async () => {
  const healthy = await startReference({ keys: [KEY] })
  const hostile = await Promise.all(Object.values(PROVIDERS).map(({ start }) => start()))
  servers = [healthy, ...hostile]
  finished = await runAll(
    [
      hostileTarget('healthy', healthy.url, 60_000),
      ...Object.keys(PROVIDERS).map((name, index) =>
        hostileTarget(name, hostile[index]!.url, DEADLINE_MS),
      ),
    ],
    { checks: CHECKS },
    KEY,
  )
}, 300_000)

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  rmSync(finished.out, { recursive: true, force: true })
})

function rowsOf(target: string): readonly Verdict[] {
  return finished.result.verdicts.filter((verdict) => verdict.target === target)
}

test('the run ends, complete and without a fault of ours', () => {
  expect(finished.harness).toEqual([])
  expect(finished.result.run.incomplete).toBeUndefined()
  expect(Object.keys(PROVIDERS).length).toBeGreaterThanOrEqual(50)
})

test('a correct provider of the same run passes everything', () => {
  const rows = rowsOf('healthy')
  expect(rows.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(50)
  expect(rows.filter(({ outcome }) => !['pass', 'not-applicable'].includes(outcome))).toEqual([])
})

describe.each(Object.entries(PROVIDERS))('%s', (name, { never }) => {
  test('gets as many verdicts as a correct provider', () => {
    expect(rowsOf(name).length).toBe(rowsOf('healthy').length)
  })

  test('is not praised for what it cannot do', () => {
    const rows = rowsOf(name).filter(({ check }) =>
      /^basic\/(accepted|answers-with-text)$/.test(check),
    )
    expect(rows.length).toBeGreaterThan(0)
    if (never !== undefined) expect(rows.filter(({ outcome }) => outcome === never)).toEqual([])
  })
})

describe('what was written', () => {
  const files = (): readonly string[] =>
    readdirSync(finished.out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))

  test('holds no key in any form', () => {
    const { finds } = createRedactor([KEY])
    expect(finished.secrets).toEqual([])
    expect(finds(Buffer.from(finished.printed))).toBe(false)
    expect(files().filter((file) => finds(readFileSync(file)))).toEqual([])
  })
})
