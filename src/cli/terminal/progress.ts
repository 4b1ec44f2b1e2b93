// Prints the progress of a run from its journal, on stderr: live lines on a terminal, plain ones elsewhere.

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { formatCount, formatThousands } from '../../../reporters/common/labels.ts'
import type { JournalEntry } from '../../evidence/journal.ts'
import { formatSeconds } from './duration.ts'
import type { TargetPlan } from '../../run/plan-targets.ts'
import { getEnvironment, type Output } from '../../base/current-environment.ts'

/** What one target has behind it. */
interface ProgressTally {
  requests: number
  tokens: number
  /** Cases with verdicts. */
  checks: Set<string>
  /** Cases with a failure that gates. */
  failed: Set<string>
  /** Scenario and step of requests that take long. */
  waiting: Set<string>
}

interface ProgressOptions {
  readonly plans: readonly TargetPlan[]
  readonly journal: string
  readonly stream: Output
  /** Redraw in place; otherwise a plain line now and then. */
  readonly live: boolean
  /** Also a line for each failure, as soon as it is known. */
  readonly verbose: boolean
  readonly everyMs?: number
  /** Once it is aborted nothing more is drawn: what is said then must not be painted over. */
  readonly signal?: AbortSignal | undefined
}

/** Live lines need a terminal that can redraw, and nobody who keeps a log of it. */
export function isLive(stream: Output): boolean {
  const { CI, TERM } = getEnvironment().env
  return stream.isTTY === true && (CI === undefined || CI === '') && TERM !== 'dumb'
}

/** Returns how to stop it. */
export function watchProgress(watching: ProgressOptions): () => void {
  const { plans, stream, live, verbose } = watching
  const started = Date.now()
  const tallies = new Map(plans.map(({ target }) => [target.id, emptyTally()]))
  const gates = new Map(plans.map(({ target }) => [target.id, target.gate]))
  const read = follow(watching.journal)
  let drawn = 0

  function draw(last: boolean): void {
    const failures = read().flatMap((entry) => take(entry, tallies, gates))
    const lines = plans.map((plan) =>
      formatProgress(plan, tallies.get(plan.target.id)!, Date.now() - started),
    )
    const told = verbose ? failures.map((failure) => `✗ ${failure}`) : []
    if (!live) {
      const shown = last ? [] : lines.length > MOST_PLAIN_LINES ? [summary(plans, tallies)] : lines
      for (const line of [...told, ...shown]) stream.write(`${line}\n`)
      return
    }
    const room = Math.max(1, (stream.rows || 24) - 2)
    const fitting =
      lines.length <= room
        ? lines
        : [...lines.slice(0, room - 1), `… and ${lines.length - room + 1} more`]
    const up = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`
    // A terminal of unknown size says 0.
    const width = (stream.columns || 80) - 1
    const shown = last ? [] : fitting.map((line) => line.slice(0, width))
    stream.write(up + [...told, ...shown].map((line) => `${line}\n`).join(''))
    drawn = shown.length
  }

  const timer = setInterval(() => draw(false), watching.everyMs ?? (live ? 200 : 5_000))
  timer.unref()
  let isOver = false
  const end = (): void => {
    if (isOver) return
    isOver = true
    clearInterval(timer)
    draw(true)
  }
  watching.signal?.addEventListener('abort', end, { once: true })
  return end
}

const MOST_PLAIN_LINES = 4

/** `crun  87/147 requests · 312/683 checks · 3 failed · 11 400 tokens · 1 min left` */
export function formatProgress(
  { target, cases, forecast: estimate }: TargetPlan,
  { requests, tokens, checks, failed, waiting }: ProgressTally,
  elapsedMs: number,
): string {
  const left = secondsLeft(requests, estimate.requests, elapsedMs)
  return [
    `${target.id}  ${requests}/${Math.max(estimate.requests, requests)} requests`,
    `${checks.size}/${cases.length} checks`,
    ...(failed.size === 0 ? [] : [`${failed.size} failed`]),
    `${formatThousands(tokens)} tokens`,
    ...(left === undefined ? [] : [`${formatSeconds(left)} left`]),
    ...nameWaiting(waiting),
  ].join(' · ')
}

/** What is in flight and takes long: the one that was sent first, and how many there are. */
function nameWaiting(waiting: ProgressTally['waiting']): readonly string[] {
  const [first] = waiting
  if (first === undefined) return []
  const more = waiting.size === 1 ? '' : ` and ${waiting.size - 1} more`
  return [`waiting for ${escapeControls(first)}${more}`]
}

/** Undefined while there is too little to go by, and at the end. */
function secondsLeft(done: number, planned: number, elapsedMs: number): number | undefined {
  if (done < 5 || done >= planned) return undefined
  return ((elapsedMs / done) * (planned - done)) / 1000
}

function summary(
  plans: readonly TargetPlan[],
  tallies: ReadonlyMap<string, ProgressTally>,
): string {
  const all = [...tallies.values()]
  const total = (of: (tally: ProgressTally) => number): number =>
    all.reduce((sum, one) => sum + of(one), 0)
  const planned = plans.reduce((sum, { forecast: estimate }) => sum + estimate.requests, 0)
  const requests = total((one) => one.requests)
  return [
    formatCount(plans.length, 'target'),
    `${requests}/${Math.max(planned, requests)} requests`,
    `${total((one) => one.failed.size)} failed`,
    `${formatThousands(total((one) => one.tokens))} tokens`,
  ].join(' · ')
}

function emptyTally(): ProgressTally {
  return { requests: 0, tokens: 0, checks: new Set(), failed: new Set(), waiting: new Set() }
}

/** Adds an entry; returns what failed with it, for a person. */
function take(
  entry: JournalEntry,
  tallies: ReadonlyMap<string, ProgressTally>,
  gates: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  if (entry.kind === 'exchange') {
    const tally = tallies.get(entry.target)
    if (tally === undefined) return []
    tally.requests += entry.tries
    tally.tokens += entry.tokens[0] + entry.tokens[1]
  }
  if (entry.kind === 'waiting') {
    const waiting = tallies.get(entry.target)?.waiting
    if (entry.isOpen) waiting?.add(entry.label)
    else waiting?.delete(entry.label)
  }
  if (entry.kind !== 'case') return []
  const tally = tallies.get(entry.target)
  if (tally === undefined) return []
  const key = `${entry.check} ${entry.scenario}`
  tally.checks.add(key)
  const [failure] = entry.verdicts.filter(
    ({ outcome, yardstick }) =>
      outcome === 'fail' && gates.get(entry.target)?.includes(yardstick) === true,
  )
  if (failure === undefined) return []
  tally.failed.add(key)
  return [`${entry.target} ${entry.check}`]
}

/** Reads what was added since the last call; a last line without its end waits for the next. */
function follow(file: string): () => readonly JournalEntry[] {
  let offset = 0
  let rest = Buffer.alloc(0)
  return () => {
    if (!existsSync(file)) return []
    const descriptor = openSync(file, 'r')
    try {
      const added = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - offset))
      offset += readSync(descriptor, added, 0, added.length, offset)
      const bytes = Buffer.concat([rest, added])
      const end = bytes.lastIndexOf(10) + 1
      rest = bytes.subarray(end)
      return bytes
        .subarray(0, end)
        .toString('utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as JournalEntry]))
    } finally {
      closeSync(descriptor)
    }
  }
}
