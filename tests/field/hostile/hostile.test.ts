// Whatever a provider does, it gets verdicts in time, hurts nobody else, and owns no report.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import type { Target } from '../../../src/target/target-and-keys.ts'
import type { Verdict } from '../../../src/types/index.ts'
import { createRedactor } from '../../../src/target/redact.ts'
import { hostileTarget, runAll, type FinishedBattery } from './battery.ts'
import { TOO_MUCH } from './floods.ts'
import { PROVIDERS } from './providers.ts'
import { HOSTILE_KEY } from './ways.ts'
import type { Serving } from './serve.ts'

/** Few enough for a hundred providers, with an answer, a stream, a cut answer and a refusal. */
const CHECKS = [
  'basic/*',
  'common/*',
  'errors/has-an-envelope',
  'streaming/accepts-stream-options',
  'streaming/answers-*',
  'streaming/carries-*',
  'streaming/ends-*',
  'streaming/names-*',
]
const DEADLINE_MS = 2_000

/**
 * Far below what the floods send. How early memory is given back depends on how busy the machine
 * is: 260 MB to 470 MB were seen, of which a run against one correct provider takes 265 MB.
 */
const MOST_MEMORY_MB = 700
const AT_ONCE = 4

let finished: FinishedBattery
const flooded: FinishedBattery[] = []
const servers: Serving[] = []

async function start(
  providers: typeof PROVIDERS,
  deadlineMs: number,
  wellAnswered: number,
): Promise<readonly Target[]> {
  const started = await Promise.all(
    Object.values(providers).map((each) => each.start(wellAnswered)),
  )
  servers.push(...started)
  return Object.keys(providers).map((name, index) =>
    hostileTarget(name, started[index]!.url, deadlineMs),
  )
}

beforeAll(async () => {
  const healthy = await startReference({ keys: [HOSTILE_KEY] })
  servers.push(healthy)
  const correct = hostileTarget('healthy', healthy.url, 60_000)
  const hostile = await start(PROVIDERS, DEADLINE_MS, 1)
  finished = await runAll([correct, ...hostile], { check: CHECKS }, HOSTILE_KEY)
  const floods = await start(TOO_MUCH, 20_000, 0)
  const few = ['basic/answers-with-text', 'common/*', 'streaming/accepts-stream-options']
  for (let at = 0; at < floods.length; at += AT_ONCE) {
    const targets = [correct, ...floods.slice(at, at + AT_ONCE)]
    flooded.push(await runAll(targets, { check: few }, HOSTILE_KEY))
  }
})

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  for (const { out } of [finished, ...flooded]) rmSync(out, { recursive: true, force: true })
})

function rowsOf(target: string): readonly Verdict[] {
  return finished.result.verdicts.filter((verdict) => verdict.target === target)
}

/** They give no answer over HTTP at all: nothing is asked of them, and one sentence each says why. */
const UNREACHABLE = [
  'accepts and says nothing',
  'closes at once',
  'resets at once',
  'does not speak HTTP',
  'TLS: a certificate of nobody',
  'TLS: speaks plain HTTP',
  'TLS: never shakes hands',
  'TLS: closes during the handshake',
  'TLS: an alert',
]

test('the run ends without a fault of ours, and all are judged but who gives no answer', () => {
  expect(finished.harness).toEqual([])
  // Who answers one request and then only 500 may be asked no more.
  const lines = (finished.result.run.incomplete ?? '')
    .split('\n')
    .filter((line) => !/^nothing more was asked: HTTP 5\d\d, as to each of \d+ /.test(line))
  const named = lines.map((line) => /^nothing of (.+) was judged: ./.exec(line)?.[1] ?? line)
  expect(named.toSorted()).toEqual(UNREACHABLE.toSorted())
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

test('what is too much is cut off, and no memory is filled with it', () => {
  const evidence = flooded.flatMap(({ result }) => Object.values(result.evidence))
  const cut = evidence.filter(({ ending }) => ending === 'size-cap').map(({ target }) => target)
  expect(new Set(cut).size).toBeGreaterThan(2)
  expect(flooded.flatMap(({ harness }) => harness)).toEqual([])
  expect(Math.max(...flooded.map(({ maxRssMB }) => maxRssMB))).toBeLessThan(MOST_MEMORY_MB)
})

describe('what was written', () => {
  const files = (pattern = /./): readonly string[] =>
    readdirSync(finished.out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && pattern.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  const texts = (pattern: RegExp): string =>
    files(pattern)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')

  test('holds no key in any form', () => {
    const { finds } = createRedactor([HOSTILE_KEY])
    expect(finished.secrets).toEqual([])
    expect(finds(Buffer.from(finished.printed))).toBe(false)
    expect(files().filter((file) => finds(readFileSync(file)))).toEqual([])
  })

  test('holds no character that a terminal obeys', () => {
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u009b]/
    expect(control.test(finished.printed)).toBe(false)
    expect(files().filter((file) => control.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  test('holds no markup, formula or command of theirs', () => {
    expect(texts(/\.html$/)).not.toMatch(/<script>alert|<img src=x/)
    expect(texts(/\.xml$/)).not.toMatch(/<script>alert|\]\]>&x;/)
    // Neither code spans, whatever their fence, nor escaped brackets are markup.
    const prose = texts(/\.md$/).replaceAll(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
    expect(prose).not.toMatch(/(?<!\\)\]\(javascript|^# owned/m)
    expect(texts(/\.csv$/)).not.toMatch(/(^|,|")\s*=cmd/m)
    // A line of what a job prints, or hands to its runner, could command the runner.
    const commands = files(/\.(txt|md)$/).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('::error::owned'))
        .map((line) => `${relative(finished.out, file)}: ${line}`),
    )
    expect(commands).toEqual([])
  })
})
