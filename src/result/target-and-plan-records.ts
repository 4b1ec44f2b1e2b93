// Records of targets, contracts, checks and scenarios for a result, without keys.

import { relative } from 'node:path'
import { getEnvironment, resolvePath } from '../base/current-environment.ts'
import { loadContract } from '../contract/file/load.ts'
import type { Target } from '../target/target-and-keys.ts'
import type {
  Contract,
  RunResult,
  TargetRecord,
  Scenario,
  CheckRecord,
  ScenarioRecord,
  Step,
} from '../types/index.ts'
import { type Case, acceptanceCheckIdOf } from '../plan/plan.ts'
import type { Suite } from '../plan/load-suites-and-reporters.ts'
import { fieldsOf } from '../plan/fields-of-scenario.ts'
import type { JournalEntry } from '../evidence/journal.ts'
import { impactOf } from '../clients/measured-impact.ts'

export function recordOf(target: Target): TargetRecord {
  return {
    id: target.id,
    name: target.name,
    ...describedBy(target.contract),
    endpoint: endpointOf(target.baseUrl),
    ...(target.query === undefined ? {} : { query: target.query }),
    models: {
      text: target.models.text,
      ...(target.models.vision === undefined ? {} : { vision: target.models.vision }),
    },
    ...(target.auth[0] === undefined || target.keyEnv === undefined
      ? {}
      : { credential: { ...target.auth[0], keyEnv: target.keyEnv } }),
    ...(Object.keys(target.headers).length === 0 ? {} : { headers: target.headers }),
    echoedModels: [],
    origin: target.origin,
    yardsticks: target.yardsticks,
    gate: target.gate,
    ...(target.setup === undefined ? {} : { setup: target.setup }),
    usage: { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0, waitedMs: 0, wallMs: 0 },
  }
}

function describedBy(
  contract: string | undefined,
): Pick<TargetRecord, 'contract' | 'edition' | 'contractFile'> {
  if (contract === undefined) return {}
  const { id, edition } = loadContract(contract)
  const file =
    id === contract ? {} : { contractFile: relative(getEnvironment().cwd, resolvePath(contract)) }
  return { contract: id, edition, ...file }
}

/** Records of the contracts that only the user has. */
export function recordOwnContracts(targets: readonly Target[]): RunResult['contracts'] {
  const named = targets.flatMap(({ contract }) =>
    contract === undefined ? [] : [{ contract, ...loadContract(contract) }],
  )
  return recordContracts(named.filter(({ id, contract }) => id !== contract))
}

/** Records of contracts, by id. */
export function recordContracts(contracts: readonly Contract[]): RunResult['contracts'] {
  return Object.fromEntries(
    contracts.map(({ id, title, edition, sources, profile }) => [
      id,
      {
        title,
        edition,
        sources,
        ...(profile?.baseUrl === undefined ? {} : { endpoint: endpointOf(profile.baseUrl) }),
        ...(profile?.keyEnv === undefined ? {} : { keyEnv: profile.keyEnv }),
      },
    ]),
  )
}

/** Scheme, host and path: a URL may carry credentials and queries that belong in no report. */
function endpointOf(baseUrl: string): string {
  // A document's address may have places to fill in: https://{region}.example.com/v1.
  if (!URL.canParse(baseUrl)) {
    return baseUrl.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//')
  }
  const { protocol, host, pathname } = new URL(baseUrl)
  return `${protocol}//${host}${pathname}`
}

/** The journal's line for what is to come. */
export function recordPlan(
  targets: readonly {
    readonly cases: readonly Case[]
    readonly runContext: { readonly scenarios: readonly Scenario[] }
  }[],
  suites: readonly Suite[],
): Extract<JournalEntry, { kind: 'plan' }> {
  const kinds = new Map(suites.flatMap(({ checks }) => checks.map((check) => [check.id, check])))
  const checks: Record<string, CheckRecord> = {}
  const scenarios: Record<string, ScenarioRecord> = {}
  let cases = 0
  for (const { cases: recordPlan, runContext } of targets) {
    cases += recordPlan.length
    for (const { check, feature, title, judgements: plannedJudgements } of recordPlan) {
      const kind = (kinds.get(check) ?? plannedJudgements[0].check).kind
      const impact = impactOf(check)
      const record = {
        title,
        kind,
        requirements: plannedJudgements[0].check.covers,
        ...(impact === undefined ? {} : { breaks: impact }),
      }
      const { acceptanceCheck, scenario } = plannedJudgements[0].check
      const spoken =
        acceptanceCheck === true && scenario === 'every'
          ? runContext.scenarios
              .filter(({ asClient }) => asClient === undefined)
              .map(({ id }) => id.split('/')[0]!)
          : []
      for (const about of spoken)
        checks[acceptanceCheckIdOf(check, about)] = { ...record, feature: about }
      if (spoken.length === 0) checks[check] = { ...record, feature }
    }
    for (const { id, title, steps, needs } of runContext.scenarios) {
      const rests = Object.entries<Step>(steps).flatMap(([step, { rests: on }]) =>
        on === undefined ? [] : [[step, on]],
      )
      const restsOn = rests.flatMap(([step, on]) => {
        const under = kinds.get(on!)?.scenario
        const [field] = under === undefined || under === 'every' ? [] : fieldsOf(under)
        return field === undefined ? [] : [[step, field]]
      })
      const refusals = Object.entries<Step>(steps).flatMap(([step, { expect }]) =>
        expect === 'refusal' ? [step] : [],
      )
      const [only, ...others] = Object.values<Step>(steps)
      scenarios[id] = {
        title,
        feature: id.split('/')[0]!,
        ...(rests.length === 0 ? {} : { rests: Object.fromEntries(rests) }),
        ...(restsOn.length === 0 ? {} : { restsOn: Object.fromEntries(restsOn) }),
        ...(others.length === 0 && only?.expect === 'refusal' ? { isRefusal: true } : {}),
        ...(refusals.length === 0 ? {} : { refusals }),
        ...(needs?.includes('fixture-url') === true ? { fetches: true } : {}),
      }
    }
  }
  return { kind: 'plan', cases, checks, scenarios }
}
