// What a set-up says that it lacks is neither asked nor held against the server; all else is judged as before.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { formatScopes } from '../../reporters/common/labels.ts'
import { mapQuestion } from '../../src/authoring/define.ts'
import { matrixOf } from '../../src/result/cells/compute-matrix.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult, Verdict } from '../../src/types/index.ts'

import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine, type FinishedCommand } from './command.ts'

const KEY = 'a-key-of-a-test-of-lacks'
let withTools = 0

/** A gateway whose model has no tools: they never reach it. */
const server = await startReference({
  keys: [KEY],
  mutant: {
    request: (request) =>
      mapQuestion(request, ({ tools, tool_choice, parallel_tool_calls, ...body }) => {
        if (tools !== undefined || tool_choice !== undefined) withTools += 1
        return { ...body, ...(parallel_tool_calls === true ? { parallel_tool_calls } : {}) }
      }),
  },
})
afterAll(() => server.close())

const CHECKS = ['tool/*', 'streaming/streams-*', 'structured-output/*', 'errors/grid/*']

async function run(...more: readonly string[]): Promise<FinishedCommand> {
  const args = ['run', '--base-url', server.url, '--model', 'reference', '--api-key-env', 'K']
  return runCommandLine([...args, '--check', ...CHECKS, ...more], { env: { K: KEY } })
}

function read(folder: string): RunResult {
  const file = join(folder, 'run.json')
  const { verdicts, ...rest } = readRunResult(readFileSync(file, 'utf8'), file)
  return { ...rest, verdicts: verdicts.filter(({ yardstick }) => yardstick === 'openai') }
}

const nameOf = ({ check, scenario }: Verdict): string => `${check} (${scenario})`
const outcomesOf = ({ verdicts }: RunResult): ReadonlyMap<string, string> =>
  new Map(verdicts.map((row) => [nameOf(row), row.outcome]))

describe('tools that a set-up lacks', () => {
  const [whole, lacking] = [createEmptyFolder(), createEmptyFolder()]
  let said: FinishedCommand
  let without: RunResult
  let sentWithTools: number

  beforeAll(async () => {
    await run('--out', whole)
    withTools = 0
    said = await run('--lacks', 'tool', 'hosted-tools', '--out', lacking)
    sentWithTools = withTools
    without = read(lacking)
  }, 120_000)

  test('fail where nobody says so', () => {
    const failing = read(whole).verdicts.flatMap(({ outcome, check }) =>
      outcome === 'fail' ? [check] : [],
    )
    expect(failing).toEqual(
      expect.arrayContaining([
        'tool/required-means-a-call',
        'tool/refuses-open-strict-schemas',
        'streaming/streams-a-call-as-a-call',
      ]),
    )
  })

  test('are not sent, and no row of theirs fails', () => {
    expect(sentWithTools).toBe(0)
    expect(without.verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([])
    const unasked = without.verdicts.filter(({ note }) => note === 'the set-up lacks tool')
    expect(new Set(unasked.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(
      new Set(['not-applicable untestable']),
    )
    const checks = unasked.map(({ check }) => check)
    expect(checks).toContain('streaming/streams-a-custom-call')
    expect(checks).toContain('errors/grid/tools-is-an-object')
    expect(checks).toContain('structured-output/tools-come-first')
  })

  test('take nothing else away', () => {
    const before = outcomesOf(read(whole))
    const others = without.verdicts.filter(
      ({ note }) => note?.startsWith('the set-up lacks ') !== true,
    )
    const changed = others.filter(
      (row) => row.outcome !== before.get(nameOf(row)) && before.get(nameOf(row)) !== 'fail',
    )
    // Some shapes of events show themselves in calls alone.
    expect(changed.filter(({ reason }) => reason !== 'not-shown').map(nameOf)).toEqual([])
    const passed = new Set(
      others.flatMap(({ outcome, check }) => (outcome === 'pass' ? check : [])),
    )
    expect(passed).toContain('structured-output/text-is-json')
    expect(passed).toContain('errors/grid/temperature-is-a-string')
    expect(passed.size).toBeGreaterThan(50)
  })

  test('are told by run.json, by the cells and to whoever reads the end', () => {
    expect(without.targets[0]?.setup).toEqual({ lacks: ['tool', 'hosted-tools'] })
    const kept = matrixOf(without).columns[0]?.cells.find(
      ({ capability }) => capability === 'function-call',
    )?.kept
    expect(kept).toMatchObject({ state: 'not asked', why: 'lacks in this set-up' })
    expect(said.stdout).toContain('the set-up lacks tool')
    expect(formatScopes(without.targets[0]!)).toContain('--lacks tool hosted-tools')
    expect(said.code).toBe(0)
  })

  test('stay left out when the evidence is judged again', async () => {
    const again = createEmptyFolder()
    expect(await runCommandLine(['rejudge', lacking, '--out', again])).toMatchObject({ code: 0 })
    expect(outcomesOf(read(again))).toEqual(outcomesOf(without))
    expect(read(again).targets[0]?.setup).toEqual({ lacks: ['tool', 'hosted-tools'] })
  })
})

test('a word that there is not is refused with the one that was meant, and nothing is sent', async () => {
  const { code, stderr } = await run('--lacks', 'tools')
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /^There is no feature or capability "tools"; did you mean "tool"\? [^\n]+\n$/,
  )
})
