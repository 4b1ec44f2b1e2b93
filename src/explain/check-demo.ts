// Runs a check twice for its page: on the correct reference provider, and on the check's mutant.

import { startReference } from '../../reference/main.ts'
import type { Suite } from '../plan/load-suites-and-reporters.ts'
import { createLiveSource } from '../evidence/live.ts'
import { createMemoryStore } from '../evidence/saved-exchanges.ts'
import { serveFixtures } from '../request/serve-fixtures.ts'
import { judgeScenario } from '../judge/judge-case.ts'
import { createRandom } from '../request/builder.ts'
import { planTarget, scenariosOf } from '../plan/plan.ts'
import { equipTarget } from '../run/run-in-worker.ts'
import type {
  Check,
  Dialect,
  Exchange,
  Finding,
  Mutation,
  Verdict,
  WireRequest,
} from '../types/index.ts'
import { yardsticksOf } from '../plan/yardsticks-of-target.ts'
import { createRedactor } from '../target/redact.ts'
import { openLine } from '../transport/line.ts'
import { createBuiltInTarget, REFERENCE_KEYS, setReferenceKeys } from '../run/built-in-provider.ts'

export interface CheckDemo {
  readonly finding: Finding
  readonly good: Exchange
  readonly bad: Exchange
  /** What the scenario sends to the right provider, step by step. */
  readonly asked: readonly { readonly step: string; readonly request: WireRequest }[]
}

/** Undefined where its first mutant shows nothing that could be pointed at. */
export async function createCheckDemo(
  check: Check,
  suites: readonly Suite[],
): Promise<CheckDemo | undefined> {
  const [mutant] = check.mutants
  const dialect = mutant.dialect ?? 'openai'
  const bad = await observe(check, suites, dialect, mutant)
  const finding = bad.verdict?.findings[0]
  const step = finding === undefined ? undefined : stepOf(bad.verdict!, finding)
  if (finding === undefined || step === undefined) return undefined
  const good = await observe(check, suites, dialect, {})
  const exchanges = [good.exchange(step), bad.exchange(step)] as const
  return exchanges[0] === undefined || exchanges[1] === undefined
    ? undefined
    : { finding, good: exchanges[0], bad: exchanges[1], asked: good.asked(step) }
}

/** `<scenario>#<step>` */
function stepOf({ scenario, evidence }: Verdict, { step }: Finding): string | undefined {
  if (scenario !== 'every') return `${scenario}#${step}`
  return Object.keys(evidence)[0]
}

interface Observed {
  /** The first that is not a pass. */
  readonly verdict: Verdict | undefined
  exchange(step: string): Exchange | undefined
  /** All requests of the scenario to which this step belongs. */
  asked(step: string): CheckDemo['asked']
}

async function observe(
  check: Check,
  suites: readonly Suite[],
  dialect: Dialect,
  mutation: Mutation,
): Promise<Observed> {
  setReferenceKeys()
  const server = await startReference({ dialect, keys: REFERENCE_KEYS, mutant: mutation })
  const fixtures = await serveFixtures(createRandom('explain'))
  const everything = {
    suite: ['websocket', 'hosted-tools', 'clients'],
    expensive: true,
    endurance: true,
  }
  const target = equipTarget(createBuiltInTarget(dialect, server.url, everything), fixtures)
  const line = openLine(target, createRedactor([]))
  try {
    const yardsticks = yardsticksOf(target)
    const cases = planTarget(target, yardsticks, suites, { checks: [check.id] }).filter(
      (each) => each.check === check.id,
    )
    const seen = new Map<string, Exchange>()
    const planned = scenariosOf(cases)
    const { on } = check.mutants[0]
    const scenarios = planned.length > 0 || on === undefined ? planned : [on]
    const source = createLiveSource({
      target,
      yardsticks,
      ...line,
      store: createMemoryStore(),
      seed: 'explain',
      signal: new AbortController().signal,
      onEvidence: (scenario, _attempt, { exchanges }) => {
        for (const [step, exchange] of Object.entries(exchanges)) {
          if (exchange !== undefined) seen.set(`${scenario.id}#${step}`, exchange)
        }
      },
    })
    const runContext = { target, yardsticks, source, scenarios, attempts: 1 }
    const verdicts = (
      await Promise.all(cases.map((each) => judgeScenario(each, runContext)))
    ).flat()
    return {
      verdict: verdicts.find(({ findings }) => findings.length > 0),
      exchange: (step) => seen.get(step),
      asked: (step) =>
        [...seen]
          .map(([name, { request }]) => ({ scenario: name.split('#')[0], name, request }))
          .filter(({ scenario }) => scenario === step.split('#')[0])
          .map(({ name, request }) => ({ step: name.split('#')[1]!, request })),
    }
  } finally {
    await line.sender.close()
    await server.close()
    await fixtures.close()
  }
}
