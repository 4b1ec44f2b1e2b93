// What is joined or judged anew keeps what the runs were told, and never becomes more than they were.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mapJson } from '../../src/authoring/define.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { replaceText } from '../../suites/common/mutants.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine, type FinishedCommand } from './command.ts'
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

const wrong = await open(undefined, {
  reply: (reply) => mapJson(reply, (body) => ({ ...body, object: 'text_completion' })),
})

function call(args: readonly string[], cwd: string): Promise<FinishedCommand> {
  return runCommandLine(args, { cwd, env: { K: FRONT_KEY } })
}

function run(cwd: string, out: string, more: readonly string[] = []): Promise<FinishedCommand> {
  const target = `ours=${wrong.url},model=reference,api-key-env=K`
  const asked = ['--check', 'basic/object-type', 'basic/has-an-id', 'usage/*']
  return call(['run', '--target', target, ...asked, '--quiet', '--out', out, ...more], cwd)
}

function resultIn(cwd: string, name: string): RunResult {
  const file = join(cwd, name, 'run.json')
  return readRunResult(readFileSync(file, 'utf8'), file)
}

const EXPECTED = {
  target: 'ours',
  check: 'basic/object-type',
  reason: 'known since March',
  expires: '2999-01-01',
}

test('a baseline, the gate and the circumstances stay, whatever is done with a result', async () => {
  const cwd = createEmptyFolder()
  writeFileSync(join(cwd, 'known.yaml'), JSON.stringify({ entries: [EXPECTED] }))
  const more = ['--baseline', 'known.yaml', '--gate', 'openai', 'open-responses']
  await run(cwd, 'first', [...more, '--shard', '1/2'])
  await run(cwd, 'second', [...more, '--shard', '2/2'])
  expect(await run(cwd, 'whole', more)).toMatchObject({ code: 0 })
  expect(await call(['merge', 'first', 'second', '--out', 'merged'], cwd)).toMatchObject({
    code: 0,
  })
  expect(await call(['rejudge', 'merged', '--out', 'again'], cwd)).toMatchObject({ code: 0 })
  expect(await call(['report', 'again', '--from-journal'], cwd)).toMatchObject({ code: 0 })
  const whole = resultIn(cwd, 'whole')
  for (const name of ['merged', 'again']) {
    const { targets, verdicts, suite } = resultIn(cwd, name)
    expect([suite, targets[0]!.gate]).toEqual([whole.suite, ['openai', 'open-responses']])
    expect(targets[0]).toMatchObject({ id: 'ours', endpoint: whole.targets[0]!.endpoint })
    const failing = verdicts.filter(({ outcome }) => outcome === 'fail')
    expect(failing.length).toBe(whole.verdicts.filter(({ outcome }) => outcome === 'fail').length)
    const { reason, expires } = EXPECTED
    for (const { expected } of failing) expect(expected).toEqual({ reason, expires })
  }
})

test('a baseline that is stale is so in every report', async () => {
  const cwd = createEmptyFolder()
  const stale = { ...EXPECTED, check: 'basic/has-an-id' }
  writeFileSync(join(cwd, 'known.yaml'), JSON.stringify({ entries: [EXPECTED, stale] }))
  const ran = await run(cwd, 'out', ['--baseline', 'known.yaml'])
  const says = 'basic/has-an-id on ours: passes now; "baseline prune" removes it'
  expect([ran.code, ran.stderr]).toEqual([4, expect.stringContaining(says)])
  const read = (name: string): string => readFileSync(join(cwd, 'out', name), 'utf8')
  expect(read('github/summary.md')).toMatch(
    /conformance: stale baseline\n\nExit code 4\.\n\n- Stale/,
  )
  expect(read('github/annotations.txt')).toMatch(
    /^::error [^\n]*::Stale baseline: basic\/has-an-id/m,
  )
  expect(read('junit.xml')).toContain('<error type="stale baseline" message="exit code 4: stale')
  expect(read('junit.xml')).toContain('basic/has-an-id on ours: passes now')
  expect(read('terminal.txt')).toContain('stale baseline · exit 4')
  expect(read('run.json')).toContain('"conclusion": "stale baseline"')
  const again = await call(['rejudge', 'out', '--out', 'again'], cwd)
  expect([again.code, again.stderr]).toEqual([4, expect.stringContaining(says)])
  // In a part nobody can tell: what holds for every exchange may fail in another.
  const part = await run(cwd, 'part', ['--baseline', 'known.yaml', '--shard', '1/2'])
  expect(part.stderr).not.toContain('passes now')
})

test('nothing is joined twice, and nothing that is not one', async () => {
  const cwd = createEmptyFolder()
  await run(cwd, 'first', ['--shard', '1/2'])
  await run(cwd, 'once-more', ['--shard', '1/2'])
  await run(cwd, 'second', ['--shard', '2/2'])
  await run(cwd, 'third', ['--shard', '3/3'])
  await run(cwd, 'otherwise', ['--shard', '2/2', '--gate', 'open-responses'])
  const refused: readonly (readonly [readonly string[], string])[] = [
    [['first', 'first', 'second'], 'first hold the same run'],
    [['first', 'once-more', 'second'], 'once-more both hold shard 1/2 of ours'],
    [['first', 'third'], 'parts of different wholes: of 2 and of 3'],
    [['first', 'otherwise'], 'ours has another gate in'],
    [['first'], 'shard 2/2 is missing'],
    [['first', 'nowhere'], 'nowhere holds no journal'],
  ]
  for (const [folders, says] of refused) {
    const { code, stderr } = await call(['merge', ...folders, '--out', 'merged'], cwd)
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
  }
})

test('half a run never becomes a whole one by being judged anew', async () => {
  const cwd = createEmptyFolder()
  const correct = await open()
  const target = ['--base-url', correct.url, '--model', 'reference', '--api-key-env', 'K']
  const asked = ['run', ...target, '--check', 'basic/*', '--concurrency', '1', '--quiet']
  const budget = ['--max-requests', '3', '--record', 'recording.json']
  expect(await call([...asked, '--out', 'budget', ...budget], cwd)).toMatchObject({ code: 6 })
  expect(await call(['rejudge', 'budget', '--out', 'again'], cwd)).toMatchObject({ code: 6 })
  const replayed = ['run', '--from-recording', 'recording.json', '--out', 'replayed']
  expect(await call(replayed, cwd)).toMatchObject({ code: 6 })

  // As a run leaves it that was killed: the last words are missing.
  const journal = join(cwd, 'budget', 'journal.jsonl')
  const lines = readFileSync(journal, 'utf8').split('\n')
  const kept = lines.filter((line) => !/"kind":"(end|budget|interrupted)"/.test(line))
  writeFileSync(journal, kept.join('\n'))
  const killed = await call(['rejudge', 'budget', '--out', 'killed'], cwd)
  expect([killed.code, resultIn(cwd, 'killed').run.incomplete]).toEqual([
    3,
    'the run was ended from outside',
  ])
  const joined = await call(['merge', 'budget', '--out', 'joined'], cwd)
  expect([joined.code, resultIn(cwd, 'joined').run.complete]).toEqual([3, false])
})

test.each([1, 2])(
  'a red that was asked for %i times stays red where it is judged anew',
  async (attempts) => {
    const prose = await open(undefined, {
      reply: (reply) => replaceText(reply, () => 'It is a fine day.'),
    })
    const cwd = createEmptyFolder()
    const target = `ours=${prose.url},model=reference,api-key-env=K`
    const asked = ['--check', 'structured-output/text-is-json', '--attempts', String(attempts)]
    await call(['run', '--target', target, ...asked, '--quiet', '--out', 'out'], cwd)
    await call(['rejudge', 'out', '--out', 'again'], cwd)
    const rows = (name: string): readonly string[] =>
      resultIn(cwd, name).verdicts.map(({ yardstick, outcome, attempts: { made } }) =>
        [yardstick, outcome, made].join(' '),
      )
    expect(rows('out')).toContain(`openai fail ${attempts}`)
    expect(rows('again')).toEqual(rows('out'))
  },
)
