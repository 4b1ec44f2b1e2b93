// What one worker shares between its tests: contracts, plans, sources, the journal.

import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { BroadcastChannel } from 'node:worker_threads'
import { loadContract } from '../contract/load.ts'
import { loadSuites, type Suite } from '../discover.ts'
import { createLiveSource, tokensOf } from '../evidence/live.ts'
import { openStore } from '../evidence/store.ts'
import { describeExchange } from '../evidence/record.ts'
import { openJournal, type Journal } from '../journal.ts'
import {
  gateId,
  planTarget,
  scenariosOf,
  type Case,
  type Selection,
  type Yardsticks,
} from '../plan.ts'
import { keyOf, type Target } from '../target.ts'
import type { CheckRecord } from '../types.ts'
import { createGate, type Gate } from '../wire/gate.ts'
import { createRedactor } from '../wire/redact.ts'
import { createSender } from '../wire/send.ts'
import { createSockets } from '../wire/websocket.ts'
import type { Bench } from '../judge.ts'

/** Everything that the worker is told: plain data, no keys. */
export interface RunSpec {
  readonly id: string
  readonly targets: readonly Target[]
  readonly selection: Selection
  /** Folder for the journal and the evidence. */
  readonly out: string
  readonly seed: string
  readonly attempts: number
}

export interface TargetSession {
  readonly target: Target
  readonly cases: readonly Case[]
  readonly bench: Bench
}

export interface Session {
  readonly journal: Journal
  readonly targets: readonly TargetSession[]
  readonly signal: AbortSignal
  /** Writes down what each target cost. */
  settle(): void
}

/** The name of the channel on which the command tells its worker to stop. */
export function channelName(spec: RunSpec): string {
  return `responses-conformance/${spec.id}`
}

const sessions = new Map<string, Promise<Session>>()

export function openSession(spec: RunSpec): Promise<Session> {
  const known = sessions.get(spec.id) ?? createSession(spec)
  sessions.set(spec.id, known)
  return known
}

async function createSession(spec: RunSpec): Promise<Session> {
  const stop = new AbortController()
  // Every waiting request listens.
  setMaxListeners(0, stop.signal)
  const channel = new BroadcastChannel(channelName(spec))
  channel.addEventListener('message', () => stop.abort(new Error('the run was stopped')))
  channel.unref()

  const journal = openJournal(join(spec.out, 'journal.jsonl'))
  const store = openStore(join(spec.out, 'evidence'))
  const suites = await loadSuites()
  const gates = new Map<string, Gate>()
  const started = Date.now()
  const targets = spec.targets.map((target) => {
    const yardsticks = yardsticksOf(target)
    const cases = planTarget(target, yardsticks, suites, spec.selection)
    // One provider may stand behind several targets: it sees one limit.
    const provider = `${target.baseUrl} ${target.keyEnv ?? ''}`
    const gate = gates.get(provider) ?? createGate(target.limits)
    gates.set(provider, gate)
    const redactor = createRedactor(secretsOf(target))
    const source = createLiveSource({
      target,
      contract: yardsticks.own,
      sender: createSender(target, redactor),
      openSockets: () => createSockets(target, redactor),
      gate,
      store,
      seed: `${spec.seed}/${target.id}`,
      signal: stop.signal,
      onExchange: (exchange) =>
        journal.write(describeExchange(target, exchange, tokensOf(exchange))),
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
          ...(evidence.stopped === undefined
            ? {}
            : { stopped: { step: evidence.stopped.step, ...evidence.stopped.doubt } }),
        }),
      onBudget: (note) => journal.write({ kind: 'budget', target: target.id, note }),
    })
    const bench: Bench = {
      target,
      yardsticks,
      source,
      scenarios: scenariosOf(cases),
      attempts: spec.attempts,
    }
    return { target, cases, bench, gate }
  })
  journal.write(planned(targets, suites))
  return {
    journal,
    targets,
    signal: stop.signal,
    settle() {
      for (const { target, bench, gate } of targets) {
        const { requests, retries, inputTokens, outputTokens } = bench.source.usage
        const wallMs = Date.now() - started
        const usage = {
          requests,
          retries,
          inputTokens,
          outputTokens,
          waitedMs: gate.waitedMs,
          wallMs,
        }
        journal.write({ kind: 'target', target: target.id, usage })
      }
    },
  }
}

/** The contracts in their roles. OpenAI as a provider is judged by itself once, not twice. */
export function yardsticksOf(target: Target): Yardsticks {
  const own = target.contract === undefined ? undefined : loadContract(target.contract)
  return {
    ...(own === undefined || !target.yardsticks.includes('own') ? {} : { own }),
    openai: loadContract('openai'),
    'open-responses': loadContract('open-responses'),
  }
}

export function secretsOf(target: Target): readonly string[] {
  return [keyOf(target.keyEnv), keyOf(target.secondKeyEnv)].filter((key) => key !== undefined)
}

/** The journal's line for what is to come. */
export function planned(
  targets: readonly Pick<TargetSession, 'cases' | 'bench'>[],
  suites: readonly Suite[],
): Parameters<Journal['write']>[0] {
  const kinds = new Map(suites.flatMap(({ checks }) => checks.map((check) => [check.id, check])))
  const checks: Record<string, CheckRecord> = {}
  const scenarios: Record<string, { title: string; feature: string }> = {}
  let cases = 0
  for (const { cases: planned, bench } of targets) {
    cases += planned.length
    for (const { check, feature, title, rulings } of planned) {
      const kind = (kinds.get(check) ?? rulings[0].check).kind
      const record = { title, kind, requirements: rulings[0].check.covers }
      const spoken =
        rulings[0].check.gate === true ? bench.scenarios.map(({ id }) => id.split('/')[0]!) : []
      for (const about of spoken) checks[gateId(check, about)] = { ...record, feature: about }
      if (spoken.length === 0) checks[check] = { ...record, feature }
    }
    for (const { id, title } of bench.scenarios) {
      scenarios[id] = { title, feature: id.split('/')[0]! }
    }
  }
  return { kind: 'plan', cases, checks, scenarios }
}
