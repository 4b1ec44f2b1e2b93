// The messages of the driver protocol, version 1 (docs/clients-driver.md): one JSON object a line.

import { isObject, parse } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'

export const PROTOCOL = 1

/** What a driver says of itself when it has started. */
export interface DriverHello {
  readonly client: string
  readonly package: string
  readonly version: string
  readonly language: string
  readonly runtime: string
  /** Versions of other packages that decide what the client does. */
  readonly depends: Readonly<Record<string, string>>
  readonly scenarios: readonly string[]
  /** How many times as long as a library it takes: a program has to start first. */
  readonly slowness: number
}

/** What the client threw. */
export interface ToldError {
  readonly name: string
  readonly message: string
  /** The innermost place inside the client's packages. */
  readonly where?: string
  readonly chain?: readonly string[]
  /** Of an answer by which the server refused. */
  readonly status?: number
}

export interface DriverAnswer {
  readonly id: number
  readonly told:
    | { readonly value: Json }
    | { readonly error: ToldError }
    | { readonly skipped: string }
}

/** Of a hello: each is asked twice. */
const MOST_SCENARIOS = 100

/** Slower than this is no driver but a mistake. */
const MOST_SLOWNESS = 60

/** The hello of a line, or what is wrong with it. */
export function readHello(line: string): DriverHello | string {
  const message = parse(line)
  if (!isObject(message) || !isObject(message['hello'])) return 'it is no hello'
  const hello = message['hello']
  if (hello['protocol'] !== PROTOCOL) return `its protocol is not ${PROTOCOL}`
  const { client, version, language, scenarios, slowness = 1 } = hello
  for (const [key, value] of Object.entries({ client, version, language })) {
    if (typeof value !== 'string' || value === '') return `its ${key} is no text`
  }
  if (!isListOfTexts(scenarios) || scenarios.length === 0) return 'its scenarios are no list'
  if (scenarios.length > MOST_SCENARIOS) return `its scenarios are more than ${MOST_SCENARIOS}`
  if (typeof slowness !== 'number' || slowness < 1 || slowness > MOST_SLOWNESS) {
    return `its slowness is not from 1 to ${MOST_SLOWNESS}`
  }
  return {
    client: client as string,
    version: version as string,
    language: language as string,
    package: textOf(hello['package']),
    runtime: textOf(hello['runtime']),
    depends: textsOf(hello['depends']),
    scenarios,
    slowness,
  }
}

/** The answer of a line, or what is wrong with it. */
export function readAnswer(line: string): DriverAnswer | string {
  const message = parse(line)
  if (!isObject(message)) return 'it is no JSON object'
  const { id, value, error, skipped } = message
  if (typeof id !== 'number') return 'it has no id'
  const parts = [value, error, skipped].filter((part) => part !== undefined)
  if (parts.length !== 1) return 'it has not exactly one of value, error and skipped'
  if (value !== undefined) return { id, told: { value } }
  if (skipped !== undefined) {
    return typeof skipped === 'string' ? { id, told: { skipped } } : 'its skipped does not say why'
  }
  if (!isObject(error) || typeof error['name'] !== 'string') return 'its error has no name'
  return { id, told: { error: readError(error) } }
}

function readError(error: JsonObject): ToldError {
  const { name, message, where, chain, status } = error
  return {
    name: textOf(name),
    message: textOf(message),
    ...(typeof where === 'string' ? { where } : {}),
    ...(isListOfTexts(chain) ? { chain } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  }
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  const entries = isObject(value) ? Object.entries(value) : []
  return Object.fromEntries(
    entries.flatMap(([key, one]) => (typeof one === 'string' ? [[key, one]] : [])),
  )
}

function isListOfTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
