// What one worker shares between its tests: contracts, plans, sources, the journal.

import { setMaxListeners } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSuites } from '../plan/load-suites-and-reporters.ts'
import { tokensOf } from '../evidence/is-answered.ts'
import { createClosedSource, createLiveSource, type EvidenceSource } from '../evidence/live.ts'
import { createRecordedSource } from '../evidence/recorded.ts'
import { openStore, type EvidenceStore } from '../evidence/saved-exchanges.ts'
import { describeExchange } from '../evidence/journal-exchange.ts'
import {
  JOURNAL,
  openJournal,
  readJournal,
  type JournalEntry,
  type Journal,
} from '../evidence/journal.ts'
import { createPlanner, scenariosOf, subjectOf, type Case } from '../plan/plan.ts'
import type { Selection } from '../plan/selection.ts'
import { secretsOf, type Target } from '../target/target-and-keys.ts'
import { createRateLimiter, type RateLimiter } from '../transport/rate-limiter.ts'
import { followSecrets } from '../target/redact.ts'
import { openLine } from '../transport/line.ts'
import type { RunContext } from '../judge/verdict-row.ts'
import { shardOf } from '../plan/shard.ts'
import { yardsticksOf } from '../plan/yardsticks-of-target.ts'
import type { PreflightAccount } from '../evidence/preflights.ts'
import { recordPlan } from '../result/target-and-plan-records.ts'
import { impactOfAnswer } from '../../suites/clients/impact-of-answer.ts'
import type { Evidence, LeftOut } from '../types/index.ts'

/** Everything that the worker gets: plain data, no keys. */
export interface RunSpec {
  readonly id: string
  readonly targets: readonly Target[]
  readonly selection: Selection
  /** Folder for the journal and the evidence. */
  readonly out: string
  readonly seed: string
  readonly attempts: number
  /** This machine's part of the work, counted from 1. */
  readonly shard?: readonly [part: number, of: number]
  /** Take what the folder's journal already has. */
  readonly resume?: boolean
  /** A file whose presence says that the run is to stop. */
  readonly stopFile?: string
  /** Where the process that judges writes its number. */
  readonly pidFile?: string
  /** By target: what was asked before the run, and why it cannot be asked more. */
  readonly preflights?: Readonly<Record<string, PreflightAccount>>
}

export interface TargetSession {
  readonly target: Target
  readonly cases: readonly Case[]
  readonly runContext: RunContext
}

export interface Session {
  readonly journal: Journal
  readonly targets: readonly TargetSession[]
  readonly signal: AbortSignal
  /** Writes down what each target cost. */
  settle(): void
  /** Stops asking, since what is found can no longer be written. */
  giveUp(why: string): void
  /** Ends its connections and its journal. */
  close(): Promise<void>
}

/** How often the worker looks whether it is to stop. */
const LOOK_MS = 50

const command = process.ppid

/** Whoever lost its command would go on asking, and writing into a folder that is read already. */
function endIfAlone(): void {
  if (process.ppid !== command) process.kill(process.pid, 'SIGKILL')
}

/** Follows the command: stops when it says so, ends when it is gone, and leaves signals to it. */
function followCommand({ stopFile, pidFile }: RunSpec): AbortController {
  const stop = new AbortController()
  if (stopFile === undefined) return stop
  if (pidFile !== undefined) writeFileSync(pidFile, `${process.pid}`)
  const look = setInterval(() => {
    endIfAlone()
    if (!existsSync(stopFile)) return
    clearInterval(look)
    stop.abort(new Error('the run was stopped'))
  }, LOOK_MS)
  look.unref()
  // A terminal tells everybody of Ctrl-C; what follows from it is the command's to say.
  process.on('SIGINT', () => undefined).on('SIGHUP', () => undefined)
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  return stop
}

const sessions = new Map<string, Promise<Session>>()

/** In the URL by which a module of tests is imported: the id of a session of this process. */
export const SESSION_PARAMETER = 'session'

/** For a run that is judged in this process: `findSession` finds it. */
export function shareSession(id: string, session: Promise<Session>): void {
  sessions.set(id, session)
}

/** The session that the URL of an imported module names; undefined where it names none. */
export function findSession(url: string): Promise<Session> | undefined {
  return sessions.get(new URL(url).searchParams.get(SESSION_PARAMETER) ?? '')
}

export function openSession(spec: RunSpec): Promise<Session> {
  const known = sessions.get(spec.id) ?? createSession(spec, followCommand(spec))
  sessions.set(spec.id, known)
  return known
}

/**
 * A session of its own; its journal is opened, and nothing is asked yet. What aborts `stop` ends its asking.
 * `planned` are the cases of each target, in order, where this process has planned them already.
 */
export async function createSession(
  spec: RunSpec,
  stop: AbortController,
  planned?: readonly (readonly Case[])[],
): Promise<Session> {
  // Every waiting request listens.
  setMaxListeners(0, stop.signal)

  const opened = openJournal(
    join(spec.out, JOURNAL),
    followSecrets(() => spec.targets.flatMap(secretsOf)),
  )
  const journal: Journal = {
    ...opened,
    write(entry) {
      if (spec.stopFile !== undefined) endIfAlone()
      opened.write(entry)
    },
  }
  const store = openStore(join(spec.out, 'evidence'))
  const earlier = spec.resume === true ? readJournal(join(spec.out, JOURNAL)) : undefined
  const done = new Set(
    earlier
      ?.filter(isSettled)
      .map(({ target, check, scenario }) => `${target} ${check} ${scenario}`),
  )
  const suites = await loadSuites(spec.selection.load)
  const plan = createPlanner(suites, spec.selection)
  const planOne = (target: Target, index: number): readonly Case[] => {
    const all = plan(target, yardsticksOf(target))
    return spec.shard === undefined ? all : shardOf(all, index, spec.shard)
  }
  const limiters = new Map<string, RateLimiter>()
  const started = Date.now()
  const targets = spec.targets.map((target, index) => {
    const yardsticks = yardsticksOf(target)
    const cases = planned?.[index] ?? planOne(target, index)
    // One provider may stand behind several targets: it sees one limit.
    const provider = `${target.baseUrl} ${target.keyEnv ?? ''}`
    const limiter = limiters.get(provider) ?? createRateLimiter(target.limits)
    limiters.set(provider, limiter)
    const redactor = followSecrets(() => secretsOf(target))
    const line = openLine(target, redactor, limiter)
    const { obstacle, waitedMs, ...spent } = spec.preflights?.[target.id] ?? NOTHING_SPENT
    const live = createLiveSource({
      target,
      yardsticks,
      ...line,
      store,
      // The same words for every target: they are fresh in each run, and what differs is the provider.
      seed: spec.seed,
      signal: stop.signal,
      spent,
      ...(earlier === undefined ? {} : { earlier: answersOf(earlier, target) }),
      onExchange: (exchange, asked) =>
        journal.write(describeExchange(target, exchange, tokensOf(exchange), asked)),
      onEvidence: (scenario, attempt, evidence) =>
        journal.write({
          kind: 'evidence',
          target: target.id,
          scenario: scenario.id,
          attempt,
          nonce: evidence.nonce,
          steps: Object.fromEntries(
            Object.entries(evidence.exchanges).map(([step, exchange]) => [
              step,
              exchange?.evidence ?? '',
            ]),
          ),
          ...leftOutOf(evidence),
          ...(evidence.stopped === undefined
            ? {}
            : { stopped: { step: evidence.stopped.step, ...evidence.stopped.doubt } }),
        }),
      onBudget: (note) => journal.write({ kind: 'budget', target: target.id, note }),
      onWaiting: (label, isOpen) =>
        journal.write({ kind: 'waiting', target: target.id, label, isOpen }),
      onGone: (note) => journal.write({ kind: 'gone', target: target.id, note }),
    })
    const asked = obstacle === undefined ? live : createClosedSource(target.origin, obstacle, spent)
    const source = earlier === undefined ? asked : resumeFrom(earlier, target, store, asked)
    const runContext: RunContext = {
      target,
      yardsticks,
      source,
      scenarios: scenariosOf(cases),
      attempts: spec.attempts,
      impactOf: impactOfAnswer,
    }
    const open = cases.filter((each) => !done.has(`${target.id} ${each.check} ${subjectOf(each)}`))
    return {
      target,
      cases: open,
      planned: cases,
      runContext,
      gate: limiter,
      sender: line.sender,
      waitedMs,
    }
  })
  journal.write(
    recordPlan(
      targets.map((each) => ({ cases: each.planned, runContext: each.runContext })),
      suites,
    ),
  )
  return {
    journal,
    targets,
    signal: stop.signal,
    giveUp(why) {
      if (stop.signal.aborted) return
      stop.abort(new Error(why))
      try {
        journal.write({ kind: 'interrupted', why, at: new Date().toISOString() })
      } catch {
        // On a full disk not even this can be said: the journal then has no end.
      }
    },
    settle() {
      for (const { target, runContext, gate: limiter, waitedMs } of targets) {
        const { requests, retries, inputTokens, outputTokens } = runContext.source.usage
        const wallMs = Date.now() - started
        const usage = {
          requests,
          retries,
          inputTokens,
          outputTokens,
          waitedMs: waitedMs + limiter.waitedMs,
          wallMs,
        }
        journal.write({ kind: 'target', run: spec.id, target: target.id, usage })
      }
    },
    async close() {
      journal.close()
      await Promise.all(targets.map(({ sender }) => sender.close()))
    },
  }
}

const NOTHING_SPENT: PreflightAccount = {
  requests: 0,
  retries: 0,
  waitedMs: 0,
  inputTokens: 0,
  outputTokens: 0,
}

type Settled = Extract<JournalEntry, { kind: 'case' }>

/** What another day, another key or a larger budget may change. */
const PASSING: ReadonlySet<string | undefined> = new Set([
  'interrupted',
  'budget',
  'unreachable',
  'credentials',
  'rate-limited',
])

/**
 * Judged for good. What was cut off by circumstances is asked again, and what holds for every
 * exchange is judged again: there are more of them now.
 */
function isSettled(entry: JournalEntry): entry is Settled {
  return (
    entry.kind === 'case' &&
    entry.scenario !== 'every' &&
    entry.verdicts.every(({ reason }) => !PASSING.has(reason))
  )
}

/** Evidence ids by what was asked: also of scenarios that were under way when the run ended. */
function answersOf(entries: readonly JournalEntry[], target: Target): ReadonlyMap<string, string> {
  const mine = entries
    .filter((entry) => entry.kind === 'exchange')
    .filter((entry) => entry.target === target.id)
  return new Map(mine.flatMap(({ asked, id }) => (asked === undefined ? [] : [[asked, id]])))
}

/** What each step was asked without, where anything was refused by name. */
function leftOutOf({ exchanges }: Evidence): {
  readonly leftOut?: Record<string, readonly LeftOut[]>
} {
  const steps = Object.entries(exchanges).flatMap(([step, exchange]) =>
    exchange?.leftOut === undefined ? [] : [[step, exchange.leftOut] as const],
  )
  return steps.length === 0 ? {} : { leftOut: Object.fromEntries(steps) }
}

/** What was answered before the stop is not asked again. */
function resumeFrom(
  entries: readonly JournalEntry[],
  target: Target,
  store: EvidenceStore,
  live: EvidenceSource,
): EvidenceSource {
  const gathered = entries
    .filter((entry) => entry.kind === 'evidence')
    .filter(({ stopped }) => !PASSING.has(stopped?.reason))
  const known = new Set(
    gathered
      .filter((entry) => entry.target === target.id)
      .map(({ scenario, attempt }) => `${scenario}#${attempt}`),
  )
  const recorded = createRecordedSource(
    { targets: [target], gathered, load: store.load },
    target,
    target.origin,
  )
  return {
    usage: live.usage,
    gather: (scenario, attempt) =>
      (known.has(`${scenario.id}#${attempt}`) ? recorded : live).gather(scenario, attempt),
  }
}
