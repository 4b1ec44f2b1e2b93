// A result of a few rows, for the rules by which rows become cells.

import { computeMatrix } from '../../../../src/result/cells/compute-matrix.ts'
import type {
  CapabilityCell,
  DocumentRow,
  EvidenceRecord,
  Finding,
  KeptState,
  RunResult,
  TargetRecord,
  Verdict,
} from '../../../../src/types/index.ts'

export type GivenRow = Partial<Verdict> & Pick<Verdict, 'check'>

const TARGET: TargetRecord = {
  id: 't',
  name: 'T',
  endpoint: 'https://t.example/v1',
  models: { text: 'm' },
  echoedModels: [],
  origin: 'live',
  yardsticks: ['openai'],
  gate: ['openai'],
  usage: { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0, waitedMs: 0, wallMs: 0 },
}

export interface GivenRun {
  readonly rows: readonly GivenRow[]
  readonly target?: Partial<TargetRecord>
  readonly evidence?: Readonly<Record<string, Partial<EvidenceRecord>>>
  readonly scenarios?: RunResult['scenarios']
  readonly documents?: readonly DocumentRow[]
  readonly behind?: readonly GivenRow[]
}

const row = (target: TargetRecord, given: GivenRow): Verdict => ({
  target: target.id,
  scenario: 'basic/text',
  yardstick: 'openai',
  origin: target.origin,
  outcome: 'pass',
  level: 'must',
  requirements: [],
  attempts: { made: 1, passed: 1 },
  findings: [],
  evidence: {},
  ...given,
})

export function runOfRows(given: GivenRun): RunResult {
  const target = { ...TARGET, ...given.target }
  const behind = { ...TARGET, id: 'behind', name: 'Behind' }
  return {
    format: 'responses-conformance/run/1',
    suite: { name: 's', version: '1' },
    run: {
      id: 'r',
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:00Z',
      complete: true,
      runner: { node: 'v20', platform: 'p' },
    },
    targets: given.behind === undefined ? [target] : [target, behind],
    contracts: {},
    requirements: {},
    scenarios: given.scenarios ?? {},
    checks: {},
    verdicts: [
      ...given.rows.map((one) => row(target, one)),
      ...(given.behind ?? []).map((one) => row(behind, one)),
    ],
    documents: given.documents ?? [],
    causes: [],
    evidence: Object.fromEntries(
      Object.entries(given.evidence ?? {}).map(([id, record]) => [
        id,
        {
          target: 't',
          request: 'POST /responses',
          status: 200,
          ending: 'complete' as const,
          bytes: 1,
          file: `evidence/${id}.json`,
          ...record,
        },
      ]),
    ),
  }
}

export function cellOfRows(capability: string, given: GivenRun): CapabilityCell {
  return computeMatrix(runOfRows(given)).columns[0]!.cells.find(
    (cell) => cell.capability === capability,
  )!
}

export const keptStateOf = (capability: string, given: GivenRun): KeptState | undefined =>
  cellOfRows(capability, given).kept?.state

/** Somebody answered something. */
export const DOOR_ROW: GivenRow = { check: 'basic/accepted' }
export const PLAIN_ROWS: readonly GivenRow[] = [
  DOOR_ROW,
  ...[
    'basic-text-nonempty',
    'basic-output-array',
    'transport-json-content-type',
    'stream-param-false-null',
  ].map((id) => ({ check: `basic/${id}`, requirements: [id] })),
]
export const createWrongFinding = (given: Partial<Finding>): Finding => ({
  step: 'ask',
  at: '/x',
  expected: 'right',
  actual: 'wrong',
  kind: 'value',
  ...given,
})
export const createFailingRow = (
  check: string,
  requirements: readonly string[],
  given: Partial<Finding>,
): GivenRow => ({
  check,
  requirements,
  outcome: 'fail',
  findings: [createWrongFinding(given)],
})
/** <suite>/accepted, createRefusedRow with these words. */
export const createRefusedRow = (
  scenario: string,
  evidence: string,
  more: Partial<Verdict> = {},
): GivenRow => ({
  check: `${scenario.split('/')[0]!}/accepted`,
  scenario,
  outcome: 'not-applicable',
  reason: 'refused',
  evidence: { ask: evidence },
  ...more,
})
export const createOpenRow = (
  check: string,
  requirements: readonly string[],
  scenario: string,
): GivenRow => ({
  check,
  requirements,
  scenario,
  outcome: 'inconclusive',
  reason: 'prerequisite',
  note: 'no usable answer',
})
