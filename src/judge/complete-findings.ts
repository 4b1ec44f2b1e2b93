// What an exchange tells about a finding, as data: how it is wrong, what was under test, what came.

import { events, header, response } from '../authoring/read.ts'
import { generalizePlace } from '../base/json.ts'
import { field } from '../base/json.ts'
import { fieldsOf, wholeFieldOf } from '../plan/fields-of-scenario.ts'
import { answerFacts, bodyKindOf } from './answer-facts.ts'
import type {
  ClientImpact,
  Contract,
  Exchange,
  Finding,
  FindingKind,
  Json,
  Scenario,
  Step,
} from '../types/index.ts'

/** Where a finding was made. */
interface FoundIn {
  readonly scenario: Scenario
  readonly step: string
  readonly exchange: Exchange | undefined
  /** Whose request parameters an answer may repeat. */
  readonly contracts: readonly Contract[]
  /** Whether every exchange is judged: the scenario then puts something else to the test. */
  readonly isEvery: boolean
}

/** The finding with everything that its exchange tells; what the check says itself counts. */
export function completeFinding(finding: Finding, found: FoundIn): Finding {
  const { scenario, step, exchange, contracts, isEvery } = found
  const { expect, invalidAt } = (scenario.steps as Readonly<Record<string, Step>>)[step] ?? {}
  const kind = kindOf(finding, exchange, expect)
  const tested = expect === 'refusal' ? [invalidAt ?? []].flat() : fieldsOf(scenario)
  const said = expect === 'refusal' ? finding.about : finding.about?.map(wholeFieldOf)
  const about = said ?? (isEvery ? [] : tested)
  const place = generalizePlace(finding.at)
  const isEcho =
    place.lastIndexOf('/') === 0 &&
    contracts.some(({ parameters }) => parameters.some(({ at }) => at === place))
  return {
    ...finding,
    kind,
    ...(about.length === 0 ? {} : { about }),
    ...(isEcho ? { isEcho } : {}),
    exchanges: [`${scenario.id}#${step}`],
    ...(exchange === undefined ? {} : { answer: answerFacts(exchange) }),
  }
}

/** How it is wrong: as the check says, or else as the place in the answer shows. */
export function kindOf(
  { kind, at }: Pick<Finding, 'kind' | 'at'>,
  exchange: Exchange | undefined,
  expect?: Step['expect'],
): FindingKind {
  if (kind !== undefined) return kind
  if (exchange === undefined) return 'value'
  if (at === 'status') return kindOfStatus(exchange.status, expect)
  if (at === 'header content-type') return 'label'
  if (at.startsWith('header ')) {
    return header(exchange, at.slice('header '.length)) === undefined ? 'absent' : 'value'
  }
  if (at === '' || at === '/') return bodyKindOf(exchange) === 'object' ? 'value' : 'no-body'
  // A place inside a text is none of the answer.
  if (!/^\/[^ ]*$/.test(at)) return 'value'
  const value = valueAt(exchange, at)
  return value === undefined ? 'absent' : value === null ? 'null' : 'value'
}

function kindOfStatus(status: number, expect: Step['expect'] | undefined): FindingKind {
  if (status >= 500) return 'crashed'
  if (status >= 400) return expect === 'success' ? 'refused' : 'misrefused'
  return expect === 'refusal' || expect === 'either' ? 'taken' : 'value'
}

const EVENT = /^\/events(?:\/(\d+)(\/.*)?)?$/

/** What stands at a finding's pointer; undefined where nothing does. */
function valueAt(exchange: Exchange, at: string): Json | undefined {
  const [isEvent, index, inside] = EVENT.exec(at) ?? []
  // That an event is missing is for the check to say.
  if (isEvent !== undefined && index === undefined) return true
  if (isEvent !== undefined) {
    const event = events(exchange).find((one) => one.index === Number(index))
    return event === undefined || inside === undefined ? true : field(event.data, inside)
  }
  if (exchange.body.kind === 'json') return field(exchange.body.value, at)
  const answer = response(exchange)
  return answer === undefined ? true : field(answer, at)
}

/** Findings of one row: enough for every cause of a real provider, and no room for a hostile one. */
const MOST_FINDINGS = 100
/** Exchanges that are named beside one finding. */
const MOST_EXCHANGES = 500

/**
 * Findings that differ in more than the index, the event or the exchange: one for each way in which
 * one place is wrong, with the exchanges of all that are alike.
 */
export function dedupeFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { at, kind, event, about, answer } = finding
    // What an error says does not make its form another fault.
    const said = /^\/error(\/|$)/.test(at) ? answer?.errorForm : answer?.message
    const alike = JSON.stringify([generalizePlace(at), kind, event, about, said])
    const group = groups.get(alike)
    if (group !== undefined) group.push(finding)
    else if (groups.size < MOST_FINDINGS) groups.set(alike, [finding])
  }
  return [...groups.values()].map(([first, ...others]) => {
    const all = new Set([first!, ...others].flatMap(({ exchanges = [] }) => exchanges))
    const breaks = mergeImpacts([first!, ...others])
    return {
      ...first!,
      exchanges: [...all].slice(0, MOST_EXCHANGES),
      ...(breaks === undefined ? {} : { breaks }),
    }
  })
}

function mergeImpacts(alike: readonly Finding[]): readonly ClientImpact[] | undefined {
  const all = alike.flatMap(({ breaks }) => (breaks === undefined ? [] : [breaks]))
  if (all.length === 0) return undefined
  return [...new Map(all.flat().map((impact) => [impact.client, impact])).values()]
}
