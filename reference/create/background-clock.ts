// Background runs without a worker: the answer is written at once, and how much of it is visible follows
// from the clock.

import type { JsonObject } from '../../src/types/index.ts'
import type { BackgroundRun } from '../store.ts'

/** Milliseconds in the queue, at least so long at work, and so long for each event. */
const PACE = { queue: 120, work: 250, event: 2, longest: 6000 }

export function startRun(now: number, events: number): BackgroundRun {
  const work = Math.min(PACE.work + PACE.event * events, PACE.longest)
  return { startedAt: now, endsAfter: PACE.queue + work, cancelled: new AbortController() }
}

type Stage = 'queued' | 'in_progress' | 'done' | 'cancelled'

export function stageOf(run: BackgroundRun, now: number): Stage {
  if (run.cancelledAfter !== undefined) return 'cancelled'
  const elapsed = now - run.startedAt
  if (elapsed < PACE.queue) return 'queued'
  return elapsed < run.endsAfter ? 'in_progress' : 'done'
}

/** Ends the run where it stands; does nothing to one that has ended. */
export function cancelRun(run: BackgroundRun, now: number): void {
  const stage = stageOf(run, now)
  if (stage === 'done' || stage === 'cancelled') return
  run.cancelledAfter = now - run.startedAt
  run.cancelled.abort()
}

/** The response object as it looks at this moment. */
export function snapshotOf(final: JsonObject, run: BackgroundRun, now: number): JsonObject {
  const stage = stageOf(run, now)
  if (stage === 'done') return final
  return unfinishedOf(final, stage)
}

export function unfinishedOf(final: JsonObject, status: string): JsonObject {
  const early = { ...final, status, output: [], error: null, incomplete_details: null }
  return { ...early, completed_at: null, usage: null }
}

/** When each event is due, in milliseconds after the start; the queue comes before the third. */
export function scheduleEvents(run: BackgroundRun, events: number): readonly number[] {
  const first = events > 2 ? 2 : events
  const step = (run.endsAfter - PACE.queue) / Math.max(1, events - first)
  return Array.from({ length: events }, (_, index) =>
    index < first ? 0 : PACE.queue + step * (index - first),
  )
}
