// Resolves ids and flags to targets. Everything missing or wrong is reported at once, with what to write.

import { X509Certificate } from 'node:crypto'
import { statSync } from 'node:fs'
import { loadContract, loadContracts } from '../contract/file/load.ts'
import { MOST_WRITTEN_BYTES, readForeignText } from '../base/check-foreign-names.ts'
import { UsageError } from '../base/errors.ts'
import { YARDSTICK_LABELS } from '../base/sort-text-and-ranks.ts'
import {
  DEFAULT_LIMITS,
  ENDURANCE_LIMITS,
  keyOf,
  listUnsetVariables,
  type Target,
} from './target-and-keys.ts'
import type { Contract, Need, ReadingLimits, Yardstick } from '../types/index.ts'
import { findSecret } from '../base/find-pasted-key.ts'
import { parseHeaderLines } from './parse-header-lines.ts'
import { PRINTED_KEY_ENV, fetchPrintedKey } from './key-command.ts'
import { isSecretHeader } from './redact.ts'
import { setDocumentLimits } from '../schema/document-limits.ts'
import { createUnknownNameError } from '../base/closest-name.ts'
import { readVariable, resolvePath } from '../base/current-environment.ts'

export interface TargetOptions {
  readonly baseUrl?: string
  readonly model?: string
  readonly visionModel?: string
  readonly reasoningModel?: string
  readonly apiKeyEnv?: string
  readonly secondKeyEnv?: string
  /** A command that prints the key; from the command line alone, since a file must not start programs. */
  readonly apiKeyCommand?: string
  readonly header?: readonly string[]
  readonly contract?: string
  /** The create path to take where a published document has several. */
  readonly path?: string
  readonly concurrency?: number
  readonly rate?: number
  readonly deadline?: number
  /** Seconds until something of an answer is there. */
  readonly firstByte?: number
  readonly limit?: Partial<ReadingLimits>
  readonly maxRequests?: number
  readonly maxTokens?: number
  readonly proxy?: string
  readonly ca?: string
  readonly apiKey?: string
  readonly gate?: readonly string[]
  readonly expensive?: boolean
  readonly endurance?: boolean
  readonly suite?: readonly string[]
  readonly check?: readonly string[]
  readonly client?: readonly string[]
  readonly fixtures?: NonNullable<Target['fixtures']>
  readonly setup?: NonNullable<Target['setup']>
  /** Over those of `setup`. */
  readonly lacks?: readonly string[]
  /** Nothing is sent: keys may be missing. */
  readonly withoutKeys?: boolean
}

/** What a configuration file says of targets. */
interface TargetSettings {
  readonly targets?: Readonly<Record<string, TargetOptions>>
  /** For targets that do not say it themselves. */
  readonly gate?: readonly string[]
}

/** A clock that counts longer would be over at once. */
const MOST_SECONDS = 24 * 60 * 60

/** The variable that holds the key of an endpoint without a contract. */
export const DEFAULT_KEY_ENV = 'RESPONSES_CONFORMANCE_API_KEY'

/** Flags that describe one endpoint. */
const OF_ONE = [
  'baseUrl',
  'model',
  'contract',
  'visionModel',
  'reasoningModel',
  'apiKeyCommand',
] as const

/**
 * Ids are names of the configuration or of shipped contracts. Without any: the endpoint that the
 * flags describe, or else all targets of the configuration. Empty when there is none of these.
 */
export function resolveTargets(
  ids: readonly string[],
  options: TargetOptions,
  { targets: named = {}, gate }: TargetSettings = {},
): readonly Target[] {
  if (options.apiKey !== undefined) {
    throw new UsageError(
      'A key on the command line ends up in the shell history and in process lists. Put it into an environment variable and name that: --api-key-env MY_KEY',
    )
  }
  const described = options.baseUrl !== undefined || options.contract !== undefined
  const chosen = ids.length > 0 || described ? ids : Object.keys(named)
  const shared = gate === undefined ? {} : { gate }
  if (chosen.length === 0 && described) return [resolve(undefined, { ...shared, ...options })]
  const flag = OF_ONE.find((name) => options[name] !== undefined)
  if (flag !== undefined && chosen.length !== 1) {
    const spelt = `--${optionOf(flag)}`
    throw new UsageError(
      chosen.length === 0
        ? `${spelt} describes a target: name one, or give --base-url`
        : `${spelt} describes one target; name one with it (here: ${chosen.join(', ')})`,
    )
  }
  const twice = chosen.find((id, index) => chosen.indexOf(id) !== index)
  if (twice !== undefined) throw new UsageError(`"${twice}" is named twice`)
  return chosen.map((id) => {
    const own = Object.hasOwn(named, id) ? named[id] : undefined
    if (own !== undefined) return resolve(id, { ...shared, ...own, ...options })
    const contract = shipped(id, Object.keys(named))
    if (options.contract !== undefined) {
      throw new UsageError(
        `"${id}" has a contract of its own; leave it out, or leave out --contract`,
      )
    }
    return resolve(id, { ...shared, ...options, contract })
  })
}

function shipped(id: string, named: readonly string[]): string {
  const known = loadContracts().flatMap(({ id, profile }) => (profile === undefined ? [] : [id]))
  if (known.includes(id)) return id
  if (/^(localhost|[\w-]+(\.[\w-]+)+|\[[\da-f:]+\])(:\d+)?(\/|$)|^[\w.-]+:\d+/i.test(id)) {
    const scheme = /^(localhost|127\.|\[)/.test(id) ? 'http' : 'https'
    throw new UsageError(`"${id}" looks like an address: write ${scheme}://${id}`)
  }
  throw createUnknownNameError(
    'provider',
    id,
    [...named, ...known],
    '"list providers" shows all, --help the commands, --contract FILE takes your own.',
  )
}

function resolve(name: string | undefined, options: TargetOptions): Target {
  const place = contractPlaceOf(options)
  setDocumentLimits(options.limit)
  const contract = place === undefined ? undefined : loadContract(place)
  const profile = contract?.profile
  const id = name ?? contract?.id ?? hostOf(options.baseUrl)
  const baseUrl = options.baseUrl ?? profile?.baseUrl
  if (baseUrl === undefined) {
    throw new UsageError(
      `${profile?.name ?? id} is self-hosted and has no address of its own; give --base-url https://your-server/v1`,
    )
  }
  const model = options.model ?? profile?.models.text
  if (model === undefined) throw new UsageError(`No model is known for ${id}; give --model NAME`)
  const keyEnv = printKey(options) ?? options.apiKeyEnv ?? profile?.keyEnv ?? DEFAULT_KEY_ENV
  if (options.withoutKeys !== true) checkConfirmed(contract, options)
  const keyIsNamed =
    options.apiKeyEnv !== undefined ||
    (contract?.kind !== 'reference' &&
      profile?.keyEnv !== undefined &&
      options.baseUrl === undefined)
  if (
    options.withoutKeys !== true &&
    keyIsNamed &&
    (profile === undefined || profile.auth.length > 0) &&
    keyOf(keyEnv) === undefined
  ) {
    throw new UsageError(
      `${profile?.name ?? id} needs a key: set the environment variable ${keyEnv}, or name another with --api-key-env`,
    )
  }
  const secondKeyEnv = options.secondKeyEnv
  const headers = parseHeaderLines(options.header ?? [])
  const query = { ...profile?.query, ...queryOf(baseUrl) }
  if (options.withoutKeys !== true) {
    if (secondKeyEnv !== undefined && keyOf(secondKeyEnv) === undefined) {
      throw new UsageError(`The environment variable ${secondKeyEnv} (--second-key-env) is not set`)
    }
    const [unset] = listUnsetVariables({ headers })
    if (unset !== undefined) {
      throw new UsageError(`The environment variable ${unset}, which a header names, is not set`)
    }
  }
  for (const name of ['deadline', 'firstByte'] as const) {
    if ((options[name] ?? 0) > MOST_SECONDS) {
      throw new UsageError(`--${optionOf(name)} is at most ${MOST_SECONDS} seconds, a day`)
    }
  }
  if (options.ca !== undefined) checkAuthorities(options.ca)
  if (options.proxy !== undefined) checkProxy(options.proxy)
  const yardsticks = YARDSTICK_LABELS.filter(
    (yardstick) => yardstick !== 'own' || contract !== undefined,
  )
  const vision = options.visionModel ?? profile?.models.vision
  const { lacks } = options
  const setup = lacks === undefined ? options.setup : { ...options.setup, lacks }
  const hasKey =
    keyOf(keyEnv) !== undefined || (options.withoutKeys === true && profile?.auth.length !== 0)
  const has: Need[] = [
    'vision-model',
    ...(hasKey ? (['key'] as const) : []),
    ...(hasKey && secondKeyEnv !== undefined ? (['second-key'] as const) : []),
    ...(options.reasoningModel === undefined ? [] : (['reasoning-model'] as const)),
    ...(options.expensive === true ? (['expensive'] as const) : []),
    ...(options.endurance === true ? (['endurance'] as const) : []),
    ...(options.fixtures === undefined ? [] : (['fixture-url'] as const)),
    ...(['websocket', 'hosted-tools'] as const).filter((suite) => isWanted(suite, options)),
  ]
  return {
    id,
    name: name === undefined || name === contract?.id ? (profile?.name ?? id) : name,
    ...(place === undefined ? {} : { contract: place }),
    baseUrl: cleanUrl(baseUrl),
    // A key that the user names is sent, whatever the documents leave out.
    auth:
      profile === undefined || (profile.auth.length === 0 && options.apiKeyEnv !== undefined)
        ? [{ header: 'authorization', prefix: 'Bearer ' }]
        : profile.auth,
    ...(Object.keys(query).length === 0 ? {} : { query }),
    ...(hasKey ? { keyEnv } : {}),
    ...(options.apiKeyCommand === undefined ? {} : { keyCommand: options.apiKeyCommand }),
    ...(secondKeyEnv === undefined ? {} : { secondKeyEnv }),
    headers,
    models: {
      text: model,
      ...(vision === undefined ? {} : { vision }),
      ...(options.reasoningModel === undefined ? {} : { reasoning: options.reasoningModel }),
    },
    limits: {
      ...DEFAULT_LIMITS,
      ...profile?.limits,
      ...(options.endurance === true ? ENDURANCE_LIMITS : {}),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ...(options.deadline === undefined ? {} : { deadlineMs: options.deadline * 1000 }),
      ...(options.firstByte === undefined ? {} : { firstByteMs: options.firstByte * 1000 }),
      ...(options.limit === undefined ? {} : { reading: options.limit }),
      ...(options.rate === undefined ? {} : { perMinute: options.rate }),
      ...(options.maxRequests === undefined ? {} : { requests: options.maxRequests }),
      ...(options.maxTokens === undefined ? {} : { tokens: options.maxTokens }),
    },
    ...(options.proxy === undefined ? {} : { proxy: options.proxy }),
    ...(options.ca === undefined ? {} : { ca: resolvePath(options.ca) }),
    ...(options.fixtures === undefined ? {} : { fixtures: options.fixtures }),
    ...(setup === undefined ? {} : { setup }),
    origin: 'live',
    yardsticks,
    gate:
      options.gate === undefined
        ? [contract === undefined || options.client !== undefined ? 'openai' : 'own']
        : options.gate.map(yardstickOf),
    has,
  }
}

/** The variable of a key that a command prints; undefined where none does. */
function printKey({ apiKeyCommand, apiKeyEnv, withoutKeys }: TargetOptions): string | undefined {
  if (apiKeyCommand === undefined) return undefined
  if (apiKeyEnv !== undefined) {
    throw new UsageError('--api-key-command and --api-key-env both give the key: leave one out')
  }
  if (withoutKeys !== true) fetchPrintedKey(apiKeyCommand)
  return PRINTED_KEY_ENV
}

/**
 * A file that somebody else wrote does not decide which variable is read, or who is sent a key: both
 * are the user's to name. Throws a `UsageError` that says how.
 */
function checkConfirmed(contract: Contract | undefined, options: TargetOptions): void {
  const profile = contract?.profile
  const isShipped = loadContracts().some((one) => one.id === options.contract)
  if (profile === undefined || isShipped || profile.auth.length === 0) return
  const variable = options.apiKeyEnv ?? profile.keyEnv ?? DEFAULT_KEY_ENV
  if (readVariable(variable) === undefined) return
  const isNamed = options.apiKeyEnv !== undefined || variable === DEFAULT_KEY_ENV
  if (!isNamed && !isOwnVariable(variable, [contract!.id, profile.name])) {
    throw new UsageError(
      `The contract "${options.contract}" wants the variable ${variable}, which is not one of ${profile.name}'s by its name: if its value is meant for them, say so with --api-key-env ${variable}`,
    )
  }
  if (options.baseUrl === undefined) {
    throw new UsageError(
      `The contract "${options.contract}" would have the key in ${variable} sent to ${profile.baseUrl}: if it is meant for that host, say so with --base-url ${profile.baseUrl}, or "base-url" in the configuration`,
    )
  }
}

/** Whether a variable is called after a provider: `OUR_KEY`, `OURS_API_KEY` for Ours. */
function isOwnVariable(variable: string, names: readonly string[]): boolean {
  const [first = ''] = variable.toLowerCase().split('_')
  return names.some((name) => {
    const words = name.toLowerCase().split(/[^a-z0-9]+/)
    const starts = [words.join(''), ...words]
    return (
      words.includes(first) || (first.length > 2 && starts.some((word) => word.startsWith(first)))
    )
  })
}

/** A contract's file with the path that was chosen in it, as `loadContract` takes it. */
export function contractPlaceOf({
  contract,
  path,
}: Pick<TargetOptions, 'contract' | 'path'>): string | undefined {
  if (path === undefined) return contract
  if (contract === undefined) throw new UsageError('--path chooses in a document: give --contract')
  if (!path.startsWith('/')) throw new UsageError(`--path ${path} does not begin with /`)
  return `${contract}#${path}`
}

/** `baseUrl` as it is typed: `base-url`. */
export function optionOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** A file without certificates would be passed over, and every connection fail for another reason. */
function checkAuthorities(file: string): void {
  const path = resolvePath(file)
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no file "${file}" (--ca)`)
  }
  const blocks = readForeignText(path, MOST_WRITTEN_BYTES, 'a PEM file').match(CERTIFICATES) ?? []
  try {
    const read = blocks.map((block) => new X509Certificate(block))
    if (read.length > 0) return
  } catch {
    // Said below.
  }
  throw new UsageError(
    `"${file}" (--ca) holds no certificate that can be read: it begins with -----BEGIN CERTIFICATE-----`,
  )
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Suites that are off by default are on for whoever names them. */
export function isWanted(
  feature: string,
  { suite = [], check = [] }: Pick<TargetOptions, 'suite' | 'check'>,
): boolean {
  return suite.includes(feature) || check.some((pattern) => pattern.startsWith(`${feature}/`))
}

export function yardstickOf(name: string): Yardstick {
  const found = YARDSTICK_LABELS.find((yardstick) => yardstick === name)
  if (found === undefined)
    throw new UsageError(
      `There is no yardstick "${name}"; there are ${YARDSTICK_LABELS.join(', ')}`,
    )
  return found
}

function cleanUrl(text: string): string {
  const url = parseUrl(text)
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      'A base URL with a user name or password would end up in reports; use --header or --api-key-env',
    )
  }
  return url.href.replace(/[?#].*$/, '').replace(/\/(responses\/?)?$/, '')
}

/** What an address asks to be sent with every request. */
function queryOf(baseUrl: string): Readonly<Record<string, string>> {
  const query = Object.fromEntries(parseUrl(baseUrl).searchParams)
  const secret = Object.entries(query).find(
    ([name, value]) => isSecretHeader(name) || findSecret(value) !== undefined,
  )
  if (secret === undefined) return query
  throw new UsageError(
    `"${secret[0]}" in the base URL would be a secret on the command line; use --api-key-env`,
  )
}

function hostOf(baseUrl: string | undefined): string {
  return baseUrl === undefined ? 'target' : parseUrl(baseUrl).host.replaceAll(':', '-')
}

function checkProxy(text: string): void {
  const { username, password } = parseUrl(text, 'proxy')
  try {
    decodeURIComponent(`${username}:${password}`)
  } catch {
    throw new UsageError(
      'The name or the password of the proxy has a "%" that stands for nothing; write "%25" for it',
    )
  }
}

function parseUrl(text: string, what = 'base URL'): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    const like = what === 'proxy' ? 'http://localhost:8080' : 'https://api.example.com/v1'
    // There may be a password before an "@", in whatever form.
    const said = text.includes('@') ? 'What was given' : `"${text}"`
    throw new UsageError(`${said} is not a ${what}; write one like ${like}`)
  }
  return new URL(text)
}
