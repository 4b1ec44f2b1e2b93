// What a set-up lacks, in the words of specs/capabilities.yaml → whether a check can be asked of it.

import { parseApiPath, type ParsedApiPath } from '../../contract/api-path.ts'
import { createUnknownNameError } from '../../base/closest-name.ts'
import type { ApiPath, Check, Scenario } from '../../types/index.ts'
import {
  listCapabilitiesOfRequirements,
  listCapabilitiesOfRow,
  loadCapabilityCatalogue,
  type Capability,
} from './capabilities.ts'

/** A server of canned answers lacks it. */
const MODEL = 'model'

/** The words that `lacks` may hold. */
export function listLackWords(): readonly string[] {
  const { features, capabilities } = loadCapabilityCatalogue()
  return [MODEL, ...new Set([...features, ...capabilities].map(({ id }) => id))]
}

/** Throws a `UsageError` for a word that is neither a feature nor a capability, nor "model". */
export function checkLacks(lacks: readonly string[]): void {
  const known = listLackWords()
  const unknown = lacks.find((word) => !known.includes(word))
  if (unknown === undefined) return
  const features = loadCapabilityCatalogue().features.map(({ id }) => id)
  throw createUnknownNameError(
    'feature or capability',
    unknown,
    known,
    `What a set-up may lack: ${MODEL}, ${features.join(', ')}, and each capability of capabilities.csv in a report.`,
  )
}

/**
 * The word of `lacks` for which a check cannot be asked: all capabilities lack that it counts for, or
 * all that take something which its scenario sends.
 */
export function findLack(check: Check, lacks: readonly string[]): string | undefined {
  if (lacks.length === 0) return undefined
  const { capabilities, model } = loadCapabilityCatalogue()
  const wordOf = (one: Capability): string | undefined =>
    lacks.find((word) => word === one.id || word === one.feature)
  const wordOfAll = (homes: readonly Capability[]): string | undefined =>
    homes.length > 0 && homes.every((one) => wordOf(one) !== undefined)
      ? wordOf(homes[0]!)
      : undefined
  const { id, scenario, covers, kind } = check
  const [suite = ''] = id.split('/')
  if (lacks.includes(suite)) return suite
  const needsModel =
    kind === 'behavioural' || (covers.length > 0 && covers.every((one) => model.includes(one)))
  if (needsModel && lacks.includes(MODEL)) return MODEL
  const row = { check: id, scenario: 'every', requirements: covers }
  const own =
    wordOfAll(listCapabilitiesOfRow(row, capabilities)) ??
    wordOfAll(listCapabilitiesOfRequirements(covers, capabilities))
  if (own !== undefined || scenario === 'every') return own
  return listPaths(scenario)
    .map((path) => listTakers(path, capabilities))
    .map(wordOfAll)
    .find((word) => word !== undefined)
}

/** What a scenario is about, and where its mistakes are; nothing of one that tries many fields at once. */
function listPaths({ apiPaths, steps, isPacked }: Scenario): readonly ApiPath[] {
  if (isPacked === true) return []
  const mistakes = Object.values(steps).flatMap(({ invalidAt = '' }) =>
    // Every request has an input.
    invalidAt === '' || /^\/input(\/|$)/.test(invalidAt)
      ? []
      : [`request ${invalidAt.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`],
  )
  return [...apiPaths, ...mistakes]
}

/** The capabilities at a path or below it; where there is none, those of the nearest field around it. */
function listTakers(path: ApiPath, capabilities: readonly Capability[]): readonly Capability[] {
  const asked = parsePlace(path)
  if (asked === undefined) return []
  const inside = capabilities.filter(({ at }) => at.some((place) => isInside(place, asked)))
  if (inside.length > 0 || asked.scope !== 'request') return inside
  const around = [asked.steps.length, ...asked.steps.keys()].toSorted((a, b) => b - a)
  return (
    around
      .filter((length) => length > 0)
      .map((length) => `request /${asked.steps.slice(0, length).join('/')}`)
      .map((field) => capabilities.filter(({ at }) => at.includes(field)))
      .find((takers) => takers.length > 0) ?? []
  )
}

function isInside(place: ApiPath, { scope, steps, value, type }: ParsedApiPath): boolean {
  const inner = parsePlace(place)
  if (inner === undefined || inner.scope !== scope) return false
  if (value !== undefined || type !== undefined)
    return inner.name === `/${steps.join('/')}` && inner.value === value && inner.type === type
  return steps.every((step, index) => inner.steps[index] === step)
}

const parsed = new Map<ApiPath, ParsedApiPath | undefined>()

/** Capabilities name few paths, and every check is held against them. */
function parsePlace(place: ApiPath): ParsedApiPath | undefined {
  if (!parsed.has(place)) parsed.set(place, parseApiPath(place))
  return parsed.get(place)
}
