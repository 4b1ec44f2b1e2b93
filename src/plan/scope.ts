// What a run asked where that is less than by default: whoever reads "conforms" must know it.

import { features } from './load-suites.ts'
import { LEVELS } from '../base/sort-order.ts'
import { OFF_BY_DEFAULT, type Selection } from './selection.ts'
import type { Part, RunResult, TargetRecord } from '../types/index.ts'

/** Undefined where nothing is left out; asking for more than by default is no part. */
export function partOf(selection: Selection, shard?: RunResult['run']['shard']): Part | undefined {
  const { suites, checks, scenarios, clients, levels, smoke } = selection
  const part: Part = {
    ...(shard === undefined || shard[1] === 1 ? {} : { shard }),
    // Clients decide before checks, and checks before suites, about what is asked.
    ...(clients === undefined
      ? {
          ...(smoke === true ? { smoke } : {}),
          ...(checks === undefined ? partOfSuites(suites) : isAny(checks) ? {} : { checks }),
        }
      : { clients }),
    ...(scenarios === undefined || isAny(scenarios) ? {} : { scenarios }),
    ...(levels === undefined || LEVELS.every((level) => levels.includes(level)) ? {} : { levels }),
  }
  return Object.keys(part).length === 0 ? undefined : part
}

function partOfSuites(suites: Selection['suites']): Part {
  if (suites === undefined || suites === 'all') return {}
  const left = features().filter(
    (feature) =>
      feature !== 'common' && !OFF_BY_DEFAULT.includes(feature) && !suites.includes(feature),
  )
  return left.length === 0 ? {} : { suites }
}

function isAny(globs: readonly string[]): boolean {
  return globs.includes('*')
}

/** The parts that were asked of a target: its own, where runs were joined, or that of its run. */
export function partsOf(
  target: TargetRecord,
  selection: Selection,
  shard?: RunResult['run']['shard'],
): readonly Part[] {
  if (target.selection !== undefined) return target.selection
  const part = partOf(selection, shard)
  return part === undefined ? [] : [part]
}

/** The target with its parts, each once; whole where there are none. */
export function withParts(target: TargetRecord, parts: readonly Part[]): TargetRecord {
  const { selection: _, ...whole } = target
  const distinct = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()]
  return distinct.length === 0 ? whole : { ...whole, selection: distinct }
}
