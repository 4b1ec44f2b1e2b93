import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

const recordings = join(packageRoot, 'fixtures', 'recordings')

async function replay(
  file: string,
): Promise<{ readonly code: number | null; readonly run: RunResult }> {
  const out = join(createEmptyFolder(), 'out')
  const { code } = await runCommandLine(['run', '--from-recording', file, '--quiet', '--out', out])
  const result = join(out, 'run.json')
  return { code, run: readRunResult(readFileSync(result, 'utf8'), result) }
}

describe('a recording', () => {
  test('of the reference provider conforms, without a key and without a server', async () => {
    const { code, run } = await replay(join(recordings, 'reference.json'))
    // It speaks OpenAI's dialect, in which no stream ends with [DONE].
    const failing = run.verdicts.filter(({ outcome }) => outcome === 'fail')
    expect(failing.map(({ check, yardstick }) => `${check} by ${yardstick}`)).toEqual([
      'streaming/ends-with-done by open-responses',
    ])
    expect(run.verdicts.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(80)
    expect(new Set(run.verdicts.map(({ origin }) => origin))).toEqual(new Set(['recorded']))
    expect(code).toBe(0)
  })

  test('of a server that nobody here wrote shows what is wrong with it', async () => {
    const { code, run } = await replay(join(recordings, 'aimock.json'))
    const failing = run.verdicts
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ check }) => check)
    expect(failing).toContain('usage/is-whole')
    expect(failing).toContain('stateful/refuses-an-unknown-previous-response')
    expect(code).toBe(1)
  })

  test('says of a fresh run what the run itself said', async () => {
    const key = 'a-key-of-a-recording-test'
    const server = await startReference({ keys: [key] })
    const folder = createEmptyFolder()
    const [out, file] = [join(folder, 'live'), join(folder, 'recording.json')]
    const target = `one=${server.url},model=reference,api-key-env=K`
    const what = ['--check', 'usage/*', '--out', out, '--record', file, '--quiet']
    await runCommandLine(['run', '--target', target, ...what], { env: { K: key } })
    await server.close()
    expect(readFileSync(file, 'utf8')).not.toContain(key)
    const live = readRunResult(readFileSync(join(out, 'run.json'), 'utf8'), out)
    const { run } = await replay(file)
    const told = ({ verdicts }: RunResult) =>
      verdicts.map(({ check, scenario, yardstick, outcome }) =>
        [check, scenario, yardstick, outcome].join(' '),
      )
    expect(told(run)).toEqual(told(live))
  })

  test('is narrowed by what is selected, and by who decides', async () => {
    const file = join(recordings, 'aimock.json')
    const out = join(createEmptyFolder(), 'out')
    const only = ['--check', 'usage/*', 'stateful/*', '--level', 'must', '--reporter', 'csv']
    const { code, stdout } = await runCommandLine([
      'run',
      '--from-recording',
      file,
      '--quiet',
      '--out',
      out,
      ...only,
    ])
    const run = readRunResult(readFileSync(join(out, 'run.json'), 'utf8'), out)
    expect(run.verdicts.length).toBeGreaterThan(0)
    expect(
      run.verdicts.filter(({ check }) => !/^(usage|stateful)\/|\/accepted$/.test(check)),
    ).toEqual([])
    expect(readdirSync(out).toSorted()).toEqual([
      'documents.csv',
      'evidence',
      'journal.jsonl',
      'run.json',
      'verdicts.csv',
    ])
    expect(code).toBe(1)
    // Quiet: one line for each failing check, and where everything is.
    const lines = stdout.trimEnd().split('\n')
    expect(lines.at(-1)).toBe(`Results: ${out}`)
    expect(lines.slice(0, -1).every((line) => /^✗ \S+ (usage|stateful)\/\S+: /.test(line))).toBe(
      true,
    )
    const failing = run.verdicts.filter(
      ({ outcome, yardstick }) => outcome === 'fail' && yardstick === 'openai',
    )
    expect(lines.length - 1).toBe(new Set(failing.map(({ check }) => check)).size)
    const gate = ['--check', 'usage/*', '--gate', 'open-responses']
    await runCommandLine(['run', '--from-recording', file, '--quiet', '--out', out, ...gate])
    const other = readRunResult(readFileSync(join(out, 'run.json'), 'utf8'), out)
    expect(other.targets.map((target) => target.gate)).toEqual([['open-responses']])
  })

  test.each([
    [['--model', 'm'], '--model says how to ask'],
    [['--base-url', 'http://127.0.0.1:1/v1'], '--base-url says how to ask'],
    [['--attempts', '3'], '--attempts says how to ask'],
    [['crun'], 'its own targets'],
    [['--check', 'usage/no-such-check'], 'holds nothing that these options select'],
    [['--suite', 'usages'], 'usage'],
    [['--gate', 'openia'], 'There is no yardstick'],
  ])('is not asked again: %s is refused', async (args, said) => {
    const file = join(recordings, 'reference.json')
    const { code, stderr } = await runCommandLine(['run', '--from-recording', file, ...args])
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)])
  })

  test.each([
    ['{}', 'is no recording'],
    ['nonsense', 'cannot be read as a recording'],
    [
      JSON.stringify({
        format: 'responses-conformance/recording/1',
        journal: [{ kind: 'start', targets: [], specs: [], selection: {} }],
        exchanges: { '../../outside': {} },
      }),
      'is no evidence id',
    ],
  ])('that is none is refused: %s', async (text, said) => {
    const folder = createEmptyFolder()
    writeFileSync(join(folder, 'recording.json'), text)
    const args = ['run', '--from-recording', 'recording.json', '--out', 'out']
    const { code, stdout, stderr } = await runCommandLine(args, { cwd: folder })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
