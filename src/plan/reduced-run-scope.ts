// The scope of a run that asked less than by default, so that a reader of "conforms" knows it.

import { listFeatures } from './load-suites-and-reporters.ts'
import { LEVELS } from '../base/sort-text-and-ranks.ts'
import { OFF_BY_DEFAULT, type Selection } from './selection.ts'
import type { Scope, RunResult, TargetRecord } from '../types/index.ts'

/** Undefined where nothing is left out; asking for more than by default is no part. */
export function scopeOf(
  selection: Selection,
  shard?: RunResult['run']['shard'],
): Scope | undefined {
  const { suites, checks, scenarios, clients, levels, smoke, endurance } = selection
  const scope: Scope = {
    ...(shard === undefined || shard[1] === 1 ? {} : { shard }),
    // Clients decide before checks, and checks before suites, about what is asked.
    ...(clients === undefined
      ? {
          ...(smoke === true ? { smoke } : {}),
          ...(endurance === true ? { endurance } : {}),
          ...(checks === undefined ? scopeOfSuites(suites) : isAny(checks) ? {} : { checks }),
        }
      : { clients }),
    ...(scenarios === undefined || isAny(scenarios) ? {} : { scenarios }),
    ...(levels === undefined || LEVELS.every((level) => levels.includes(level)) ? {} : { levels }),
  }
  return Object.keys(scope).length === 0 ? undefined : scope
}

function scopeOfSuites(suites: Selection['suites']): Scope {
  if (suites === undefined || suites === 'all') return {}
  const left = listFeatures().filter(
    (feature) =>
      feature !== 'common' && !OFF_BY_DEFAULT.includes(feature) && !suites.includes(feature),
  )
  return left.length === 0 ? {} : { suites }
}

function isAny(globs: readonly string[]): boolean {
  return globs.includes('*')
}

/** The parts that were asked of a target: its own, where runs were joined, or that of its run. */
export function scopesOf(
  target: TargetRecord,
  selection: Selection,
  shard?: RunResult['run']['shard'],
): readonly Scope[] {
  if (target.selection !== undefined) return target.selection
  const scope = scopeOf(selection, shard)
  return scope === undefined ? [] : [scope]
}

/** The target with its parts, each once; whole where there are none. */
export function withScopes(target: TargetRecord, scopes: readonly Scope[]): TargetRecord {
  const { selection: _, ...whole } = target
  const distinct = [...new Map(scopes.map((scope) => [JSON.stringify(scope), scope])).values()]
  return distinct.length === 0 ? whole : { ...whole, selection: distinct }
}
