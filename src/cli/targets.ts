// Ids and flags → targets. Whatever is missing or wrong is said at once, with what to write.

import { loadContract, loadContracts } from '../contract/load.ts'
import { UsageError } from '../errors.ts'
import { DEFAULT_LIMITS, keyOf, type Target } from '../target.ts'
import type { Contract, Need, Yardstick } from '../types.ts'
import { unknownName } from './nearest.ts'

export interface TargetOptions {
  readonly baseUrl?: string
  readonly model?: string
  readonly visionModel?: string
  readonly reasoningModel?: string
  readonly apiKeyEnv?: string
  readonly secondKeyEnv?: string
  readonly header?: readonly string[]
  readonly contract?: string
  readonly concurrency?: number
  readonly rate?: number
  readonly deadline?: number
  readonly maxRequests?: number
  readonly maxTokens?: number
  readonly proxy?: string
  readonly ca?: string
  readonly apiKey?: string
  readonly gate?: readonly string[]
  readonly expensive?: boolean
  readonly suite?: readonly string[]
  readonly client?: readonly string[]
}

/** The variable that holds the key of an endpoint without a contract. */
export const DEFAULT_KEY_ENV = 'RESPONSES_CONFORMANCE_API_KEY'

const YARDSTICKS: readonly Yardstick[] = ['own', 'openai', 'open-responses']

export function resolveTargets(ids: readonly string[], options: TargetOptions): readonly Target[] {
  if (options.apiKey !== undefined) {
    throw new UsageError(
      'A key on the command line ends up in the shell history and in process lists. Put it into an environment variable and name that: --api-key-env MY_KEY',
    )
  }
  const contracts = [
    ...(options.contract === undefined ? [] : [loadContract(options.contract)]),
    ...ids.map(shipped),
  ]
  if (contracts.length > 1 && (options.baseUrl !== undefined || options.model !== undefined)) {
    throw new UsageError('--base-url and --model describe one target; name one provider with them')
  }
  return contracts.length === 0
    ? [resolve(undefined, options)]
    : contracts.map((contract) => resolve(contract, options))
}

function shipped(id: string): Contract {
  const known = loadContracts().filter(({ profile }) => profile !== undefined)
  const found = known.find((contract) => contract.id === id)
  if (found !== undefined) return found
  throw unknownName(
    'provider',
    id,
    known.map((contract) => contract.id),
    '"list providers" shows all, --contract FILE takes your own.',
  )
}

function resolve(contract: Contract | undefined, options: TargetOptions): Target {
  const profile = contract?.profile
  const id = contract?.id ?? hostOf(options.baseUrl)
  const baseUrl = options.baseUrl ?? profile?.baseUrl
  if (baseUrl === undefined) {
    throw new UsageError(
      `${profile?.name ?? id} is self-hosted and has no address of its own; give --base-url https://your-server/v1`,
    )
  }
  const model = options.model ?? profile?.models.text
  if (model === undefined) throw new UsageError(`No model is known for ${id}; give --model NAME`)
  const keyEnv = options.apiKeyEnv ?? profile?.keyEnv ?? DEFAULT_KEY_ENV
  const keyIsNamed =
    options.apiKeyEnv !== undefined ||
    (contract?.kind !== 'reference' &&
      profile?.keyEnv !== undefined &&
      options.baseUrl === undefined)
  if (
    keyIsNamed &&
    (profile === undefined || profile.auth.length > 0) &&
    keyOf(keyEnv) === undefined
  ) {
    throw new UsageError(
      `${profile?.name ?? id} needs a key: set the environment variable ${keyEnv}, or name another with --api-key-env`,
    )
  }
  const secondKeyEnv = options.secondKeyEnv
  if (secondKeyEnv !== undefined && keyOf(secondKeyEnv) === undefined) {
    throw new UsageError(`The environment variable ${secondKeyEnv} (--second-key-env) is not set`)
  }
  const yardsticks = YARDSTICKS.filter((yardstick) => yardstick !== 'own' || contract !== undefined)
  const vision = options.visionModel ?? profile?.models.vision
  const hasKey = keyOf(keyEnv) !== undefined
  const has: Need[] = [
    'vision-model',
    ...(hasKey ? (['key'] as const) : []),
    ...(hasKey && secondKeyEnv !== undefined ? (['second-key'] as const) : []),
    ...(options.reasoningModel === undefined ? [] : (['reasoning-model'] as const)),
    ...(options.expensive === true ? (['expensive'] as const) : []),
    ...(options.suite?.includes('websocket') === true ? (['websocket'] as const) : []),
    ...(options.suite?.includes('hosted-tools') === true ? (['hosted-tools'] as const) : []),
  ]
  return {
    id,
    name: profile?.name ?? id,
    ...(contract === undefined ? {} : { contract: options.contract ?? contract.id }),
    baseUrl: cleanUrl(baseUrl),
    auth: profile?.auth ?? [{ header: 'authorization', prefix: 'Bearer ' }],
    ...(hasKey ? { keyEnv } : {}),
    ...(secondKeyEnv === undefined ? {} : { secondKeyEnv }),
    headers: headersOf(options.header ?? []),
    models: {
      text: model,
      ...(vision === undefined ? {} : { vision }),
      ...(options.reasoningModel === undefined ? {} : { reasoning: options.reasoningModel }),
    },
    limits: {
      ...DEFAULT_LIMITS,
      ...profile?.limits,
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ...(options.deadline === undefined ? {} : { deadlineMs: options.deadline * 1000 }),
      ...(options.rate === undefined ? {} : { perMinute: options.rate }),
      ...(options.maxRequests === undefined ? {} : { requests: options.maxRequests }),
      ...(options.maxTokens === undefined ? {} : { tokens: options.maxTokens }),
    },
    ...(options.proxy === undefined ? {} : { proxy: options.proxy }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    origin: 'live',
    yardsticks,
    gate:
      options.gate === undefined
        ? [contract === undefined || options.client !== undefined ? 'openai' : 'own']
        : options.gate.map(yardstickOf),
    has,
  }
}

function yardstickOf(name: string): Yardstick {
  const found = YARDSTICKS.find((yardstick) => yardstick === name)
  if (found === undefined)
    throw new UsageError(`There is no yardstick "${name}"; there are ${YARDSTICKS.join(', ')}`)
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

function hostOf(baseUrl: string | undefined): string {
  return baseUrl === undefined ? 'target' : parseUrl(baseUrl).host.replaceAll(':', '-')
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new UsageError(`"${text}" is not a base URL; write one like https://api.example.com/v1`)
  }
  return new URL(text)
}

function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':')
      if (at < 1) throw new UsageError(`--header "${line}" is not of the form "Name: value"`)
      return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
    }),
  )
}
