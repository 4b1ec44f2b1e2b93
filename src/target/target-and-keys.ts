import type {
  AuthScheme,
  Need,
  Origin,
  ReadingLimits,
  Scenario,
  TargetSetup,
  Yardstick,
} from '../types/index.ts'
import { UsageError } from '../base/errors.ts'
import { listPrintedKeys } from './key-command.ts'
import { isSecretHeader } from './redact.ts'
import { readVariable } from '../base/current-environment.ts'

/**
 * A contract, an endpoint and a model: what one column of the matrix stands for.
 * Plain data without keys, so that it can cross a thread and be written down.
 */
export interface Target {
  readonly id: string
  readonly name: string
  /** A shipped contract's id, or the path of a contract file; absent when no documents are known. */
  readonly contract?: string
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly auth: readonly AuthScheme[]
  /** Sent with every request, in the address. */
  readonly query?: Readonly<Record<string, string>>
  /** Names of environment variables. */
  readonly keyEnv?: string
  readonly secondKeyEnv?: string
  /** Prints another key when one has expired; never written down. */
  readonly keyCommand?: string
  /** Sent with every request; `${NAME}` stands for an environment variable. */
  readonly headers: Readonly<Record<string, string>>
  readonly models: { readonly text: string; readonly vision?: string; readonly reasoning?: string }
  readonly limits: TargetLimits
  readonly proxy?: string
  /** Path of a PEM file with further certificate authorities. */
  readonly ca?: string
  readonly origin: Origin
  readonly yardsticks: readonly Yardstick[]
  readonly gate: readonly Yardstick[]
  /** What the run has for this target beyond an endpoint and a key. */
  readonly has: readonly Need[]
  readonly setup?: TargetSetup
  /** Where the run's image and PDF can be fetched by the provider. */
  readonly fixtures?: { readonly image: Fixture; readonly pdf: Fixture }
}

export interface Fixture {
  readonly url: string
  readonly word: string
}

interface TargetLimits {
  /** Requests in flight. */
  readonly concurrency: number
  /** Milliseconds for one request, from sending to the last byte. */
  readonly deadlineMs: number
  readonly perMinute?: number
  /** Caps for the whole run. */
  readonly requests?: number
  readonly tokens?: number
  /** Milliseconds until something of the answer's body is there. */
  readonly firstByteMs?: number
  /** What is read of one answer, where that is not the usual. */
  readonly reading?: Partial<ReadingLimits>
}

export const DEFAULT_LIMITS: TargetLimits = {
  concurrency: 4,
  deadlineMs: 120_000,
}

/** Where it is asked what lasts long: as many at once as are asked about, and twice the longest answer. */
export const ENDURANCE_LIMITS: TargetLimits = { concurrency: 50, deadlineMs: 600_000 }

/**
 * The value of a target's key, from the environment only, without the blanks and line ends around it
 * that files and shells leave. Throws a `UsageError` for what no header can carry.
 */
export function keyOf(name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : readVariable(name)?.trim()
  if (value === undefined || value === '') return undefined
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new UsageError(
      `The value of the environment variable ${name} is no key: it has blanks, line ends or other characters that no key has; set it again`,
    )
  }
  return value
}

/** The value of a variable that a header names: further words may stand in it, but no line end. */
function variableOf(name: string): string | undefined {
  const value = readVariable(name)?.trim()
  if (value === undefined || value === '') return undefined
  // What a header cannot carry would fail as if the endpoint were not there.
  if (!/^[\x20-\x7e]+$/.test(value)) {
    throw new UsageError(
      `The value of the environment variable ${name}, which a header names, has characters that no header can carry; set it again`,
    )
  }
  return value
}

/** Names of the variables of a target that are not set. Throws a `UsageError` for values that cannot be sent. */
export function listUnsetVariables(target: Pick<Target, 'headers'>): readonly string[] {
  return variablesOf(target).filter((name) => variableOf(name) === undefined)
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** The environment variables that a target's headers name. */
export function variablesOf({ headers }: Pick<Target, 'headers'>): readonly string[] {
  return Object.values(headers).flatMap((value) =>
    [...value.matchAll(VARIABLE)].map(([, name]) => name!),
  )
}

/** A target's headers as they are sent. */
export function headersOf({ headers }: Pick<Target, 'headers'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replaceAll(VARIABLE, (_, variable: string) => variableOf(variable) ?? ''),
    ]),
  )
}

/** Everything about a target that must never be written down. */
export function secretsOf(target: Target): readonly string[] {
  const { keyEnv, secondKeyEnv, proxy } = target
  const keys = [...[keyEnv, secondKeyEnv].map(keyOf), ...listPrintedKeys()]
  // `Basic x` is a scheme and a secret.
  const variables = variablesOf(target).flatMap((name) => variableOf(name)?.split(/ +/) ?? [])
  // Without the scheme: `Bearer x` is echoed as `x`.
  const headers = Object.entries(headersOf(target)).flatMap(([name, value]) =>
    isSecretHeader(name) ? [value.split(' ').at(-1)] : [],
  )
  const passwords = proxy === undefined ? [] : passwordsOf(proxy)
  return [...new Set([...keys, ...variables, ...headers, ...passwords])].filter(
    (secret): secret is string => secret !== undefined && secret !== '',
  )
}

/** The password of an address: as it is written in it, as it is meant, and as a proxy is told it. */
function passwordsOf(proxy: string): readonly string[] {
  const { username, password } = new URL(proxy)
  if (password === '') return []
  const [name, word] = [username, password].map((text) => decodeURIComponent(text))
  return [password, word!, Buffer.from(`${name}:${word}`).toString('base64')]
}

/** Why a scenario cannot be asked of this target, if so. */
export function findMissingNeed(scenario: Scenario, target: Pick<Target, 'has'>): Need | undefined {
  return scenario.needs?.find((need) => !target.has.includes(need))
}
