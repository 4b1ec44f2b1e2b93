// Limits with names: what is usual, what may be asked for, and how a choice among them is written.

import { UsageError } from './errors.ts'

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
