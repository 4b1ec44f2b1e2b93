// Plans the cases of each target, before anything is sent.

import type { Suite } from '../plan/load-suites-and-reporters.ts'
import { currentIdOf } from '../plan/renamed-checks.ts'
import { loadContract } from '../contract/file/load.ts'
import { loadProfiles } from '../clients/profile.ts'
import { UsageError } from '../base/errors.ts'
import { listControls } from '../judge/ask-control.ts'
import { estimateCosts, readCosts, type Estimate } from '../plan/estimate.ts'
import { equipTarget } from './run-in-worker.ts'
import { casesOf, createPlanner, acceptanceCheckIdOf, type Case } from '../plan/plan.ts'
import { matchesGlob, type Selection } from '../plan/selection.ts'
import type { Target } from '../target/target-and-keys.ts'
import { yardsticksOf } from '../plan/yardsticks-of-target.ts'
import { shardOf } from '../plan/shard.ts'
import { createUnknownNameError, checkNames } from '../base/closest-name.ts'

interface SelectionFlags {
  readonly suite?: readonly string[]
  readonly check?: readonly string[]
  readonly scenario?: readonly string[]
  readonly client?: readonly string[]
  readonly level?: readonly ('must' | 'should' | 'may')[]
  readonly smoke?: boolean
  readonly endurance?: boolean
  /** ES modules with checks of one's own. */
  readonly load?: readonly string[]
  readonly attempts?: number
  readonly shard?: readonly [part: number, of: number]
}

/** Refuses names that there are not. */
export function selectionOf(flags: SelectionFlags, suites: readonly Suite[]): Selection {
  checkNames(
    flags.suite ?? [],
    suites.map(({ feature }) => feature),
    'suite',
  )
  const clients = flags.client === undefined ? [] : loadProfiles().map(({ id }) => id)
  checkNames(flags.client ?? [], clients, 'client')
  return {
    ...(flags.suite === undefined ? {} : { suites: flags.suite }),
    ...(flags.check === undefined ? {} : { checks: flags.check }),
    ...(flags.scenario === undefined ? {} : { scenarios: flags.scenario }),
    ...(flags.client === undefined ? {} : { clients: flags.client }),
    ...(flags.smoke === undefined ? {} : { smoke: flags.smoke }),
    ...(flags.endurance === undefined ? {} : { endurance: flags.endurance }),
    ...(flags.level === undefined ? {} : { levels: flags.level }),
    ...(flags.load === undefined ? {} : { load: flags.load }),
  }
}

export interface TargetPlan {
  readonly target: Target
  readonly cases: readonly Case[]
  readonly forecast: Estimate
}

/** A picture and a PDF that the run would serve: here only their presence counts. */
const SERVED = {
  image: { url: 'http://127.0.0.1/image.png', word: 'planned' },
  pdf: { url: 'http://127.0.0.1/document.pdf', word: 'planned' },
  close: () => Promise.resolve(),
}

export function planTargets(
  targets: readonly Target[],
  selection: Selection,
  flags: Pick<SelectionFlags, 'attempts' | 'shard'>,
  suites: readonly Suite[],
): readonly TargetPlan[] {
  const costs = readCosts()
  const plan = createPlanner(suites, selection)
  const plans = targets.map((each, index): TargetPlan => {
    const target = equipTarget(each, SERVED)
    const yardsticks = yardsticksOf(target)
    const all = plan(target, yardsticks)
    const cases = flags.shard === undefined ? all : shardOf(all, index, flags.shard)
    const attempts = flags.attempts ?? 2
    return {
      target,
      cases,
      forecast: estimateCosts(target, yardsticks, cases, {
        attempts,
        costs,
        controlsOf: (scenario) => listControls(scenario, { target, yardsticks }),
      }),
    }
  })
  for (const pattern of selection.checks ?? []) checkPattern(currentIdOf(pattern), plans, suites)
  return plans
}

/** A glob that nothing matches is a typing error, not an empty run. */
function checkPattern(
  pattern: string,
  plans: readonly TargetPlan[],
  suites: readonly Suite[],
): void {
  const matches = (id: string): boolean => matchesGlob(pattern, id)
  const isGate = pattern.endsWith('/accepted')
  const planned = plans.flatMap(({ cases }) => cases)
  if (
    isGate
      ? suites.some(({ feature }) => matches(acceptanceCheckIdOf('accepted', feature)))
      : planned.some(({ check }) => matches(check))
  )
    return
  const known = allIds(suites, plans)
  if (!known.some(matches))
    throw createUnknownNameError('check', pattern, known, '"list checks" shows all.')
  throw new UsageError(
    `No yardstick of ${plans.map(({ target }) => target.id).join(', ')} asks for "${pattern}" in this selection`,
  )
}

function allIds(suites: readonly Suite[], plans: readonly TargetPlan[]): readonly string[] {
  const own = plans.flatMap(({ target }) =>
    target.contract === undefined ? [] : [target.contract],
  )
  const contracts = [...new Set([...own, 'openai', 'open-responses'])].map(loadContract)
  const ids = suites.flatMap(({ feature, checks, families }) => [
    acceptanceCheckIdOf('accepted', feature),
    ...checks.map(({ id }) => id),
    ...families.flatMap((family) =>
      contracts.flatMap((contract) => casesOf(family, contract).map(({ id }) => id)),
    ),
  ])
  return [...new Set(ids)]
}
