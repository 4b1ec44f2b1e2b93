// The matrix of a result: what can be relied on, promised and kept, from its own rows alone.

import {
  listCapabilitiesOfRow,
  loadCapabilityCatalogue,
  type Capability,
} from '../../plan/requirements/capabilities.ts'
import type {
  CapabilityCell,
  CapabilityMatrix,
  FeatureCell,
  FeatureRecord,
  KeptHalf,
  KeptState,
  MatrixColumn,
  PromisedState,
  RunResult,
  TargetRecord,
  Verdict,
  Yardstick,
} from '../../types/index.ts'
import { correctColumn, excuseRelay, type Column } from './column-rules.ts'
import { decideKept, type KeptDraft } from './kept-half.ts'
import { decidePromised } from './promised-half.ts'
import type { HeardRow } from './settle-requirement.ts'
import { isAcceptanceRow, readVoice } from './voices.ts'

/** The first that a target was judged by decides what is kept. */
const YARDSTICKS: readonly Yardstick[] = ['openai', 'open-responses', 'own']

/** What of a result the matrix is made of. */
export type MatrixSource = Pick<
  RunResult,
  'targets' | 'verdicts' | 'documents' | 'checks' | 'scenarios' | 'evidence' | 'matrix'
>

const known = new WeakMap<MatrixSource, CapabilityMatrix>()

/** The matrix that a result carries; of an older one, computed. */
export function matrixOf(run: MatrixSource): CapabilityMatrix {
  if (run.matrix !== undefined) return run.matrix
  let matrix = known.get(run)
  if (matrix === undefined) known.set(run, (matrix = computeMatrix(run)))
  return matrix
}

/** Columns: the observed targets in their order, then the providers of which only documents were read. */
export function computeMatrix(run: MatrixSource): CapabilityMatrix {
  const { features, capabilities } = loadCapabilityCatalogue()
  const targets = run.targets.filter(({ origin }) => origin !== 'emulated')
  const measured = new Map(targets.map((target) => [target.id, measure(run, target, capabilities)]))
  const documented = [...new Set(run.documents.map(({ provider }) => provider))]
  const asked = new Set(targets.map(({ contract }) => contract))
  const columns = [
    ...targets.map((target): MatrixColumn => {
      const { column, unmeasured, yardstick } = measured.get(target.id)!
      const behind = target.setup?.relays
      const theirs = behind === undefined ? undefined : measured.get(behind)?.column
      const name = targets.find(({ id }) => id === behind)?.name ?? behind ?? ''
      const kept = column && theirs ? excuseRelay(column, theirs, name) : column
      const isDocumented = target.contract !== undefined && documented.includes(target.contract)
      return {
        target: target.id,
        ...(isDocumented ? { provider: target.contract } : {}),
        ...(yardstick === undefined ? {} : { yardstick }),
        ...(unmeasured === undefined ? {} : { unmeasured }),
        ...joinHalves(run, isDocumented ? target.contract : undefined, kept),
      }
    }),
    ...documented
      .filter((provider) => !asked.has(provider))
      .map((provider) => ({ provider, ...joinHalves(run, provider, undefined) })),
  ]
  return {
    features,
    capabilities: capabilities.map(({ id, feature, name, question }) => ({
      id,
      feature,
      name,
      question,
    })),
    columns,
  }

  function joinHalves(
    { documents }: MatrixSource,
    provider: string | undefined,
    column: Column | undefined,
  ): Pick<MatrixColumn, 'cells' | 'features'> {
    const rows = documents.filter((row) => row.provider === provider)
    const cells = capabilities.map((capability): CapabilityCell => {
      const kept = column?.get(capability.id)
      const promised = provider === undefined ? undefined : decidePromised(capability, rows)
      return {
        capability: capability.id,
        ...(kept === undefined ? {} : { kept: withoutRefusal(kept) }),
        ...(promised === undefined ? {} : { promised }),
        ...(promised?.state === 'yes' && kept?.state === 'no' ? { isBroken: true } : {}),
      }
    })
    return { features: features.map((feature) => sumUp(feature, cells, capabilities)), cells }
  }
}

function withoutRefusal(draft: KeptDraft): KeptHalf {
  const half: { refusal?: unknown } & KeptHalf = { ...draft }
  delete half.refusal
  return half
}

interface Measured {
  readonly column?: Column
  readonly unmeasured?: string
  readonly yardstick?: Yardstick
}

function measure(
  run: MatrixSource,
  target: TargetRecord,
  capabilities: readonly Capability[],
): Measured {
  const mine = run.verdicts.filter(
    (row) => row.target === target.id && row.origin === target.origin,
  )
  const yardstick = YARDSTICKS.find((one) => mine.some((row) => row.yardstick === one))
  if (yardstick === undefined) return { unmeasured: 'nothing was judged' }
  const rows = mine.filter((row) => row.yardstick === yardstick)
  const isRecorded = target.origin === 'recorded'
  if (!isRecorded) {
    const doors = rows.filter(isAcceptanceRow)
    // A run in which nothing was answered measures nothing.
    if (doors.length > 0 && !doors.some(({ outcome }) => outcome === 'pass'))
      return { unmeasured: 'nothing that was asked was answered', yardstick }
  }
  const unechoed = listUnechoed(rows)
  const heard = placeRows(rows, capabilities, (row): HeardRow => {
    const voice = readVoice(row, { run, target })
    const isAbsent = voice.says === 'unseen' && unechoed.has(row.check)
    return { row, voice: isAbsent ? { says: 'no', why: 'absent from the answer' } : voice }
  })
  const titleOf = (check: string): string => run.checks[check]?.title ?? check
  const column = new Map(
    capabilities.map((one) => {
      const own = heard.get(one.id) ?? []
      const draft = decideKept(one, own, {
        titleOf,
        isWhole: isRecorded || target.selection === undefined,
      })
      return [one.id, isRecorded ? limitRecorded(one, draft, own, target) : draft] as const
    }),
  )
  if (isRecorded) return { column, yardstick }
  return { column: correctColumn(column, { capabilities, setup: target.setup, rows }), yardstick }
}

/** Echoes of fields that are absent: other checks tell of them, and the echo has nothing to judge. */
function listUnechoed(rows: readonly Verdict[]): ReadonlySet<string> {
  const found = rows
    .filter(({ check }) => /^(parameters\/echoed\/all-|basic\/fields\/)/.test(check))
    .flatMap(({ findings }) => findings)
    .filter(({ kind }) => kind === 'absent')
  return new Set(
    found.map(
      ({ at }) =>
        `parameters/echoed/${at
          .replace(/^.*\/response\//, '/')
          .slice(1)
          .replaceAll('/', '.')}`,
    ),
  )
}

/** Where rows count: by family, by the scenario of an acceptance, by check, by requirement. */
function placeRows(
  rows: readonly Verdict[],
  capabilities: readonly Capability[],
  hear: (row: Verdict) => HeardRow,
): ReadonlyMap<string, readonly HeardRow[]> {
  const placed = new Map<string, HeardRow[]>()
  for (const row of rows) {
    const places = listCapabilitiesOfRow(row, capabilities)
    if (places.length === 0) continue
    const heard = hear(row)
    for (const { id } of places) placed.set(id, [...(placed.get(id) ?? []), heard])
  }
  return placed
}

/**
 * A recording shows what was asked and answered, at most that a part is wrong, and nothing of the
 * rest. What only an answer's form could show is `seen`: whether it was heard is not known.
 */
function limitRecorded(
  { id, essential }: Capability,
  draft: KeptDraft,
  rows: readonly HeardRow[],
  { asked = {} }: TargetRecord,
): KeptDraft {
  const traffic = asked[id]
  const isJudged = rows.some(
    ({ row }) =>
      row.outcome !== 'not-applicable' &&
      (essential.includes(row.check) || row.requirements.some((one) => essential.includes(one))),
  )
  // What held in a few exchanges of others promises nothing.
  const weaker: Partial<Record<KeptState, KeptState>> = { yes: 'seen', no: 'partly' }
  const state = weaker[draft.state] ?? draft.state
  if (isJudged && state !== 'unclear')
    return { ...draft, state, ...(traffic === undefined ? {} : { traffic }) }
  if (traffic === undefined || traffic.answered === 0)
    return { ...draft, state: 'not asked', why: 'not in the recording' }
  return draft.counts.failed > 0
    ? { ...draft, state: 'partly', traffic }
    : {
        ...draft,
        state: 'seen',
        why: 'asked for and answered; whether it was heard is not known',
        traffic,
      }
}

/** A feature's own line: what the capabilities say on which it rests. */
function sumUp(
  { id, restsOn }: FeatureRecord,
  cells: readonly CapabilityCell[],
  capabilities: readonly Capability[],
): FeatureCell {
  const of = (capability: string): CapabilityCell | undefined =>
    cells.find((cell) => cell.capability === capability)
  const main = restsOn.flatMap((capability) => of(capability) ?? [])
  const kept = main.flatMap((cell) => cell.kept?.state ?? [])
  const promised = main.flatMap((cell) => cell.promised?.state ?? [])
  const lost = capabilities.filter(
    ({ id: capability, feature }) => feature === id && of(capability)?.kept?.state === 'no',
  ).length
  return {
    feature: id,
    ...(kept.length === 0 ? {} : { kept: sumKept(kept) }),
    ...(promised.length === 0 ? {} : { promised: sumPromised(promised) }),
    lost,
    ...(main.some(({ isBroken }) => isBroken === true) ? { isBroken: true } : {}),
  }
}

function sumKept(states: readonly KeptState[]): KeptState {
  const asked = states.filter((state) => state !== 'not asked')
  const every = (...allowed: readonly KeptState[]): boolean =>
    asked.every((state) => allowed.includes(state))
  if (asked.length === 0) return 'not asked'
  if (every('no')) return 'no'
  if (every('yes')) return 'yes'
  if (every('seen')) return 'seen'
  if (every('no', 'unclear')) return 'unclear'
  // The first is the telling one: one that is unclear beside it takes nothing away.
  if (every('yes', 'unclear')) return states[0] === 'yes' ? 'yes' : 'unclear'
  if (every('yes', 'seen', 'unclear')) return 'seen'
  return 'partly'
}

function sumPromised(states: readonly PromisedState[]): PromisedState {
  const has = (state: PromisedState): boolean => states.includes(state)
  if (has('yes & no')) return 'yes & no'
  if (states.every((state) => state === 'no')) return 'no'
  if (has('no') && (has('yes') || has('if'))) return 'if'
  const order: readonly PromisedState[] = ['yes', 'if', 'in general', 'no', 'silent']
  return order.find(has) ?? 'silent'
}
