// One mutant is one fault: how many causes it prints. Every mutant answers all scenarios that it touches; what
// the honest provider shows in the others stands beside it, as in a whole run. A mutant that many checks share is
// asked once.
//
//     npm run measure:causes [-- <globs over check ids>] [--one-in 4] [--rows FILE]     many minutes for all
//
// `--one-in 4` asks every fourth mutant. `--rows FILE` keeps the rows of every mutant, a line each, and computes
// their causes from there if it exists: the keys can be changed without asking anybody again.

import { appendFileSync, createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { matchesGlob } from '../../src/plan/selection.ts'
import { findCauses } from '../../src/result/causes/find-causes.ts'
import { recordPlan } from '../../src/result/target-and-plan-records.ts'
import type { CheckRecord, Dialect, ScenarioRecord, Verdict } from '../../src/types/index.ts'
import { inTurns } from '../kill-matrix/turns.ts'
import { listMutants, type NamedMutant } from '../kill-matrix/rows.ts'
import { watch } from '../noticed.ts'
import { suites } from '../prove.ts'

/** Of a dialect: what every run of it shares. */
interface Honest {
  readonly dialect: Dialect
  readonly scenarios: Readonly<Record<string, ScenarioRecord>>
  readonly checks: Readonly<Record<string, CheckRecord>>
  readonly verdicts: readonly Verdict[]
}

interface Shown {
  readonly id: string
  /** How many checks have it. */
  readonly shared: number
  readonly dialect: Dialect
  readonly verdicts: readonly Verdict[]
}

interface Counted {
  readonly id: string
  readonly shared: number
  readonly rows: number
  readonly titles: readonly string[]
}

/** Widest mutants that are printed. */
const WIDEST = 40

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string' }, 'one-in': { type: 'string', default: '1' } },
})
const honest = new Map<Dialect, Honest>()
const counted: Counted[] = []
if (values.rows !== undefined && existsSync(values.rows)) await readRows(values.rows)
else await askMutants()
printCounts()

async function askMutants(): Promise<void> {
  const mutants = distinct((await listMutants()).filter(({ check }) => isAsked(check))).filter(
    (_, index) => index % Number(values['one-in']) === 0,
  )
  const keep = (line: Honest | Shown): void => {
    if (values.rows !== undefined) appendFileSync(values.rows, `${JSON.stringify(line)}\n`)
  }
  let done = 0
  for (const dialect of new Set(mutants.map((each) => each.dialect))) {
    const provider = await watch(dialect)
    const { cases, scenarios } = provider
    const plan = recordPlan([{ cases, runContext: { scenarios } }], await suites)
    // It hears every request with one more header, which changes nothing and touches every scenario.
    const { verdicts } = await provider.notice({
      request: (heard) => ({ ...heard, headers: { ...heard.headers, 'x-harmless': '1' } }),
    })
    const right = { dialect, scenarios: plan.scenarios, checks: plan.checks, verdicts }
    keep(right)
    honest.set(dialect, right)
    const mine = mutants.filter((each) => each.dialect === dialect)
    await inTurns(mine, 2, async ({ id, shared, mutant }) => {
      const shown = { id, shared, dialect, verdicts: (await provider.notice(mutant)).verdicts }
      keep(shown)
      countCauses(shown)
      process.stderr.write(`\r${(done += 1)} of ${mutants.length} mutants`)
    })
    await provider.close()
  }
  process.stderr.write('\n')
}

function distinct(mutants: readonly NamedMutant[]): readonly (NamedMutant & { shared: number })[] {
  const isSame = (one: NamedMutant, { dialect, mutant }: NamedMutant): boolean =>
    one.dialect === dialect &&
    (['request', 'reply', 'wire'] as const).every((part) => one.mutant[part] === mutant[part])
  return mutants.flatMap((mutant, index) => {
    const alike = mutants.filter((other) => isSame(other, mutant))
    return alike[0] === mutants[index] ? [{ ...mutant, shared: alike.length }] : []
  })
}

function isAsked(id: string): boolean {
  return positionals.length === 0 || positionals.some((glob) => matchesGlob(glob, id))
}

async function readRows(file: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(file) })
  for await (const line of lines) {
    const one = JSON.parse(line) as Honest | Shown
    if (!('id' in one)) honest.set(one.dialect, one)
    else if (isAsked(one.id)) countCauses(one)
  }
}

/** The causes of the rows that fail by a must, beside what holds where the mutant changes nothing. */
function countCauses({ id, shared, dialect, verdicts }: Shown): void {
  const { verdicts: right, scenarios, checks } = honest.get(dialect)!
  const all = findCauses(overlay(right, verdicts), { scenarios, checks })
  const red = all.verdicts.filter(({ outcome, level }) => outcome === 'fail' && level === 'must')
  const causes = new Set(red.flatMap(({ cause = '', also = [] }) => [cause, ...also]))
  const titles = all.causes.filter((cause) => causes.has(cause.id)).map(({ title }) => title)
  counted.push({
    id,
    shared,
    rows: new Set(red.map(({ check, scenario }) => `${check}@${scenario}`)).size,
    titles,
  })
}

function overlay(right: readonly Verdict[], wrong: readonly Verdict[]): readonly Verdict[] {
  const key = ({ check, scenario, yardstick }: Verdict): string =>
    `${check} ${scenario} ${yardstick}`
  const shown = new Map(wrong.map((row) => [key(row), row]))
  return right
    .map((row): Verdict => {
      const changed = shown.get(key(row))
      shown.delete(key(row))
      if (changed === undefined) return row
      // A rule over every exchange holds where no touched one shows it, and was seen in the others too.
      const isShown =
        row.scenario !== 'every' || !['inconclusive', 'not-applicable'].includes(changed.outcome)
      return isShown ? { ...changed, evidence: { ...row.evidence, ...changed.evidence } } : row
    })
    .concat([...shown.values()])
}

function printCounts(): void {
  const noticed = counted.filter(({ rows }) => rows > 0)
  const sum = (of: (one: Counted) => number): number =>
    noticed.reduce((all, one) => all + of(one), 0)
  const causes = sum(({ titles }) => titles.length)
  const byCheck = sum(({ titles, shared }) => titles.length * shared) / sum(({ shared }) => shared)
  const several = noticed.filter(({ rows }) => rows > 1)
  const single = several.filter(({ titles }) => titles.length === 1)
  const widest = noticed
    .filter(({ titles }) => titles.length > 1)
    .toSorted((a, b) => b.titles.length - a.titles.length)
  for (const { id, rows, titles } of widest.slice(0, WIDEST)) {
    console.log(`${titles.length} causes of ${rows} rows: ${id}`)
    for (const title of titles.slice(0, 8)) console.log(`    ${title}`)
  }
  console.log(
    [
      `${counted.length} mutants, ${noticed.length} fail by a must, ${causes} causes printed:`,
      `${(causes / noticed.length).toFixed(2)} for each (${byCheck.toFixed(2)} where each check has its own).`,
      `One cause: ${noticed.filter(({ titles }) => titles.length === 1).length};`,
      `of ${several.length} with several rows, ${single.length}.`,
    ].join(' '),
  )
}
