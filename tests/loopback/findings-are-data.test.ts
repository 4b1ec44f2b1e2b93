// Sentences are output only: with every sentence of every check replaced by `x`, a run of a provider
// that is wrong in many ways comes to the same verdicts, causes and exit code.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { assembleResult } from '../../src/result/from-journal.ts'
import { EXIT, exitCodeOf } from '../../src/result/exit-code.ts'
import { recordPlan, recordOf } from '../../src/result/target-and-plan-records.ts'
import { scenariosOf, type Case } from '../../src/plan/plan.ts'
import type { Check, Finding, Judgement, Mutation } from '../../src/types/index.ts'
import { listAllChecks, askTarget, startProving, suites, type Proving } from '../prove.ts'

/** Their mutants are wrong in as many ways as verdicts and causes tell apart; none needs the bytes. */
const WRONG = [
  'basic/created-at-is-seconds', // a field has a wrong value
  'usage/is-whole', // fields are missing
  'streaming/adds-items-first', // events are missing
  'streaming/spells-what-it-says', // events contradict each other
  'errors/has-an-envelope', // refusals have another form
  'stateful/remembers-its-own-answer', // a parameter has no effect
  'structured-output/text-is-json', // what rests on it stays undecided
]

/** What else these faults bring about. */
const MORE = ['basic/*', 'usage/*', 'stateful/*', 'structured-output/*', 'errors/is-*']

const checks = (await listAllChecks()).filter(({ check }) => WRONG.includes(check.id))
const mutation = together(checks.map(({ check }) => check.mutants[0]))
let proving: Proving

beforeAll(async () => {
  proving = await startProving('openai', [mutation])
})
afterAll(() => proving.close())

test('each of these wrong providers is there', () => {
  expect(checks.map(({ check }) => check.id).toSorted()).toEqual(WRONG.toSorted())
})

// A contract that follows no other decides by the places that its documents name.
const CONTRACTS = ['reference', 'anyfast']

test.each(CONTRACTS)('the words of a finding change nothing (%s)', async (contract) => {
  const asked = await asking(proving, contract)
  try {
    const told = await asked.conclude(asked.cases)
    expect(told.causes.length).toBeGreaterThan(0)
    if (contract === 'reference') expect(told.exit).toBe(EXIT.fails)
    expect(await asked.conclude(asked.cases.map(rewording))).toEqual(told)
  } finally {
    await asked.close()
  }
})

test('two runs on two ports have the same causes', async () => {
  const other = await startProving('openai', [mutation])
  const both = await Promise.all(
    [proving, other].map(async (one) => {
      const asked = await asking(one, 'reference')
      const { rows } = await asked.conclude(asked.cases)
      await asked.close()
      return rows.map(({ check, scenario, yardstick, cause, also, hiddenBy }) => ({
        row: `${check} ${scenario} ${yardstick}`,
        causes: [cause, also, hiddenBy],
      }))
    }),
  )
  await other.close()
  expect(both[1]).toEqual(both[0])
})

/** A provider, asked and ready to be judged. */
async function asking(on: Proving, contract: string) {
  const target = { ...on.target, contract, headers: { 'x-mutant': '0' } }
  const asked = await askTarget(target, { checks: [...WRONG, ...MORE] })
  const runContext = { scenarios: scenariosOf(asked.cases) }
  const plan = recordPlan([{ cases: asked.cases, runContext }], await suites)
  const start = {
    kind: 'start' as const,
    suite: { name: 'self-test', version: '0' },
    run: {
      id: 'self-test',
      startedAt: '',
      finishedAt: '',
      complete: false,
      runner: { node: '', platform: '' },
    },
    targets: [recordOf(target)],
    contracts: {},
    specs: [],
    selection: {},
  }

  /** What a run says, without its sentences. */
  async function conclude(cases: readonly Case[]) {
    const judged = await Promise.all(
      cases.map(async (one) => ({
        kind: 'case' as const,
        target: target.id,
        check: one.check,
        scenario: one.scenario === 'every' ? 'every' : one.scenario.id,
        verdicts: await asked.decide(one),
      })),
    )
    const { result } = assembleResult([start, plan, ...judged, { kind: 'end', finishedAt: '' }], [])
    return {
      exit: exitCodeOf(result),
      rows: result.verdicts.map(({ note: _note, ...row }) => ({
        ...row,
        findings: row.findings.map(dataOf),
      })),
      causes: result.causes.map(({ title: _title, ...cause }) => cause),
    }
  }

  return { cases: asked.cases, conclude, close: asked.close }
}

/** A provider that is wrong in all of these ways at once. */
function together(mutants: readonly Mutation[]): Mutation {
  return {
    request: (heard) => mutants.reduce((one, { request }) => request?.(one) ?? one, heard),
    reply: (said, asked) => mutants.reduce((one, { reply }) => reply?.(one, asked) ?? one, said),
  }
}

const WORDS = { expected: 'x', actual: 'x', message: 'x', place: 'x' }

function dataOf(finding: Finding): Finding {
  return { ...finding, ...WORDS }
}

function rewording({ judgements: [first, ...others], ...planned }: Case): Case {
  const reworded = (plannedJudgement: Case['judgements'][number]): Case['judgements'][number] => ({
    ...plannedJudgement,
    check: rewordingCheck(plannedJudgement.check),
  })
  return { ...planned, judgements: [reworded(first), ...others.map(reworded)] }
}

function rewordingCheck(check: Check): Check {
  return { ...check, judge: (exchanges, context) => rewordingAll(check.judge(exchanges, context)) }
}

function rewordingAll(judgement: Judgement): Judgement {
  switch (judgement.kind) {
    case 'violated':
    case 'ignored': {
      const [first, ...others] = judgement.findings
      return { ...judgement, findings: [dataOf(first), ...others.map(dataOf)] }
    }
    case 'inconclusive':
      return { ...judgement, doubt: { ...judgement.doubt, note: 'x' } }
    case 'not-shown':
    case 'refused':
      return { ...judgement, because: 'x' }
    case 'holds':
      return judgement
  }
}
