// Applies today's checks to the evidence of an earlier run. Nothing is sent.

import { existsSync, realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { assembleResult, type AssembledResult } from '../result/from-journal.ts'
import { checkAssembled, type Trusted } from '../result/read-result.ts'
import { loadContracts } from '../contract/file/load.ts'
import { loadSuites } from '../plan/load-suites-and-reporters.ts'
import { UsageError } from '../base/errors.ts'
import { createRecordedSource } from '../evidence/recorded.ts'
import { openStore } from '../evidence/saved-exchanges.ts'
import { JOURNAL, readJournal, type JournalEntry } from '../evidence/journal.ts'
import { createPlanner, scenariosOf, type Case } from '../plan/plan.ts'
import { recordPlan } from '../result/target-and-plan-records.ts'
import { judgeRecorded } from './judge-without-sending.ts'
import { RECORDED_KINDS } from './pack-recording.ts'
import type { Target } from '../target/target-and-keys.ts'
import { yardsticksOf } from '../plan/yardsticks-of-target.ts'
import { impactOfAnswer } from '../../suites/clients/impact-of-answer.ts'

/** As many attempts as were recorded are looked at; there are never so many. */
const RECORDED_ATTEMPTS = 100

export interface RejudgedResult extends AssembledResult {
  /** What was observed, and today's verdicts: the journal of the folder for the result. */
  readonly journal: readonly JournalEntry[]
}

/**
 * Judges the evidence of a result folder anew. The folder may be a stranger's: modules come from
 * `trusted` alone, and so does a contract that lies outside of the working folder. Throws a
 * `UsageError` for a folder that is none of ours.
 */
export async function rejudgeFolder(
  folder: string,
  trusted: Trusted = {},
): Promise<RejudgedResult> {
  const entries = readJournal(join(folder, JOURNAL))
  const start = entries.find((entry) => entry.kind === 'start')
  if (start === undefined) {
    throw new UsageError(
      `${folder} holds no journal of a run; give the folder that a run wrote with --out`,
    )
  }
  const { load = [], ...selection } =
    entries.findLast((entry) => entry.kind === 'start')?.selection ?? start.selection
  checkContracts(start.specs, trusted.contract)
  const store = openStore(join(folder, 'evidence'))
  const gathered = entries.filter((entry) => entry.kind === 'evidence')
  const isWhole =
    entries.at(-1)?.kind === 'end' && !entries.some(({ kind }) => kind === 'interrupted')
  const suites = await loadSuites(trusted.load)
  const plan = createPlanner(suites, selection)
  const sessions = start.specs.map((target) => {
    const yardsticks = yardsticksOf(target)
    const recorded = new Set(
      gathered.filter((entry) => entry.target === target.id).map(({ scenario }) => scenario),
    )
    const cases = plan(target, yardsticks)
    const known = cases.filter((each) => isRecorded(each, recorded))
    const recording = { targets: start.specs, gathered, load: store.load, isWhole }
    const source = createRecordedSource(recording, target, target.origin)
    const scenarios = scenariosOf(known)
    return {
      target,
      cases: known,
      runContext: {
        target,
        yardsticks,
        source,
        scenarios,
        attempts: RECORDED_ATTEMPTS,
        impactOf: impactOfAnswer,
      },
    }
  })
  const kept = [...entries.filter(isObserved), ...interruptionOf(entries)]
  const judged = await judgeRecorded(sessions)
  // What was observed is as old as it was.
  const ended = entries.findLast((entry) => entry.kind === 'end')
  const end: JournalEntry = ended ?? { kind: 'end', finishedAt: new Date().toISOString() }
  const journal = [...kept, recordPlan(sessions, suites), ...judged, end]
  const assembled = assembleResult(journal, loadContracts())
  return { ...checkAssembled(folder, assembled, load, trusted), journal }
}

/** Verdicts are reached anew; what was observed, expected and missed stays. */
export function isObserved({ kind }: JournalEntry): boolean {
  return OBSERVED.has(kind)
}

const OBSERVED: ReadonlySet<JournalEntry['kind']> = new Set([
  ...RECORDED_KINDS,
  'documents',
  'baseline',
])

/** A run that was ended from outside could not say so itself. A recording has no end of its own. */
export function interruptionOf(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const last = entries.slice(entries.findLastIndex(({ kind }) => kind === 'start'))
  const [start] = last
  const isRecorded =
    start?.kind === 'start' && start.targets.every(({ origin }) => origin === 'recorded')
  if (isRecorded || last.some(({ kind }) => kind === 'end' || kind === 'interrupted')) return []
  const at = start?.kind === 'start' ? start.run.startedAt : ''
  return [{ kind: 'interrupted', why: 'the run was ended from outside', at }]
}

/** A contract that a journal names is read only where the user works, or where he says so. */
function checkContracts(specs: readonly Target[], trusted: readonly string[] = []): void {
  const known = new Set([
    ...loadContracts().map(({ id }) => id),
    ...trusted.map((file) => resolve(file)),
  ])
  for (const { contract } of specs) {
    if (contract === undefined || known.has(contract) || known.has(resolve(contract))) continue
    const file = existsSync(contract) ? realpathSync(contract) : resolve(contract)
    const isHere = !relative(realpathSync('.'), file).startsWith('..')
    if (isHere) continue
    throw new UsageError(
      `The run was judged by the contract ${contract}, outside of the working folder: give --contract ${contract} if it is yours`,
    )
  }
}

/** Whether a case can be judged on this evidence, or needs none. */
function isRecorded(
  { scenario, judgements: plannedJudgements }: Case,
  recorded: ReadonlySet<string>,
): boolean {
  return (
    scenario === 'every' ||
    recorded.has(scenario.id) ||
    plannedJudgements.every(({ skipReason }) => skipReason !== undefined)
  )
}
