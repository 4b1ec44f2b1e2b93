// The words and symbols of the matrix of capabilities: never a colour alone.

import { documentedProvidersOf, type DocumentedRun } from '../../src/result/tally-document-rows.ts'
import type {
  CapabilityCell,
  CapabilityRecord,
  FeatureCell,
  Feature,
  KeptState,
  MatrixColumn,
  CapabilityMatrix,
  PromisedState,
  RunResult,
  TargetRecord,
} from '../../src/types/index.ts'

interface StateWords {
  readonly glyph: string
  readonly word: string
  /** What it means, for a legend. */
  readonly means: string
}

export const KEPT_WORDS: Readonly<Record<KeptState, StateWords>> = {
  yes: { glyph: '✓', word: 'yes', means: 'it works' },
  partly: { glyph: '◐', word: 'partly', means: 'it works, but not all of it' },
  no: { glyph: '✗', word: 'no', means: 'it does not work, or is refused' },
  unclear: { glyph: '?', word: 'unclear', means: 'asked, and the run cannot tell' },
  seen: { glyph: '◦', word: 'seen', means: 'in a recording: asked for and answered' },
  'not asked': { glyph: '–', word: 'not asked', means: 'no check, or not selected' },
}

/** Silent and "compatible with OpenAI" are shown without a word. */
export const PROMISED_WORDS: Readonly<Record<PromisedState, StateWords>> = {
  yes: { glyph: '●', word: 'promised', means: 'documented without a condition' },
  if: { glyph: '◔', word: 'promised, if', means: 'documented under a condition' },
  no: { glyph: '○', word: 'denied', means: 'said not to be supported' },
  'yes & no': { glyph: '⇄', word: 'yes & no', means: 'promised, and taken back elsewhere' },
  'in general': { glyph: '', word: '', means: 'only “compatible with OpenAI”' },
  silent: { glyph: '', word: '', means: 'not mentioned' },
}

export const BROKEN_MEANS = 'promised without a condition, and not there'

export function formatKept(state: KeptState | undefined): string {
  return state === undefined ? '' : `${KEPT_WORDS[state].glyph} ${KEPT_WORDS[state].word}`
}

export function formatPromised(state: PromisedState | undefined): string {
  const { glyph, word } = state === undefined ? { glyph: '', word: '' } : PROMISED_WORDS[state]
  return word === '' ? '' : `${glyph} ${word}`
}

/** The heading of a column: whose it is, and what stands behind. Unescaped. */
export interface ColumnTitle {
  readonly id: string
  readonly name: string
  /** `1.108.7, chat upstream`; empty where nothing is known. */
  readonly version: string
  /** `in front of: …`; empty where nothing is known. */
  readonly behind: string
  readonly kind: 'measured' | 'recorded' | 'documented'
}

export function titleOfColumn(
  run: Pick<RunResult, 'targets'> & DocumentedRun,
  column: MatrixColumn,
): ColumnTitle {
  const target: TargetRecord | undefined = run.targets.find(({ id }) => id === column.target)
  if (target === undefined) {
    const id = column.provider ?? ''
    const title = documentedProvidersOf(run).find(({ provider }) => provider === id)?.title ?? id
    return { id, name: shortenTitle(title), version: '', behind: '', kind: 'documented' }
  }
  const { setup = {}, origin } = target
  return {
    id: target.id,
    name: target.name,
    version: [setup.version, setup.mode].filter((one) => one !== undefined).join(', '),
    behind: setup.upstream === undefined ? '' : `in front of: ${setup.upstream}`,
    kind: origin === 'recorded' ? 'recorded' : 'measured',
  }
}

function shortenTitle(title: string): string {
  return title.replace(/ Responses API$/, '')
}

/** Columns that say anything at all. */
export function listToldColumns({ columns }: CapabilityMatrix): readonly MatrixColumn[] {
  return columns.filter(({ cells }) =>
    cells.some(
      ({ kept, promised }) =>
        (kept !== undefined && kept.state !== 'not asked') ||
        (promised !== undefined && promised.state !== 'silent'),
    ),
  )
}

export function listCapabilitiesOf(
  { capabilities }: CapabilityMatrix,
  feature: Feature,
): readonly CapabilityRecord[] {
  return capabilities.filter((one) => one.feature === feature)
}

export function findCell(column: MatrixColumn, capability: string): CapabilityCell | undefined {
  return column.cells.find((cell) => cell.capability === capability)
}

export function findFeatureCell(column: MatrixColumn, feature: Feature): FeatureCell | undefined {
  return column.features.find((cell) => cell.feature === feature)
}
