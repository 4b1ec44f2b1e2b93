// A red row, its findings and the exchanges that show them: what the keys of causes are made of.

import type { CheckId, Finding, ScenarioId } from '../../types/index.ts'

/** What kind of fault, and which; the first entry names the kind. */
export type CauseKey = readonly [KeyKind, ...string[]]

type KeyKind =
  | 'body' // nothing that can be read came, or always the same
  | 'label' // a stream where none was asked for
  | 'failed' // accepted, and ended as failed
  | 'refused' // refused for one field, and answered without it
  | 'said' // refused or crashed: what was said
  | 'crash' // mistakes break the server: in which form it says so
  | 'lost' // an id just given is not found
  | 'error-form' // a refusal that is no error object
  | 'error-fields' // error objects lack something
  | 'auth' // requests without a right key are answered
  | 'taken' // what is not valid is answered
  | 'object' // fields are missing: where, and in which part
  | 'stored' // what is stored comes back otherwise
  | 'echo' // the answer repeats other values than were sent
  | 'event' // fields are missing in events
  | 'ignored' // a request field has no effect
  | 'stream' // the order of events, or what they say together
  | 'wrong' // one place has a wrong value
  | 'check' // nothing but the check itself says what it is

/** One row that fails or warns, with the findings of all yardsticks. */
export interface RedRow {
  readonly check: CheckId
  readonly scenario: ScenarioId
  /** By one yardstick at least; otherwise it only warns. */
  readonly isFailing: boolean
  /** One name for exchanges that several scenarios share. */
  readonly names: ReadonlyMap<string, string>
  readonly findings: readonly Finding[]
}

/** One finding of a red row with its key, which joining may change. */
export interface Explained {
  readonly row: RedRow
  readonly finding: Finding
  key: CauseKey
}

export function rowNameOf({ check, scenario }: Pick<RedRow, 'check' | 'scenario'>): string {
  return `${check}@${scenario}`
}

/** A finding, its row, and the place where it stands. */
export interface Placed {
  readonly place: string
  readonly row: RedRow
  readonly finding: Finding
}

export function exchangesOf({ exchanges, step }: Finding, { scenario, names }: RedRow) {
  const own = exchanges ?? [nameOfExchange(scenario, step)]
  return own.map((name) => names.get(name) ?? name)
}

/** The scenario and the step of a finding, by the names that they have in its row. */
export function stepOf({ exchanges, step }: Finding, { scenario }: RedRow): readonly string[] {
  return (exchanges?.[0] ?? nameOfExchange(scenario, step)).split('#')
}

/** `<scenario>#<step>`; checks of every exchange name the step so. */
function nameOfExchange(scenario: ScenarioId, step: string): string {
  return step.includes('#') ? step : `${scenario}#${step}`
}

/** By name: the name of the same exchange that sorts first, where scenarios share it. */
export function nameSharedExchanges(
  rows: readonly {
    readonly scenario: ScenarioId
    readonly evidence: Readonly<Record<string, string>>
  }[],
): ReadonlyMap<string, string> {
  const firstOf = new Map<string, string>()
  const all = rows.flatMap(({ scenario, evidence }) =>
    Object.entries(evidence).map(([step, id]) => [nameOfExchange(scenario, step), id] as const),
  )
  for (const [name, id] of all) {
    const first = firstOf.get(id)
    if (id !== '' && (first === undefined || name < first)) firstOf.set(id, name)
  }
  return new Map(all.flatMap(([name, id]) => (id === '' ? [] : [[name, firstOf.get(id)!]])))
}
