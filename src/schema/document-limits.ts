// How much of a document is read: a contract, or an API's description as its provider publishes it. What lies
// beyond is told with the name of its limit, and nothing is judged by it.

import { getEnvironment } from '../base/current-environment.ts'
import { UsageError } from '../base/errors.ts'
import type { DocumentLimitName } from '../types/index.ts'

export const DOCUMENT_LIMITS = {
  'document-levels': { usual: 200, most: 200, what: 'levels of nesting in a document' },
  'schema-values': {
    usual: 200_000,
    most: 2_000_000,
    what: 'values of a document that its operations reach',
  },
  'schema-fields': { usual: 5_000, most: 20_000, what: 'fields of one object' },
  'schema-steps': {
    usual: 200,
    most: 400,
    what: 'references, `allOf` and `anyOf` one behind the other for one value',
  },
  patterns: { usual: 500, most: 5_000, what: 'patterns of one document' },
  'pattern-characters': { usual: 500, most: 1_000, what: 'characters of a pattern' },
} as const

/** The limits hold for a whole command, and for the worker that it starts, whoever loads a document there. */
export const LIMITS_ENV = 'RESPONSES_CONFORMANCE_DOCUMENT_LIMITS'

type DocumentLimits = Readonly<Record<DocumentLimitName, number>>

/** The limits of this command. Throws a `UsageError` where the variable is set to none. */
export function readDocumentLimits(): DocumentLimits {
  const text = getEnvironment().env[LIMITS_ENV]
  if (text === undefined || text === '') return USUAL
  return { ...USUAL, ...parseLimitList(text, DOCUMENT_LIMITS, LIMITS_ENV) }
}

/** Whoever chose limits for a command sets them before a document is loaded. */
export function setDocumentLimits(chosen: Readonly<Record<string, number>> | undefined): void {
  const own = Object.entries(chosen ?? {}).filter(([name]) => Object.hasOwn(DOCUMENT_LIMITS, name))
  if (own.length === 0) return
  getEnvironment().env[LIMITS_ENV] = own.map(([name, number]) => `${name}=${number}`).join(',')
}

const USUAL = Object.fromEntries(
  Object.entries(DOCUMENT_LIMITS).map(([name, { usual }]) => [name, usual]),
) as DocumentLimits

/** What is said of what lies beyond a limit. */
export function describeDocumentLimit(name: DocumentLimitName): string {
  const { what } = DOCUMENT_LIMITS[name]
  return `more than ${readDocumentLimits()[name]} ${what}, which is the limit "${name}"`
}

export interface Limit {
  readonly usual: number
  /** What may be asked for at most. */
  readonly most: number
  /** 1 unless given. */
  readonly least?: number
  /** What is counted, in the plural. */
  readonly what: string
}

export type LimitTable<Name extends string> = Readonly<Record<Name, Limit>>

/** `body-bytes=100000,events=500` → the chosen limits. Throws a `UsageError` that says what is wrong. */
export function parseLimitList<Name extends string>(
  text: string,
  table: LimitTable<Name>,
  said: string,
): Partial<Record<Name, number>> {
  const parts = text.split(',').map((part) => {
    const [, name = '', digits] = /^\s*([^=]*?)\s*=\s*(\d{1,15})\s*$/.exec(part) ?? []
    if (digits === undefined) {
      throw new UsageError(`${said} "${part}" is not of the form NAME=NUMBER; ${listNames(table)}`)
    }
    const mistake = findLimitMistake(name, Number(digits), table)
    if (mistake !== undefined) throw new UsageError(`${said} "${part}": ${mistake}`)
    return [name, Number(digits)] as const
  })
  return Object.fromEntries(parts) as Partial<Record<Name, number>>
}

/** What is wrong with one choice; undefined where nothing is. */
export function findLimitMistake(
  name: string,
  number: unknown,
  table: LimitTable<string>,
): string | undefined {
  if (!Object.hasOwn(table, name)) return `there is no limit "${name}"; ${listNames(table)}`
  const { most, least = 1 } = table[name]!
  const isRight = Number.isInteger(number) && Number(number) >= least && Number(number) <= most
  return isRight ? undefined : `${name} is a whole number from ${least} to ${most}`
}

function listNames(table: LimitTable<string>): string {
  return `there are ${Object.keys(table).join(', ')}`
}
