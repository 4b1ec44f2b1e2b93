import { countDays, isStale } from '../../src/result/publish/target-histories.ts'
import type { History } from '../../src/result/publish/target-histories.ts'
import type { ProviderReply } from '../../src/result/publish/provider-replies.ts'
import type { CheckId, RunResult } from '../../src/types/index.ts'
import type { Block } from '../common/blocks.ts'
import { formatCount } from '../common/labels.ts'

/** What every page of the site knows. */
export interface Site {
  readonly all: readonly History[]
  /** The latest run of every target in one. */
  readonly latest: RunResult
  /** Ids of those that have a page with each of the others. */
  readonly compared: readonly string[]
  /** The newest first. */
  readonly results: readonly RunResult[]
  readonly replies: readonly ProviderReply[]
  /** What `explain` says about a check; without it the page holds what the result says. */
  readonly explanations: ReadonlyMap<CheckId, readonly Block[]>
  /** The day for which ages are computed, YYYY-MM-DD. */
  readonly today: string
}

/** `42 days old`, where the latest result of a target is stale. */
export function staleNoteOf({ all, today }: Site, target: string): string | undefined {
  const latest = all.find(({ id }) => id === target)?.latest
  return latest !== undefined && isStale(latest, today)
    ? `${formatCount(countDays(latest.day, today), 'day')} old`
    : undefined
}
