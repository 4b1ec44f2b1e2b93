// Compares what a client told of a flow with what it tells at the right server.

import { isObject, show } from '../base/json.ts'
import type { Json } from '../types/index.ts'
import type { FlowResult } from './driver-process.ts'

/** What a client may lose and still do its work. */
const METERING: readonly string[] = ['usage', 'finish', 'status']

/** What a client made of a scenario that its driver can do. */
export type ToldResult = Exclude<
  FlowResult,
  { readonly skipped: string } | { readonly broken: unknown }
>

export interface ToldJudgement {
  readonly effect: 'works' | 'degraded' | 'wrong' | 'throws' | 'hangs' | 'loops'
  /** What came, for a person; absent where it works. */
  readonly reason?: string
}

/**
 * A real model may say more than the right server does: a text has to hold what that one says, and
 * calls, objects and truths have to be the same.
 */
export function judgeToldValue(told: ToldResult | 'loops', right: Json): ToldJudgement {
  if (told === 'loops') return { effect: 'loops', reason: 'it asked again and again' }
  if ('hung' in told) return { effect: 'hangs', reason: 'it did not end in time' }
  if ('error' in told) {
    const { name, message } = told.error
    return { effect: 'throws', reason: `it threw ${name}: ${message}`.slice(0, 300) }
  }
  const { value } = told
  const keys = isObject(right) ? Object.keys(right) : []
  const wrong = isObject(value)
    ? keys.filter((key) => !holds(value[key], (right as Readonly<Record<string, Json>>)[key]!))
    : keys
  const worst = wrong.find((key) => !METERING.includes(key))
  if (worst !== undefined) {
    const came = isObject(value) ? value[worst] : value
    return { effect: 'wrong', reason: `its ${worst} came to ${show(came).slice(0, 200)}` }
  }
  return wrong.length === 0
    ? { effect: 'works' }
    : { effect: 'degraded', reason: `it lost ${wrong.join(', ')}` }
}

function holds(value: Json | undefined, right: Json): boolean {
  if (typeof right === 'string') {
    return typeof value === 'string' && right.split('\n').every((line) => value.includes(line))
  }
  if (Array.isArray(right)) {
    const given = Array.isArray(value) ? value.map((one: Json) => JSON.stringify(one)) : []
    const wanted = right.map((one: Json) => JSON.stringify(one))
    return given.length >= wanted.length && wanted.every((one) => given.includes(one))
  }
  return JSON.stringify(value) === JSON.stringify(right)
}
