// Assembles the result from the journal. The same function serves a finished run and one that was killed.

import { addEntries, applyBaseline, getToday, NO_BASELINE, type Baseline } from './baseline.ts'
import { findCauses } from './causes/find-causes.ts'
import { computeMatrix } from './cells/compute-matrix.ts'
import { readinessOf } from './client-readiness.ts'
import type { JournalEntry } from '../evidence/journal.ts'
import { recordContracts } from './target-and-plan-records.ts'
import { loadRequirements } from '../plan/requirements/requirement-catalogue.ts'
import { compareText } from '../base/sort-text-and-ranks.ts'
import { scopesOf as partsAsked, withScopes } from '../plan/reduced-run-scope.ts'
import type {
  Contract,
  DocumentRow,
  RunResult,
  RunTrouble,
  TargetRecord,
  Verdict,
} from '../types/index.ts'

export interface AssembledResult {
  readonly result: RunResult
  /** Errors of this project that the run met: exit code 5. */
  readonly harness: readonly string[]
  /** Entries of its baseline that no longer hold. */
  readonly stale: readonly string[]
  /** Entries of its baseline with an old id of a check. */
  readonly renamed: readonly string[]
  /** What whoever reads the result should know. */
  readonly notes?: readonly string[]
}

type Of<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { kind: Kind }>

export function assembleResult(
  entries: readonly JournalEntry[],
  contracts: readonly Contract[],
  today: string = getToday(),
): AssembledResult {
  const all = <Kind extends JournalEntry['kind']>(kind: Kind): readonly Of<Kind>[] =>
    entries.filter((entry): entry is Of<Kind> => entry.kind === kind)

  const start = all('start')[0]
  // A run that was continued asked what it was last started with.
  const latest = all('start').at(-1)
  if (start === undefined || latest === undefined)
    throw new Error('the journal does not say how its run began')
  const plan = all('plan').at(-1)
  // A resumed run judges anew what was cut off: the later verdict counts.
  const cases = [...new Map(all('case').map((entry) => [caseKey(entry), entry])).values()]
  const parts = partsOf(entries)
  const last = parts.at(-1)!
  const lately = <Kind extends JournalEntry['kind']>(kind: Kind): readonly Of<Kind>[] =>
    last.filter((entry): entry is Of<Kind> => entry.kind === kind)
  const harness = lately('harness')
  const budget = lately('budget')
  const interrupted = lately('interrupted')[0]
  const gone = lately('gone')
  const end = lately('end').at(-1)
  const missing = (plan?.cases ?? 0) - cases.length - harness.length
  const incomplete =
    interrupted?.why ??
    (end === undefined ? 'the run was ended from outside' : undefined) ??
    budget[0]?.note ??
    (gone.length === 0 ? undefined : gone.map(({ note }) => note).join('\n')) ??
    (plan === undefined && start.targets.length > 0 ? 'nothing was planned' : undefined) ??
    (missing > 0 ? `${missing} planned cases have no verdict` : undefined)

  const said = cases.flatMap((entry) => entry.verdicts).toSorted(byKey)
  // Whose replies say that they are emulated was not observed, whatever it was taken for.
  const emulated = new Set(said.flatMap((row) => (row.origin === 'emulated' ? row.target : [])))
  const seen = <Record extends { origin: Verdict['origin'] }>(record: Record, target: string) =>
    emulated.has(target) ? { ...record, origin: 'emulated' as const } : record
  const verdicts = said.map((row) => seen(row, row.target))
  const { causes, verdicts: grouped } = findCauses(verdicts, {
    ...plan,
    gates: Object.fromEntries(start.targets.map(({ id, gate }) => [id, gate])),
  })
  const documents = distinct(all('documents').flatMap(({ rows }) => rows))
  const named = new Set([
    ...start.targets.map(({ contract }) => contract),
    'openai',
    'open-responses',
  ])
  const inDocuments = new Set(documents.map(({ provider }) => provider))
  const requirements = loadRequirements()
  const used = new Set(verdicts.flatMap((verdict) => verdict.requirements))

  const exchanges = all('exchange')
  const targets = start.targets.map((target) =>
    withScopes(
      seen(describeTarget(target, exchanges, parts), target.id),
      partsAsked(target, latest.selection, latest.run.shard),
    ),
  )
  const unread: RunResult = {
    format: 'responses-conformance/run/1',
    suite: start.suite,
    run: {
      ...start.run,
      finishedAt: end?.finishedAt ?? interrupted?.at ?? start.run.startedAt,
      complete: incomplete === undefined,
      ...(incomplete === undefined ? {} : { incomplete }),
    },
    targets,
    contracts: {
      ...recordContracts(contracts.filter(({ id }) => named.has(id) || inDocuments.has(id))),
      ...start.contracts,
    },
    requirements: Object.fromEntries([...requirements].filter(([id]) => used.has(id))),
    scenarios: plan?.scenarios ?? {},
    checks: plan?.checks ?? {},
    verdicts: grouped,
    documents,
    causes,
    readiness: readinessOf(targets, grouped, all('measured')),
    evidence: Object.fromEntries(exchanges.map(({ id, record }) => [id, record])),
  }
  const judged: RunResult = { ...unread, matrix: computeMatrix(unread) }
  const troubles: readonly RunTrouble[] = [
    ...harness.map(({ target, check, message }) => ({
      kind: 'harness' as const,
      target,
      note: `${check}: ${message.split('\n')[0]!}`,
    })),
    ...budget.map(({ target, note }) => ({ kind: 'budget' as const, target, note })),
  ]
  const { result, stale, renamed } = applyBaseline(
    troubles.length === 0 ? judged : { ...judged, troubles },
    unite(lately('baseline')),
    today,
  )
  return {
    result,
    harness: harness.map(({ check, message }) => `${check}: ${message}`),
    stale,
    renamed,
    ...(gone.length === 0 ? {} : { notes: gone.map(({ note }) => note) }),
  }
}

/** What each part or shard of a run expected. */
function unite(baselines: readonly Baseline[]): Baseline {
  const entries = baselines.map((each) => each.entries).reduce(addEntries, [])
  return { ...(baselines[0] ?? NO_BASELINE), entries }
}

/** Each shard of a merged run judged the same documents. */
function distinct(rows: readonly DocumentRow[]): readonly DocumentRow[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}

function caseKey({ target, check, scenario }: Of<'case'>): string {
  return `${target} ${check} ${scenario}`
}

/** A run that was continued has a part for each time it was started; what ended one, ended that one. */
function partsOf(entries: readonly JournalEntry[]): readonly (readonly JournalEntry[])[] {
  const starts = entries.flatMap(({ kind }, index) => (kind === 'start' ? [index] : []))
  return starts.map((from, index) => entries.slice(from, starts[index + 1]))
}

function describeTarget(
  target: TargetRecord,
  exchanges: readonly Of<'exchange'>[],
  parts: readonly (readonly JournalEntry[])[],
): TargetRecord {
  const mine = exchanges.filter((exchange) => exchange.target === target.id)
  const models = [
    ...new Set(mine.flatMap(({ model }) => (model === undefined ? [] : [model]))),
  ].toSorted()
  const usage = parts.map((part) => costOf(target, part)).reduce(add)
  const total = spread(mine.flatMap(({ totalMs }) => (totalMs === undefined ? [] : [totalMs])))
  const first = spread(
    mine.flatMap(({ firstEventMs }) => (firstEventMs === undefined ? [] : [firstEventMs])),
  )
  return {
    ...target,
    echoedModels: models,
    usage,
    latency: {
      ...(first === undefined ? {} : { firstEventMs: first }),
      ...(total === undefined ? {} : { totalMs: total }),
    },
  }
}

/** The usage that a run recorded; of a part that was killed before, the sum of its exchanges. */
function costOf(target: TargetRecord, part: readonly JournalEntry[]): TargetRecord['usage'] {
  const accounts = part
    .filter((entry) => entry.kind === 'target')
    .filter((entry) => entry.target === target.id)
  // The last account of a run is the whole one; a merged result has several runs in one part.
  const runs = [...new Map(accounts.map(({ run, usage }) => [run, usage])).values()]
  if (runs.length > 0) return runs.reduce(add)
  const mine = part
    .filter((entry) => entry.kind === 'exchange')
    .filter((entry) => entry.target === target.id)
  return {
    ...target.usage,
    requests: mine.reduce((sum, { tries }) => sum + tries, 0),
    inputTokens: mine.reduce((sum, { tokens }) => sum + tokens[0], 0),
    outputTokens: mine.reduce((sum, { tokens }) => sum + tokens[1], 0),
  }
}

function add(a: TargetRecord['usage'], b: TargetRecord['usage']): TargetRecord['usage'] {
  return {
    requests: a.requests + b.requests,
    retries: a.retries + b.retries,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    waitedMs: a.waitedMs + b.waitedMs,
    wallMs: a.wallMs + b.wallMs,
  }
}

function spread(values: readonly number[]): { median: number; max: number; n: number } | undefined {
  if (values.length === 0) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)]!, max: sorted.at(-1)!, n: sorted.length }
}

/** A stable order, so that two results differ only where the runs did. */
function byKey(a: Verdict, b: Verdict): number {
  return (
    compareText(a.target, b.target) ||
    compareText(a.check, b.check) ||
    compareText(a.scenario, b.scenario) ||
    compareText(a.yardstick, b.yardstick)
  )
}
