// One check, one reference provider, one verdict: what most self-tests need.

import { setMaxListeners } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { startReference } from '../reference/main.ts'
import { createUnknownNameError } from '../src/base/closest-name.ts'
import { createBuiltInTarget } from '../src/run/built-in-provider.ts'
import { loadContract } from '../src/contract/file/load.ts'
import { loadSuites, type Suite } from '../src/plan/load-suites-and-reporters.ts'
import { createLiveSource } from '../src/evidence/live.ts'
import { createMemoryStore } from '../src/evidence/saved-exchanges.ts'
import { serveFixtures } from '../src/request/serve-fixtures.ts'
import { judgeScenario } from '../src/judge/judge-case.ts'
import { createRandom } from '../src/request/builder.ts'
import { equipTarget } from '../src/run/run-in-worker.ts'
import { casesOf, createPlanner, scenariosOf, type Case } from '../src/plan/plan.ts'
import { matchesGlob, type Selection } from '../src/plan/selection.ts'
import type { Target } from '../src/target/target-and-keys.ts'
import type { Check, Dialect, Mutation, Scenario, Verdict, Yardstick } from '../src/types/index.ts'
import { createRedactor } from '../src/target/redact.ts'
import { createSender } from '../src/transport/http.ts'
import type { Line } from '../src/transport/line.ts'
import { createRateLimiter } from '../src/transport/rate-limiter.ts'
import { createSockets } from '../src/transport/websocket.ts'

const KEYS = ['reference-key-of-the-first-account', 'reference-key-of-the-second-account']

/** Everything on, so that every check can be proven. */
export const EVERYTHING = {
  suite: ['websocket', 'hosted-tools', 'clients'],
  expensive: true,
  endurance: true,
}

export interface Proving {
  readonly url: string
  readonly target: Target
  close(): Promise<void>
}

/** A reference provider that is wrong in the `n`-th way for requests that carry `x-mutant: n`. */
export async function startProving(
  dialect: Dialect,
  mutations: readonly Mutation[],
): Promise<Proving> {
  process.env['RESPONSES_CONFORMANCE_REFERENCE_KEY'] = KEYS[0]
  process.env['RESPONSES_CONFORMANCE_REFERENCE_SECOND_KEY'] = KEYS[1]
  const server = await startReference({ dialect, keys: KEYS, mutants: mutations })
  const fixtures = await serveFixtures(createRandom('self-test'))
  return {
    url: server.url,
    target: equipTarget(createBuiltInTarget(dialect, server.url, EVERYTHING), fixtures),
    close: async () => {
      await server.close()
      await fixtures.close()
    },
  }
}

/** The reference ends every answer over HTTP: no deadline may make a busy machine look like a wrong provider. */
function withPatience(target: Target): Target {
  return { ...target, limits: { ...target.limits, deadlineMs: 3_600_000 } }
}

/** Reaches the reference, however long it takes over HTTP. */
export function openPatientLine(target: Target): Line {
  const redactor = createRedactor([])
  return {
    sender: createSender(withPatience(target), redactor),
    openSockets: () => createSockets(target, redactor),
    limiter: createRateLimiter(target.limits),
  }
}

export const suites: Promise<readonly Suite[]> = loadSuites()

interface AskedTarget {
  readonly cases: readonly Case[]
  decide(planned: Case, scenarios?: readonly Scenario[]): Promise<readonly Verdict[]>
  close(): Promise<void>
}

const planners = new Map<string, ReturnType<typeof createPlanner>>()

/** One plan serves every mutant: planning takes longer than asking one of them. */
async function plannerOf(
  selection: Selection,
  among: readonly Suite[] | Promise<readonly Suite[]>,
): Promise<ReturnType<typeof createPlanner>> {
  if (among !== suites) return createPlanner(await among, selection)
  const key = JSON.stringify(selection)
  const planner = planners.get(key) ?? createPlanner(await among, selection)
  planners.set(key, planner)
  return planner
}

/** Plans a target and judges its cases one by one, as the command would. */
export async function askTarget(
  target: Target,
  selection: Selection = { suites: 'all' },
  among: readonly Suite[] | Promise<readonly Suite[]> = suites,
): Promise<AskedTarget> {
  const yardsticks = {
    own: loadContract(target.contract ?? 'reference'),
    openai: loadContract('openai'),
    'open-responses': loadContract('open-responses'),
  }
  const cases = (await plannerOf(selection, among))(target, yardsticks)
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const line = openPatientLine(target)
  const source = createLiveSource({
    target,
    yardsticks,
    ...line,
    store: createMemoryStore(),
    seed: 'self-test',
    signal: stop.signal,
    pause: (ms) => setTimeout(ms / 10),
  })
  return {
    cases,
    decide: (planned, scenarios = scenariosOf(cases)) =>
      judgeScenario(planned, { target, yardsticks, source, scenarios, attempts: 1 }),
    close: () => line.sender.close(),
  }
}

/** Check ids that this process is asked about, a glob or the name of a family: all unless `CHECK` is set. */
const CHOSEN = process.env['CHECK'] ?? '*'

/** Whether a check belongs to those that this process is asked about. */
export function matchesCheckFilter(id: string, chosen = CHOSEN): boolean {
  return matchesGlob(chosen, id) || matchesGlob(`${chosen}/*`, id)
}

/** Every check that is chosen, cases of families included, each with the yardstick that may ask it. */
export async function listAllChecks(
  chosen = CHOSEN,
): Promise<readonly { check: Check; yardstick: Yardstick }[]> {
  const loaded = await suites
  const openai = loadContract('openai')
  const openResponses = loadContract('open-responses')
  const found = new Map<string, { check: Check; yardstick: Yardstick }>()
  for (const { checks, families } of loaded) {
    for (const check of checks) found.set(check.id, { check, yardstick: 'openai' })
    for (const family of families) {
      for (const check of casesOf(family, openai))
        found.set(`${check.id}`, { check, yardstick: 'openai' })
      for (const check of casesOf(family, openResponses)) {
        if (!found.has(check.id)) found.set(check.id, { check, yardstick: 'open-responses' })
      }
    }
  }
  const all = [...found.values()].filter(({ check }) => matchesCheckFilter(check.id, chosen))
  if (all.length > 0) return all
  throw createUnknownNameError('check', chosen, [...found.keys()], 'A glob is allowed: basic/*')
}
