// However a run ends, what it judged is kept, and nothing is asked twice.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { readJournal } from '../../src/evidence/journal.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult, Verdict } from '../../src/types/index.ts'
import { spawnCommand, type Ended } from './spawn-command.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { FRONT_KEY, startFront, type Front } from '../cli/front.ts'

const ARGS = ['--check', 'basic/*', 'common/*', 'message-style/hears-*', '--seed', 'interrupted']
const CONCURRENCY = 2

function run(
  front: Front,
  out: string,
  more: readonly string[] = [],
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const target = ['--base-url', front.url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
  const limits = ['--concurrency', String(CONCURRENCY)]
  return spawnCommand(['run', ...target, ...limits, ...ARGS, '--out', out, ...more], {
    env: { POLICY_KEY: FRONT_KEY },
    onStart,
  })
}

function resultIn(out: string): RunResult {
  const file = join(out, 'run.json')
  return readRunResult(readFileSync(file, 'utf8'), file)
}

/** What two runs of the same questions must agree upon. */
function told({ verdicts }: RunResult): readonly string[] {
  return verdicts
    .map(({ scenario, check, yardstick, outcome, reason }: Verdict) =>
      [check, scenario, yardstick, outcome, reason].join(' '),
    )
    .toSorted()
}

/** The names of all questions that were answered, one for each time. */
function questions(out: string): readonly (string | undefined)[] {
  return readJournal(join(out, 'journal.jsonl'))
    .filter((entry) => entry.kind === 'exchange')
    .map((entry) => entry.asked)
    .toSorted()
}

/** Calls as soon as it holds. */
function when(holds: () => boolean, act: () => void): void {
  const timer = setInterval(() => {
    if (!holds()) return
    clearInterval(timer)
    act()
  }, 5)
}

test('Ctrl-C leaves a valid partial result', async () => {
  const front = await startFront(({ index }, pass) => void (index < 3 && pass()))
  const out = join(createEmptyFolder(), 'out')
  const { code } = await run(front, out, [], (child) =>
    when(
      () => front.heard.length >= 5,
      () => child.kill('SIGINT'),
    ),
  )
  const result = resultIn(out)
  expect(code).toBe(3)
  expect(result.run).toMatchObject({ complete: false, incomplete: 'the run was interrupted' })
  expect(result.verdicts.some(({ outcome }) => outcome === 'pass')).toBe(true)
  await front.close()
})

test('a check that never comes back keeps nobody from ending the run', async () => {
  const cwd = createEmptyFolder()
  mkdirSync(join(cwd, 'node_modules'))
  symlinkSync(packageRoot, join(cwd, 'node_modules', 'responses-conformance'), 'junction')
  const ours = readFileSync(join(packageRoot, 'tests', 'package', 'ours.mjs'), 'utf8')
  const looping = ours.replace(
    'const model = response(ask)',
    `writeFileSync('looping', String(process.pid))\nfor (;;);\n$&`,
  )
  expect(looping).not.toBe(ours)
  writeFileSync(join(cwd, 'ours.mjs'), `import { writeFileSync } from 'node:fs'\n${looping}`)
  const front = await startFront()
  const target = ['--base-url', front.url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
  const args = ['run', ...target, '--load', 'ours.mjs', '--check', 'ours/*', '--out', 'out']
  const { code, stdout } = await spawnCommand(args, {
    cwd,
    env: { POLICY_KEY: FRONT_KEY },
    onStart: (child) =>
      when(
        () => existsSync(join(cwd, 'looping')),
        () => child.kill('SIGINT'),
      ),
  })
  expect([code, stdout]).toEqual([3, expect.stringContaining('the run was interrupted')])
  expect(resultIn(join(cwd, 'out')).run.complete).toBe(false)
  // It went with the run: nobody is left who turns in his loop.
  const pid = readFileSync(join(cwd, 'looping'), 'utf8')
  const state = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim()
  expect(state).toMatch(/^(Z.*)?$/)
  await front.close()
})

test('a second Ctrl-C ends at once with 130', async () => {
  const listener = join(packageRoot, 'dist', 'src', 'cli', 'terminal', 'interrupt.js')
  // Here stopping never ends, so that nothing but the second press can end it.
  const child = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { listenForStop } = await import(${JSON.stringify(pathToFileURL(listener).href)})
     listenForStop()
     setInterval(() => undefined, 1000)
     console.log('ready')`,
  ])
  // What comes within half a second counts as the same press, so it is pressed until it counts.
  let presses: ReturnType<typeof setInterval> | undefined
  child.stdout.once('data', () => (presses = setInterval(() => child.kill('SIGINT'), 20)))
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130)
  clearInterval(presses)
})

test('killed at any moment, everything judged is recovered, and the rest is asked once', async () => {
  const quiet = await startFront()
  const whole = join(createEmptyFolder(), 'out')
  await run(quiet, whole)
  const asked = quiet.heard.length
  await quiet.close()

  // What comes after the last request before a kill gets no answer: the run cannot end sooner.
  let last = 0
  const front = await startFront(({ index }, pass) => void (index < last && pass()))
  const out = join(createEmptyFolder(), 'out')
  const kills = [Math.ceil(asked / 3), Math.ceil((2 * asked) / 3)]
  for (const [index, count] of kills.entries()) {
    last = count
    const more = index === 0 ? [] : ['--resume']
    const { code } = await run(front, out, more, (child) =>
      when(
        () => front.heard.length > count,
        () => child.kill('SIGKILL'),
      ),
    )
    expect(code).toBe(null)
    expect(existsSync(join(out, 'run.json'))).toBe(false)
    const judged = readJournal(join(out, 'journal.jsonl'))
      .filter((entry) => entry.kind === 'case')
      .flatMap(({ verdicts }) => verdicts)
    const recovered = join(createEmptyFolder(), 'recovered')
    const report = await spawnCommand(['report', out, '--from-journal', '--out', recovered])
    expect([report.code, report.stderr]).toEqual([3, ''])
    expect(resultIn(recovered).verdicts.length).toBe(judged.length)
  }
  last = Infinity
  const { code } = await run(front, out, ['--resume'])
  expect(code).toBe(0)
  expect(resultIn(out).run.complete).toBe(true)
  expect(told(resultIn(out))).toEqual(told(resultIn(whole)))
  const gathered = readJournal(join(out, 'journal.jsonl'))
    .filter((entry) => entry.kind === 'evidence')
    .map(({ scenario, attempt }) => `${scenario}#${attempt}`)
  expect(gathered.length).toBe(new Set(gathered).size)
  // What was saved is not sent again: only what was under way when the process died.
  expect(questions(out)).toEqual(questions(whole))
  const { requests } = resultIn(out).targets[0]!.usage
  expect(requests).toBeGreaterThanOrEqual(asked)
  expect(requests).toBeLessThanOrEqual(front.heard.length)
  await front.close()
})
