// Every exit code, through the command as a pipeline starts it.

import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mapJson } from '../../src/authoring/define.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import {
  runCommandLine,
  createEmptyFolder,
  type FinishedCommand,
  type Starting,
} from '../cli/command.ts'
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
  starting: Starting = {},
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

test('0: it conforms; a planted configuration of other tools is not loaded', async () => {
  const cwd = createEmptyFolder()
  const trap = `writeFileSync(${JSON.stringify(join(cwd, 'trapped'))}, '')`
  for (const tool of ['vitest.config', 'vite.config', 'postcss.config', 'vitest.workspace']) {
    for (const end of ['cjs', 'js', 'mjs', 'ts', 'mts']) {
      const load =
        end === 'cjs'
          ? "const { writeFileSync } = require('node:fs')"
          : "import { writeFileSync } from 'node:fs'"
      writeFileSync(join(cwd, `${tool}.${end}`), `${load}\n${trap}\n`)
    }
  }
  writeFileSync(join(cwd, 'planted.cjs'), `const { writeFileSync } = require('node:fs')\n${trap}\n`)
  writeFileSync(join(cwd, 'tsconfig.json'), '{ "extends": "./nowhere.json", "include": 7 }')
  // Only .env is read, and what is already set stays as it is.
  for (const name of ['.env', '.env.local', '.env.test']) {
    writeFileSync(join(cwd, name), `POLICY_KEY=wrong\nNODE_OPTIONS=--require ./planted.cjs\n`)
  }
  const { code, result } = await run(correct.url, [], { cwd })
  expect(code).toBe(0)
  expect(result().run.complete).toBe(true)
  expect(existsSync(join(cwd, 'trapped'))).toBe(false)
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

test('5: a check of ours throws', async () => {
  const root = createEmptyFolder()
  for (const name of ['dist', 'specs', 'fixtures', 'package.json'])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true })
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))
  const check = join(root, 'dist/suites/basic/checks/object-type.js')
  const source = readFileSync(check, 'utf8')
  writeFileSync(
    check,
    source.replace(/judge\([^)]*\) \{/, '$& throw new Error("our own mistake");'),
  )
  const { code, stderr } = await run(correct.url, [], { root })
  expect([code, stderr]).toEqual([5, expect.stringContaining('our own mistake')])
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
