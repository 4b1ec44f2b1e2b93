// Every way in which a command ends, with its word and its code: what docs/exit-codes.md lists, row by row.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import badges from '../../reporters/badges.ts'
import github from '../../reporters/github.ts'
import json from '../../reporters/json.ts'
import junit from '../../reporters/junit.ts'
import terminal from '../../reporters/terminal.ts'
import { concludeRun, EXIT, exitCodeOf } from '../../src/result/exit-code.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { Reporter, RunResult, RunTrouble, Verdict } from '../../src/types/index.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { sampleExchange, sampleRun } from '../unit/reporters/sample.ts'
import { runCommandLine } from './command.ts'

const KEY = 'a-key-of-a-test-of-outcomes'
const server = await startReference({ keys: [KEY] })
afterAll(() => server.close())

/** One target, gated by OpenAI alone, with these verdicts. */
function resultOf(
  { complete = true, trouble }: { complete?: boolean; trouble?: RunTrouble['kind'] },
  ...rows: readonly Partial<Verdict>[]
): RunResult {
  const { targets, verdicts, ...rest } = sampleRun()
  const { reason: _, expected: _expected, ...plain } = verdicts[0]!
  const target = { ...targets[0]!, gate: ['openai'] as const }
  return {
    ...rest,
    run: { ...rest.run, complete },
    targets: [target],
    causes: [],
    readiness: [],
    verdicts: rows.map((row) => ({
      ...plain,
      target: target.id,
      origin: target.origin,
      yardstick: 'openai' as const,
      level: 'must' as const,
      outcome: 'pass' as const,
      ...row,
    })),
    ...(trouble === undefined
      ? {}
      : { troubles: [{ kind: trouble, target: target.id, note: 'so it is' }] }),
  }
}

const fail = { outcome: 'fail' } as const
const expected = { ...fail, expected: { reason: 'known', expires: '2099-01-01' } }
const behind = { outcome: 'inconclusive', reason: 'prerequisite' } as const
const open = { outcome: 'inconclusive', reason: 'timeout' } as const

/** Results, heaviest first: what was judged, and the word and the code that it comes to. */
const RESULTS: readonly (readonly [situation: string, word: string, code: number, RunResult])[] = [
  ['a check threw', 'fault of the suite', 5, resultOf({ trouble: 'harness' }, fail)],
  ['a gating must fails', 'does not conform', 1, resultOf({}, {}, fail)],
  [
    '… and the baseline has an entry that no longer holds',
    'does not conform',
    1,
    resultOf({ trouble: 'baseline' }, fail),
  ],
  ['… and the budget was used up', 'does not conform', 1, resultOf({ trouble: 'budget' }, fail)],
  ['… and the run was cut short', 'does not conform', 1, resultOf({ complete: false }, fail)],
  [
    'a failure that the baseline expected passes, or its day has passed',
    'stale baseline',
    4,
    resultOf({ trouble: 'baseline' }, {}),
  ],
  [
    '… and the budget was used up',
    'stale baseline',
    4,
    resultOf({ trouble: 'baseline', complete: false }, {}),
  ],
  [
    'a budget that the user set was used up',
    'budget used up',
    6,
    resultOf({ trouble: 'budget', complete: false }, {}, open),
  ],
  ['a gating must is undecided', 'incomplete', 3, resultOf({}, {}, open)],
  ['… behind another that nobody failed', 'incomplete', 3, resultOf({}, {}, behind)],
  [
    'the run was cut short: by a signal, its limit, a death',
    'incomplete',
    3,
    resultOf({ complete: false }, {}),
  ],
  ['the target could not be asked', 'incomplete', 3, resultOf({ complete: false }, open)],
  ['nothing that gates was judged', 'incomplete', 3, resultOf({}, { outcome: 'not-applicable' })],
  ['… but by another yardstick', 'incomplete', 3, resultOf({}, { yardstick: 'open-responses' })],
  ['there is no verdict', 'incomplete', 3, resultOf({})],
  ['all gating musts pass', 'conforms', 0, resultOf({}, {})],
  [
    '… and a should fails, or a point is contested',
    'conforms',
    0,
    resultOf({}, { outcome: 'warn' }),
  ],
  ['… but for failures that the baseline expects', 'conforms', 0, resultOf({}, expected)],
  ['… and what is undecided behind them', 'conforms', 0, resultOf({}, expected, behind)],
  ['… and a should is undecided', 'conforms', 0, resultOf({}, {}, { ...behind, level: 'should' })],
  [
    '… and the model declined one',
    'conforms',
    0,
    resultOf({}, {}, { outcome: 'inconclusive', reason: 'model-declined' }),
  ],
  ['… and another yardstick fails', 'conforms', 0, resultOf({}, {}, { ...fail, yardstick: 'own' })],
]

test.each(RESULTS)('%s: %s, %i', (_, word, code, result) => {
  expect([concludeRun(result).word, exitCodeOf(result)]).toEqual([word, code])
  const text = ({ render }: Reporter): string =>
    Object.values(render(result, { evidence: sampleExchange, width: 200 })).join('\n')
  expect(text(terminal)).toContain(`${word} · exit ${code}, gated by OpenAI`)
  expect(text(github)).toContain(`# Responses API conformance: ${word}\n\nExit code ${code}.`)
  expect(text(junit)).toContain(`<property name="conclusion" value="${word}"/>`)
  expect(/<(failure|error) /.test(text(junit))).toBe(code !== 0)
  const badge = badges.render(result, { evidence: sampleExchange })['badges/reference-openai.json']!
  expect(badge).toContain(`"message": "${word} · `)
  // What the baseline expects decides nothing, and is not green in public.
  const isExpected = result.verdicts.some(({ expected: of }) => of !== undefined)
  expect(badge.includes('green"')).toBe(code === 0 && !isExpected)
  const { run } = readRunResult(text(json), 'run.json')
  expect([run.conclusion, run.exitCode]).toEqual([word, code])
})

test('the worst word of several targets counts, and no target is no green', () => {
  const good = resultOf({}, {})
  const empty = { ...good.targets[0]!, id: 'another' }
  expect(exitCodeOf({ ...good, targets: [...good.targets, empty] })).toBe(3)
  expect(exitCodeOf({ ...good, targets: [], verdicts: [] })).toBe(3)
  const stray = { kind: 'baseline', target: 'nobody', note: 'expired' } as const
  expect(exitCodeOf({ ...good, troubles: [stray] })).toBe(4)
})

const TARGET = ['--base-url', server.url, '--model', 'reference', '--check', 'basic/object-type']

/** What ends without a result, or beside one. */
const COMMANDS: readonly (readonly [
  situation: string,
  code: number,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
])[] = [
  ['an option, a file or a name is wrong', EXIT.usage, ['run', '--speed', 'high']],
  ['nothing says what to ask', EXIT.usage, ['run', '--smoke']],
  ['the variable of a key is not set', EXIT.usage, ['run', ...TARGET, '--api-key-env', 'NOBODY']],
  ['--resume of another run', EXIT.usage, ['run', ...TARGET, '--resume', '--out', 'nothing']],
  ['there is no address that answers', EXIT.incomplete, ['http://127.0.0.1:9/v1']],
  ['the key is refused', EXIT.incomplete, ['run', ...TARGET]],
  [
    'a key was found in a file of the results, which was deleted',
    EXIT.secret,
    ['run', ...TARGET, '--api-key-env', 'K', '--resume', '--out', 'planted'],
    { K: KEY },
  ],
]

for (const [situation, code, args, env = {}] of COMMANDS)
  test(`${situation}: ${code}`, async () => {
    const cwd = createEmptyFolder()
    if (code === EXIT.secret) {
      await runCommandLine(
        args.filter((arg) => arg !== '--resume'),
        { cwd, env },
      )
      mkdirSync(join(cwd, 'planted', 'notes'))
      writeFileSync(join(cwd, 'planted', 'notes', 'key.txt'), `key: ${KEY}`)
    }
    const ended = await runCommandLine(args, { cwd, env })
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(/\S/)])
    expect(ended.stderr).not.toMatch(/^\s+at /m)
  })

test('docs/exit-codes.md', async () => {
  const rows = [
    ...COMMANDS.map(([situation, code]) => [code, '–', situation]),
    ...RESULTS.map(([situation, word, code]) => [code, word, situation]),
    [EXIT.interrupted, '–', 'Ctrl-C was pressed a second time: nothing more is written'],
  ]
  const text = `# Exit codes

Generated; each row is a test. The word is what the terminal, the summary of a job, JUnit, badges and \`run.json\`
show, and it is made by the function that makes the code. Where several rows hold, the order is
70, 5, 1, 4, 6, 3, 0; of several targets the heaviest counts. Only 0 is green.

| code | word | when |
|---|---|---|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

\`doctor\` ends with 0 (ready), 1 (the endpoint answers wrongly), 2 (settings or key), 3 (nobody can tell now);
\`compare\` with 0 (every need is met), 1 (a target fails or declines one), 3 (something could not be judged).
`
  await expect(text).toMatchFileSnapshot('../../docs/exit-codes.md')
})
