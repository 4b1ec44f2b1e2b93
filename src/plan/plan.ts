// Plans targets × checks × yardsticks as cases. Pure: nothing is sent.

import { HarnessError } from '../base/errors.ts'
import type { Suite } from './load-suites-and-reporters.ts'
import { memoize2 } from '../base/memoize.ts'
import {
  disputeOfAll,
  isNeededByClients,
  levelOfAll,
  levelOf,
  loadRequirements,
} from './requirements/requirement-catalogue.ts'
import { checkLacks, findLack } from './requirements/what-a-set-up-lacks.ts'
import { trafficDisputeOf } from './requirements/recorded-traffic.ts'
import { matchesSelection, isSelected, type Selection } from './selection.ts'
import { findMissingNeed, type Target } from '../target/target-and-keys.ts'
import type {
  Check,
  CheckId,
  Claim,
  Contract,
  Family,
  Feature,
  Level,
  Reason,
  RequirementId,
  Scenario,
  Yardstick,
} from '../types/index.ts'

/** How one yardstick looks at one check. */
export interface PlannedJudgement {
  readonly yardstick: Yardstick
  readonly contract: Contract
  /** A family's case belongs to its contract, so that two yardsticks may have different checks of one id. */
  readonly check: Check
  readonly level: Level
  /** Set where no document says it, and client programs break without it. */
  readonly basis?: 'clients'
  readonly requirements: readonly RequirementId[]
  readonly contested?: string
  /** Set where recorded traffic of the yardstick's own API broke it until this month, YYYY-MM. */
  readonly contestedBefore?: { readonly month: string; readonly words: string }
  readonly claim?: Claim
  /** Known before anything is sent. */
  readonly skipReason?: { readonly reason: Reason; readonly note: string }
}

/** Everything needed to reach the verdicts of one check, on any target that is planned alike. */
export interface Case {
  readonly check: CheckId
  readonly feature: Feature
  readonly title: string
  readonly scenario: Scenario | 'every'
  readonly judgements: readonly [PlannedJudgement, ...PlannedJudgement[]]
  /** For a check of every exchange where no other case asks anything: what to ask for its sake. */
  readonly shownBy?: readonly Scenario[]
}

/** The contracts in their roles for one target. */
export type Yardsticks = Readonly<Partial<Record<Yardstick, Contract>>>

/** What a plan depends on, besides the contracts. */
type Planned = Pick<Target, 'yardsticks' | 'has' | 'setup'>

/** Plans targets of one run: those that are alike share their cases. Throws a `UsageError` for an unknown word of `lacks`. */
export function createPlanner(
  suites: readonly Suite[],
  selection: Selection,
): (target: Planned, yardsticks: Yardsticks) => readonly Case[] {
  const plans = new Map<string, readonly Case[]>()
  return (target, yardsticks) => {
    const contracts = Object.entries(yardsticks).map(([role, { file }]) => [role, file])
    const lacks = target.setup?.lacks?.toSorted()
    const key = JSON.stringify([target.yardsticks, target.has.toSorted(), lacks, contracts])
    const cases = plans.get(key) ?? planTarget(target, yardsticks, suites, selection)
    plans.set(key, cases)
    return cases
  }
}

export function planTarget(
  target: Planned,
  yardsticks: Yardsticks,
  suites: readonly Suite[],
  selection: Selection,
): readonly Case[] {
  checkLacks(target.setup?.lacks ?? [])
  const cases = new Map<
    string,
    { feature: Feature; check: Check; judgements: PlannedJudgement[] }
  >()

  function add(feature: Feature, check: Check, yardstick: Yardstick, contract: Contract): void {
    if (!isSelected(check, feature, selection)) return
    const plannedJudgement = rule(check, yardstick, contract, target, yardsticks.own)
    if (plannedJudgement === undefined) return
    if (selection.levels !== undefined && !selection.levels.includes(plannedJudgement.level)) return
    // Two contracts may give one case different requests: those are two cases.
    const scenario = check.scenario === 'every' ? 'every' : check.scenario
    if (scenario !== 'every' && !matchesSelection(scenario, selection)) return
    const key = `${check.id} ${scenario === 'every' ? '' : scenario.id}`
    const known = cases.get(key)
    if (known === undefined) cases.set(key, { feature, check, judgements: [plannedJudgement] })
    else known.judgements.push(plannedJudgement)
  }

  for (const { feature, checks, families } of suites) {
    for (const yardstick of target.yardsticks) {
      const contract = yardsticks[yardstick]
      if (contract === undefined) continue
      for (const check of checks) add(feature, check, yardstick, contract)
      for (const family of families) {
        for (const check of casesOf(family, contract)) add(feature, check, yardstick, contract)
      }
    }
  }
  const planned = [...cases.values()]
  const asksByItself = planned.some(({ check }) => check.scenario !== 'every')
  return planned.map(({ feature, check, judgements: plannedJudgements }) => {
    const shownBy =
      check.scenario !== 'every' || check.acceptanceCheck === true
        ? []
        : selection.scenarios !== undefined
          ? allScenarios(suites, yardsticks).filter((scenario) =>
              matchesSelection(scenario, selection),
            )
          : asksByItself
            ? []
            : [...new Set(check.mutants.flatMap(({ on }) => on ?? []))]
    const askable = shownBy.filter((scenario) => findMissingNeed(scenario, target) === undefined)
    return {
      check: check.id,
      feature,
      title: check.title,
      scenario: check.scenario,
      judgements: plannedJudgements as [PlannedJudgement, ...PlannedJudgement[]],
      ...(askable.length === 0 ? {} : { shownBy: askable }),
    }
  })
}

/** Those of checks and of the cases of families, each once. */
function allScenarios(suites: readonly Suite[], yardsticks: Yardsticks): readonly Scenario[] {
  const checks = suites.flatMap((suite) => [
    ...suite.checks,
    ...suite.families.flatMap((family) =>
      Object.values(yardsticks).flatMap((contract) => casesOf(family, contract)),
    ),
  ])
  const scenarios = new Map(
    checks.flatMap(({ scenario }) => (scenario === 'every' ? [] : [[scenario.id, scenario]])),
  )
  return [...scenarios.values()]
}

/** A family is pure, and every target of a run asks it about the same few contracts. */
export const casesOf: (family: Family, contract: Contract) => readonly Check[] = memoize2(
  (family: Family, contract: Contract) => family.cases(contract),
)

function rule(
  check: Check,
  yardstick: Yardstick,
  contract: Contract,
  target: Planned,
  own: Contract | undefined,
): PlannedJudgement | undefined {
  if (check.only !== undefined && !check.only.includes(yardstick)) return undefined
  const asked = levelOfAll(check.covers, yardstick)
  // Client programs speak OpenAI's API to whoever offers it.
  const isNeeded =
    asked !== 'must' && yardstick !== 'open-responses' && isNeededByClients(check.covers)
  const said = isNeeded ? 'must' : asked
  if (said === undefined) return undefined
  const level = yardstick === 'own' ? weighStated(said, check, contract) : said
  const recorded = trafficDisputeOf(check.id, yardstick)
  const disputed = isNeeded ? undefined : disputeOfAll(check.covers, yardstick)
  const contested = disputed ?? (recorded?.before === undefined ? recorded?.words : undefined)
  const base = {
    yardstick,
    contract,
    check,
    level,
    ...(isNeeded ? { basis: 'clients' as const } : {}),
    requirements: check.covers.filter((id) => {
      const requirement = loadRequirements().get(id)!
      return isNeeded
        ? requirement.level.clients === 'must'
        : levelOf(requirement, yardstick) !== undefined
    }),
    ...(contested === undefined ? {} : { contested }),
    ...(recorded?.before === undefined
      ? {}
      : { contestedBefore: { month: recorded.before, words: recorded.words } }),
  }
  const lack = findLack(check, target.setup?.lacks ?? [])
  if (lack !== undefined) {
    return { ...base, skipReason: { reason: 'untestable', note: `the set-up lacks ${lack}` } }
  }
  if (check.scenario === 'every') return base
  const need = findMissingNeed(check.scenario, target)
  if (need !== undefined) {
    return { ...base, skipReason: { reason: 'untestable', note: `needs ${NEEDS[need]}` } }
  }
  const { unsent } = check.scenario
  if (unsent !== undefined) {
    return { ...base, skipReason: { reason: 'untestable', note: `cannot be sent: ${unsent}` } }
  }
  if (yardstick !== 'own' || own === undefined) return base
  const claim = own.claim(check.scenario.apiPaths)
  if (claim.status === 'silent' || claim.status === 'denied') {
    const note =
      claim.status === 'denied' ? 'the documents deny it' : 'the documents do not mention it'
    return {
      ...base,
      claim,
      skipReason: { reason: 'not-claimed', note: `${note}: ${claim.hinge ?? ''}` },
    }
  }
  // What a provider promises only for some models or upstreams cannot fail it.
  return {
    ...base,
    level: claim.status !== 'documented' && level === 'must' ? 'should' : level,
    claim,
  }
}

/** Whether the documents say in a sentence, without a condition, what the check asks. */
export function isStated(
  { promises = [] }: Pick<Check, 'promises'>,
  { claims }: Pick<Contract, 'claims'>,
): boolean {
  return claims.some(
    ({ hinge, status }) => status === 'documented' && promises.includes(hinge ?? ''),
  )
}

/** What the documents say in a sentence binds as the sentence does: without a condition, or with one. */
function weighStated(level: Level, { promises = [] }: Check, { claims }: Contract): Level {
  if (isStated({ promises }, { claims })) return 'must'
  const said = claims.filter(({ hinge }) => promises.includes(hinge ?? ''))
  return level === 'must' && said.some(({ status }) => status === 'conditional') ? 'should' : level
}

const NEEDS: Readonly<Record<NonNullable<Scenario['needs']>[number], string>> = {
  'second-key': 'a second key (--second-key-env)',
  'vision-model': 'a model with vision (--vision-model)',
  'fixture-url':
    'addresses from which the provider can fetch a picture and a PDF (fixtures, in the configuration)',
  websocket: 'the WebSocket suite, which is off by default (--suite websocket)',
  'hosted-tools': 'the hosted-tools suite, which is off by default (--suite hosted-tools)',
  'reasoning-model': 'a reasoning model (--reasoning-model)',
  expensive: 'the expensive checks, which are off by default (--expensive)',
  endurance: 'the questions that last long, which are asked by themselves (--endurance)',
  key: 'an endpoint that asks for a key',
}

/** The id of the acceptance check for one feature. */
export function acceptanceCheckIdOf(check: CheckId, feature: Feature): CheckId {
  return `${feature}/${check.split('/').at(-1)}`
}

/** What a case asks about, as the journal names it. */
export function subjectOf({ scenario }: Case): string {
  return scenario === 'every' ? 'every' : scenario.id
}

/** The scenarios that the cases of a target ask, each once. */
export function scenariosOf(cases: readonly Case[]): readonly Scenario[] {
  const scenarios = new Map<string, Scenario>()
  const asked = cases.flatMap(({ scenario, judgements: plannedJudgements, shownBy }) =>
    scenario === 'every'
      ? (shownBy ?? [])
      : plannedJudgements.every(({ skipReason }) => skipReason !== undefined)
        ? []
        : [scenario],
  )
  for (const scenario of asked) {
    const known = scenarios.get(scenario.id)
    if (known !== undefined && known !== scenario && !sameSteps(known, scenario)) {
      throw new HarnessError(`two different scenarios are called ${scenario.id}`)
    }
    scenarios.set(scenario.id, known ?? scenario)
  }
  return [...scenarios.values()]
}

function sameSteps(a: Scenario, b: Scenario): boolean {
  return Object.keys(a.steps).join() === Object.keys(b.steps).join()
}
