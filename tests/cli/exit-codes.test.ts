// Every exit code, and what comes with it.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mapJson } from '../../src/authoring/define.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { runCommandLine, type FinishedCommand, type Calling } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { FRONT_KEY, startFront, type Front } from './front.ts'

const fronts: Front[] = []
afterAll(async () => {
  await Promise.all(fronts.map((front) => front.close()))
})

async function open(...args: Parameters<typeof startFront>): Promise<Front> {
  const front = await startFront(...args)
  fronts.push(front)
  return front
}

const correct = await open()
const wrong = await open(undefined, {
  reply: (reply) => mapJson(reply, (body) => ({ ...body, object: 'text_completion' })),
})

interface Ran extends FinishedCommand {
  readonly out: string
  result(): RunResult
}

async function run(
  url: string,
  args: readonly string[] = [],
  starting: Calling = {},
): Promise<Ran> {
  const out = join(createEmptyFolder(), 'out')
  const select = args.includes('--check') ? [] : ['--check', 'basic/object-type']
  const target = ['--base-url', url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
  const finished = await runCommandLine(['run', ...target, ...select, '--out', out, ...args], {
    ...starting,
    env: { POLICY_KEY: FRONT_KEY, ...starting.env },
  })
  const file = join(out, 'run.json')
  return { ...finished, out, result: () => readRunResult(readFileSync(file, 'utf8'), file) }
}

test('0: it conforms', async () => {
  const { code, result } = await run(correct.url)
  expect(code).toBe(0)
  expect(result().run.complete).toBe(true)
})

test('1: it does not conform', async () => {
  const { code, result } = await run(wrong.url)
  expect(code).toBe(1)
  expect(result().verdicts.filter(({ outcome }) => outcome === 'fail').length).toBeGreaterThan(0)
})

test.each([
  ['a missing key', ['run', 'crun', '--model', 'm'], 'CRUN_API_KEY'],
  [
    'a key on the command line',
    ['run', '--base-url', 'http://127.0.0.1:1/v1', '--model', 'm', '--api-key', FRONT_KEY],
    'shell history',
  ],
  ['an unknown option', ['run', '--speed', 'high'], '--speed'],
  ['an unknown provider', ['run', 'crum'], 'crun'],
])('2: %s', async (_, args, says) => {
  const { code, stderr } = await runCommandLine(args)
  expect(code).toBe(2)
  expect(stderr).toContain(says)
  expect(stderr).not.toMatch(/\n {4}at /)
})

test('3: nothing could be decided', async () => {
  const shut = await open(({ response }) => response.destroy())
  const { code, result } = await run(shut.url)
  expect(code).toBe(3)
  expect(result().verdicts.some(({ reason }) => reason === 'unreachable')).toBe(true)
})

test('3: it was stopped, and what was judged until then is kept', async () => {
  const stop = new AbortController()
  const front = await open(({ index }, pass) => (index < 2 ? pass() : stop.abort()))
  const given = ['--check', 'basic/*', 'message-style/hears-*', '--concurrency', '1']
  const { code, result } = await run(front.url, given, { stop: stop.signal })
  expect(code).toBe(3)
  expect(result().run).toMatchObject({ complete: false, incomplete: 'the run was interrupted' })
  expect(result().verdicts.some(({ outcome }) => outcome === 'pass')).toBe(true)
})

test('4: the baseline is stale or expired; a wildcard in it is refused', async () => {
  const entry = (check: string, expires: string): string => {
    const file = join(createEmptyFolder(), 'baseline.yaml')
    const target = new URL(correct.url).host.replace(':', '-')
    writeFileSync(file, JSON.stringify({ entries: [{ target, check, reason: 'known', expires }] }))
    return file
  }
  const stale = await run(correct.url, ['--baseline', entry('basic/object-type', '2999-01-01')])
  expect([stale.code, stale.stderr]).toEqual([4, expect.stringContaining('passes now')])
  const expired = await run(correct.url, ['--baseline', entry('basic/has-an-id', '2020-01-01')])
  expect([expired.code, expired.stderr]).toEqual([4, expect.stringContaining('expired')])
  const wildcard = await run(correct.url, ['--baseline', entry('basic/*', '2999-01-01')])
  expect([wildcard.code, wildcard.stderr]).toEqual([2, expect.stringContaining('wildcard')])
})

test('5: a check throws', async () => {
  const cwd = createEmptyFolder()
  const covers = ['basic-id-prefix']
  const check = { id: 'ours/throws', title: 'Throws', kind: 'wire', covers, scenario: 'every' }
  const code = `export default { ...${JSON.stringify(check)}, mutant: { story: 'none' }, judge() { throw new Error('our own mistake') } }`
  writeFileSync(join(cwd, 'ours.mjs'), code)
  const given = ['--load', 'ours.mjs', '--check', 'ours/*', 'basic/object-type']
  const ran = await run(correct.url, given, { cwd })
  expect([ran.code, ran.stderr]).toEqual([5, expect.stringContaining('our own mistake')])
  expect(ran.result().verdicts.some(({ outcome }) => outcome === 'pass')).toBe(true)
})

test('6: the budget was reached, and the partial result is a result', async () => {
  const before = correct.heard.length
  const { code, result, out } = await run(correct.url, [
    '--check',
    'basic/*',
    '--max-requests',
    '2',
  ])
  expect(code).toBe(6)
  expect(correct.heard.length - before).toBe(2)
  expect(result().run).toMatchObject({
    complete: false,
    incomplete: 'the cap of 2 requests was reached',
  })
  expect(result().verdicts.some(({ outcome }) => outcome === 'pass')).toBe(true)
  const continued = await run(correct.url, ['--check', 'basic/*', '--resume', '--out', out])
  expect(continued.code).toBe(0)
  const tokens = await run(correct.url, [
    '--check',
    'basic/*',
    '--max-tokens',
    '1',
    '--concurrency',
    '1',
  ])
  expect(tokens.code).toBe(6)
  expect(tokens.result().targets[0]!.usage.requests).toBe(1)
})

test('70: a key was found in what is there, and the file deleted', async () => {
  const first = await run(correct.url)
  const planted = join(first.out, 'notes', 'key.txt')
  mkdirSync(join(first.out, 'notes'))
  writeFileSync(planted, `base64: ${Buffer.from(`key:${FRONT_KEY}`).toString('base64')}`)
  const { code, stderr } = await run(correct.url, ['--resume', '--out', first.out])
  expect([code, stderr]).toEqual([70, expect.stringContaining('key.txt')])
  expect(existsSync(planted)).toBe(false)
})

test('a short key is masked in auth headers only, and that is said', async () => {
  const { stderr } = await run(correct.url, [], { env: { POLICY_KEY: 'short' } })
  expect(stderr).toContain('The key in POLICY_KEY is shorter than 12 characters')
})
