// Which checks notice that a provider is wrong. A fault is asked about only where it changes
// something: what every scenario hears and says is recorded once from the honest provider.

import { setMaxListeners } from 'node:events'
import type {
  CheckId,
  Dialect,
  Feature,
  ReferenceRequest,
  Reply,
  Mutation,
  WireAction,
} from '../src/types/index.ts'
import { loadContract } from '../src/contract/file/load.ts'
import { createMemoryStore } from '../src/evidence/saved-exchanges.ts'
import { createLiveSource, type EvidenceSource } from '../src/evidence/live.ts'
import { judgeScenario } from '../src/judge/judge-case.ts'
import { planTarget, scenariosOf, type Case } from '../src/plan/plan.ts'
import type { Target } from '../src/target/target-and-keys.ts'
import type { Scenario, Verdict } from '../src/types/index.ts'
import { startProving, suites, openPatientLine } from './prove.ts'

/** What one fault brings about; check ids, sorted. */
interface Noticed {
  readonly fail: readonly string[]
  readonly warn: readonly string[]
  /** Faults of ours that the provider's fault brought to light: always none. */
  readonly harness: readonly string[]
  /** Scenarios in which the provider heard, said or sent something else than it should. */
  readonly touched: number
  readonly verdicts: readonly Verdict[]
}

export interface Watch {
  readonly url: string
  readonly target: Target
  readonly cases: readonly Case[]
  readonly scenarios: readonly Scenario[]
  /** What the honest provider said and heard, once for each request of each scenario. */
  readonly told: readonly Told[]
  /**
   * `most`: ask in no more scenarios than this, the first that the fault touches; `only`: judge by these
   * checks alone.
   */
  notice(fault: Mutation, most?: number, only?: readonly CheckId[]): Promise<Noticed>
  close(): Promise<void>
}

interface Told {
  readonly request: ReferenceRequest
  readonly reply: Reply
  /** As it left; absent where the connection ended before. */
  actions?: readonly WireAction[]
}

/** For a turn over a WebSocket, which a fault may leave without an end: waited for in vain, but not for long. */
const TURN_MS = 30_000

/** `except`: suites that are left out. */
export async function watch(
  dialect: Dialect,
  except: readonly Feature[] = ['clients'],
): Promise<Watch> {
  const mutations: Mutation[] = []
  const proving = await startProving(dialect, mutations)
  // What lasts long lasts long for each fault.
  const has = proving.target.has.filter((need) => need !== 'endurance')
  const target: Target = { ...proving.target, has }
  const yardsticks = {
    own: loadContract('reference'),
    openai: loadContract('openai'),
    'open-responses': loadContract('open-responses'),
  }
  // Whether one client works is an answer of its own, made up of what the others say.
  const asked = (await suites).filter(({ feature }) => !except.includes(feature))
  const cases = planTarget(target, yardsticks, asked, { suites: 'all' })
  const scenarios = scenariosOf(cases)

  /** A source of evidence from a provider that is wrong in this way. */
  function open(fault: Mutation): { readonly source: EvidenceSource; close(): Promise<void> } {
    const headers = { 'x-mutant': String(mutations.push(fault) - 1) }
    const limits = { ...target.limits, concurrency: 8, deadlineMs: TURN_MS }
    const wrong: Target = { ...target, headers, limits }
    const stop = new AbortController()
    setMaxListeners(0, stop.signal)
    const line = openPatientLine(wrong)
    const source = createLiveSource({
      target: wrong,
      yardsticks,
      ...line,
      store: createMemoryStore(),
      seed: 'self-test',
      signal: stop.signal,
      // Only what the fault touches is asked here; the rest would be answered.
      isServing: true,
    })
    return { source, close: () => line.sender.close() }
  }

  const told = new Map<Scenario, readonly Told[]>()
  await Promise.all(
    scenarios.map(async (scenario) => {
      const heard: Told[] = []
      const { source, close } = open(recorder(heard))
      await source.gather(scenario, 0)
      await close()
      told.set(scenario, heard)
    }),
  )

  async function notice(
    fault: Mutation,
    most?: number,
    only?: readonly CheckId[],
  ): Promise<Noticed> {
    const judged = only === undefined ? cases : cases.filter(({ check }) => only.includes(check))
    const touched: Scenario[] = []
    for (const scenario of scenarios) {
      if (touched.length === most) break
      if (!judged.some((each) => isAsked(each.scenario, [scenario]))) continue
      if (told.get(scenario)!.some((each) => touches(fault, each))) touched.push(scenario)
    }
    if (touched.length === 0) return { fail: [], warn: [], harness: [], touched: 0, verdicts: [] }
    const { source, close } = open(fault)
    const runContext = { target, yardsticks, source, scenarios: touched, attempts: 1 }
    const concerned = judged.filter(({ scenario }) => isAsked(scenario, touched))
    const decided = await Promise.allSettled(
      concerned.map((planned) => judgeScenario(planned, runContext)),
    )
    await close()
    const verdicts = decided.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
    const harness = decided.flatMap((each) =>
      each.status === 'rejected' ? [String((each.reason as Error).message)] : [],
    )
    const having = (outcome: Verdict['outcome']): readonly string[] =>
      [
        ...new Set(verdicts.filter((one) => one.outcome === outcome).map(({ check }) => check)),
      ].toSorted()
    const fail = having('fail')
    const warn = having('warn').filter((check) => !fail.includes(check))
    return { fail, warn, harness, touched: touched.length, verdicts }
  }

  return {
    url: proving.url,
    target,
    cases,
    scenarios,
    told: [...told.values()].flat(),
    notice,
    close: () => proving.close(),
  }
}

function isAsked(scenario: Case['scenario'], touched: readonly Scenario[]): boolean {
  return scenario === 'every' || touched.some(({ id }) => id === scenario.id)
}

/** Changes nothing and remembers everything. Reply and bytes of one answer follow each other at once. */
function recorder(heard: Told[]): Mutation {
  return {
    reply(reply, request) {
      heard.push({ request, reply })
      return reply
    },
    wire(actions) {
      const last = heard.at(-1)
      if (last !== undefined) last.actions = actions
      return actions
    },
  }
}

function touches(fault: Mutation, { request, reply, actions }: Told): boolean {
  const heard = fault.request?.(request)
  if (heard !== undefined && heard !== request && shown(heard) !== shown(request)) return true
  const said = fault.reply?.(reply, request)
  if (said !== undefined && said !== reply && JSON.stringify(said) !== JSON.stringify(reply)) {
    return true
  }
  if (fault.wire === undefined || actions === undefined) return false
  const sent = fault.wire(actions, reply)
  return sent !== actions && bytes(sent) !== bytes(actions)
}

function shown({ query, ...request }: ReferenceRequest): string {
  return JSON.stringify([request, [...query]])
}

function bytes(actions: readonly WireAction[]): string {
  return actions
    .map((action) =>
      'bytes' in action
        ? Buffer.from(action.bytes).toString('latin1') + '\u0000'
        : JSON.stringify(action),
    )
    .join('')
}
