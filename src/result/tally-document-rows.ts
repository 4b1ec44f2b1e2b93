// Folds the rows about documents into tables by provider and feature. No number here is a score.

import { compareText, rankOf, YARDSTICK_LABELS } from '../base/sort-text-and-ranks.ts'
import { compareFeatures } from './rows-marks-and-standing.ts'
import type { ClaimStatus, DocumentRow, Feature, RunResult, Yardstick } from '../types/index.ts'

export const STATUSES: readonly ClaimStatus[] = [
  'documented',
  'conditional',
  'inherited',
  'denied',
  'silent',
]

const KINDS: readonly DocumentRow['kind'][] = [
  'contradiction',
  'promise',
  'difference',
  'silence',
  'observation',
]

/** The parts of a result that are about documents. */
export type DocumentedRun = Pick<RunResult, 'documents' | 'contracts' | 'scenarios'>

export interface DocumentedProvider {
  /** Contract id. */
  readonly provider: string
  readonly title: string
  readonly edition?: string
  readonly rows: readonly DocumentRow[]
  /** Features with at least one documented promise, of all features that any document mentions. */
  readonly covers: { readonly features: number; readonly of: number }
  readonly contradictions: number
  /** Differences from each yardstick. */
  readonly differences: Readonly<Record<Exclude<Yardstick, 'own'>, number>>
}

/** One entry for each provider whose documents were read, in the order of their names. */
export function documentedProvidersOf(run: DocumentedRun): readonly DocumentedProvider[] {
  const all = documentedFeaturesOf(run)
  const providers = [...new Set(run.documents.map((row) => row.provider))]
  return providers
    .map((provider): DocumentedProvider => {
      const rows = run.documents
        .filter((row) => row.provider === provider)
        .toSorted(compareDocumentRows)
      const contract = run.contracts[provider]
      const promised = rows.filter((row) => row.kind === 'promise' && row.status === 'documented')
      const differing = (yardstick: Yardstick): number =>
        rows.filter((row) => row.kind === 'difference' && row.yardstick === yardstick).length
      return {
        provider,
        title: contract?.title ?? provider,
        ...(contract === undefined ? {} : { edition: contract.edition }),
        rows,
        covers: { features: new Set(promised.map((row) => row.feature)).size, of: all.length },
        contradictions: rows.filter((row) => row.kind === 'contradiction').length,
        differences: {
          openai: differing('openai'),
          'open-responses': differing('open-responses'),
        },
      }
    })
    .toSorted((a, b) => compareText(a.title, b.title) || compareText(a.provider, b.provider))
}

/** Every feature of the suite: those of its scenarios, and those that a document row names. */
export function documentedFeaturesOf(run: DocumentedRun): readonly Feature[] {
  const named = [
    ...Object.values(run.scenarios).map((scenario) => scenario.feature),
    ...run.documents.map((row) => row.feature),
  ]
  return [...new Set(named)].toSorted(compareFeatures)
}

/** How many promises of each status a provider's documents make about a feature. */
export function countPromises(
  rows: readonly DocumentRow[],
  feature: Feature,
): Readonly<Record<ClaimStatus, number>> {
  const counts = { documented: 0, conditional: 0, inherited: 0, denied: 0, silent: 0 }
  for (const row of rows) {
    if (row.kind === 'promise' && row.feature === feature && row.status !== undefined)
      counts[row.status] += 1
  }
  return counts
}

export function compareDocumentRows(a: DocumentRow, b: DocumentRow): number {
  return (
    compareText(a.provider, b.provider) ||
    rankOf(KINDS, a.kind) - rankOf(KINDS, b.kind) ||
    compareFeatures(a.feature, b.feature) ||
    rankOf(YARDSTICK_LABELS, a.yardstick ?? 'own') -
      rankOf(YARDSTICK_LABELS, b.yardstick ?? 'own') ||
    compareText(a.at, b.at) ||
    compareText(a.says, b.says)
  )
}
