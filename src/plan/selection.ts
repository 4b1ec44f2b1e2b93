// Selects checks and scenarios by suite, id, client and level.

import { isDecisiveFor } from '../clients/profile.ts'
import { currentIdOf } from './renamed-checks.ts'
import type { Check, Feature, Level, Scenario, ScenarioId } from '../types/index.ts'

export interface Selection {
  /** Features; those that are on by default when absent. */
  readonly suites?: readonly Feature[] | 'all'
  /** Globs over check ids. */
  readonly checks?: readonly string[]
  /** Globs over scenario ids. */
  readonly scenarios?: readonly string[]
  /** Only what decides whether these clients work. */
  readonly clients?: readonly string[]
  readonly levels?: readonly Level[]
  /** Modules of the user's own, seen from the working folder. */
  readonly load?: readonly string[]
  /** Only the few questions that show at once whether an endpoint is worth asking more. */
  readonly smoke?: boolean
  /** Only the questions that last long, and those of which there are many at once. */
  readonly endurance?: boolean
}

/** At most 25 requests: for every commit, and for a first look. */
const SMOKE: readonly ScenarioId[] = [
  'auth/keys',
  'basic/capped',
  'basic/text',
  'errors/malformed-json',
  'image/png',
  'message-style/string',
  'stateful/chain',
  'streaming/call',
  'streaming/incomplete',
  'streaming/text',
  'structured-output/strict',
  'tool/forced',
]

/** Suites that send requests which many providers bill apart, or which need another transport. */
export const OFF_BY_DEFAULT: readonly Feature[] = ['hosted-tools', 'websocket', 'clients']

export function isSelected(check: Check, feature: Feature, selection: Selection): boolean {
  if (selection.clients !== undefined) {
    if (selection.clients.some((client) => isDecisiveFor(client, check.id))) return true
    // With suites as well, both are asked.
    if (selection.suites === undefined || selection.suites.length === 0) return false
  }
  if (
    selection.smoke === true &&
    check.scenario !== 'every' &&
    !SMOKE.includes(check.scenario.id)
  ) {
    return false
  }
  if (selection.endurance === true && check.scenario !== 'every') {
    return check.scenario.needs?.includes('endurance') === true
  }
  // Whether a request was answered at all is always reported: everything else rests on it.
  if (check.acceptanceCheck === true && check.scenario === 'every') return true
  if (selection.checks === undefined) return isSuiteSelected(feature, selection.suites)
  return selection.checks.some((pattern) => matchesGlob(widened(pattern), check.id))
}

export function matchesSelection({ id }: Scenario, { scenarios }: Selection): boolean {
  return scenarios === undefined || scenarios.some((pattern) => matchesGlob(pattern, id))
}

/** Whoever asks for `image/accepted` alone wants what the image suite asks to be answered. */
function widened(pattern: string): string {
  return currentIdOf(pattern).replace(/\/accepted$/, '/*')
}

/** What holds for every exchange is asked of whatever is selected. */
function isSuiteSelected(feature: Feature, suites: Selection['suites']): boolean {
  if (suites === undefined) return !OFF_BY_DEFAULT.includes(feature)
  return suites === 'all' || suites.includes(feature) || feature === 'common'
}

/** `*` matches anything, slashes included. */
export function matchesGlob(pattern: string, id: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === id
  if (!id.startsWith(first)) return false
  // The nearest place of each piece leaves most to those behind it: no pattern takes more than one pass.
  let at = first.length
  for (const piece of rest) {
    const found = id.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return id.length - last.length >= at && id.endsWith(last)
}
