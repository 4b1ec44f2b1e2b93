// Completes the description of one endpoint: a URL as the only argument, the variables that SDKs read,
// and the model from the endpoint's own list.

import { UnreachableError, UsageError } from '../../base/errors.ts'
import { getEnvironment } from '../../base/current-environment.ts'
import { DEFAULT_KEY_ENV, resolveTargets } from '../../target/resolve-targets.ts'
import { keyOf, type Target } from '../../target/target-and-keys.ts'
import { findObstacle } from '../../transport/preflight.ts'
import { LIST_MODELS, modelIdsOf, openProbe } from '../../transport/single-requests.ts'
import { findModels } from '../../transport/find-base-url.ts'
import type { SettingFlags } from '../../run/options.ts'

interface Endpoint<Flags> {
  readonly ids: readonly string[]
  readonly flags: Flags
  /** Where what the user did not write on the command line comes from; empty when he wrote all. */
  readonly origins: readonly string[]
}

/**
 * `OPENAI_BASE_URL` counts where nothing else names a target. `OPENAI_API_KEY` is sent to its host or to
 * a URL of the command line, never to a target of a contract or of the configuration.
 */
export async function completeEndpoint<Flags extends SettingFlags>(
  ids: readonly string[],
  given: Flags,
  hasTargets: boolean,
): Promise<Endpoint<Flags>> {
  const { env } = getEnvironment()
  const origins: string[] = []
  let flags = given
  const url = ids.find((id) => /^https?:/i.test(id))
  if (url !== undefined) {
    if (ids.length > 1 || given.baseUrl !== undefined) {
      throw new UsageError(
        `${url} is one target; for several give each as --target NAME=URL,model=MODEL`,
      )
    }
    flags = { ...flags, baseUrl: url }
    origins.push('the command line')
  } else if (ids.length > 0) return { ids, flags, origins }
  if (flags.contract !== undefined || (flags.target ?? []).length > 0)
    return { ids, flags, origins }
  if (flags.baseUrl === undefined) {
    const baseUrl = env['OPENAI_BASE_URL']?.trim()
    if (hasTargets || baseUrl === undefined || baseUrl === '') return { ids, flags, origins }
    flags = { ...flags, baseUrl }
    origins.push('OPENAI_BASE_URL')
  }
  if (
    flags.apiKeyEnv === undefined &&
    flags.apiKeyCommand === undefined &&
    keyOf(DEFAULT_KEY_ENV) === undefined &&
    keyOf('OPENAI_API_KEY') !== undefined
  ) {
    flags = { ...flags, apiKeyEnv: 'OPENAI_API_KEY' }
    origins.push('key from OPENAI_API_KEY')
  }
  if (flags.model === undefined) {
    const model = env['OPENAI_MODEL']?.trim()
    if (model !== undefined && model !== '') {
      flags = { ...flags, model }
      origins.push(`model ${model} from OPENAI_MODEL`)
    } else if (flags.withoutKeys !== true) {
      const chosen = await chooseModel(flags)
      flags = { ...flags, model: chosen }
      origins.push(`model ${chosen}, the only one of its list`)
    }
  }
  return { ids: [], flags, origins }
}

/** What a list of models has besides those that answer with text. */
const NO_TEXT =
  /embed|rerank|moderation|whisper|transcri|tts|speech|audio|realtime|dall-e|image|diffusion|sora|video/i

/** Models that a message names. */
const MOST_NAMED = 20

/**
 * Asks `GET /models` once. Throws a `UsageError` unless exactly one of them answers with text, and an
 * `UnreachableError` where nobody answers.
 */
async function chooseModel(flags: SettingFlags): Promise<string> {
  const [target] = resolveTargets([], { ...flags, model: 'unknown' })
  const { models, trouble } = await listModels(target!)
  const able = models.filter((name) => !NO_TEXT.test(name))
  if (able.length === 1) return able[0]!
  const found =
    models.length === 0
      ? `${target!.baseUrl}/models gives none (${trouble})`
      : `${target!.baseUrl}/models lists ${models.length}: ${models.slice(0, MOST_NAMED).join(', ')}${models.length > MOST_NAMED ? ', …' : ''}`
  throw new UsageError(`Which model? ${found}; choose one with --model NAME`)
}

async function listModels(
  target: Target,
): Promise<{ readonly models: readonly string[]; readonly trouble: string }> {
  const probe = openProbe(target)
  try {
    const sent = await probe.send(LIST_MODELS)
    if ('failed' in sent) {
      const { obstacle } = await findObstacle(target)
      const { note, remedy } = obstacle ?? { note: sent.failed.note, remedy: 'try again' }
      throw new UnreachableError(`${target.baseUrl} cannot be asked: ${note}; ${remedy}`)
    }
    const { exchange } = sent
    const elsewhere = await findModels(exchange, target)
    const trouble = `HTTP ${exchange.status}${elsewhere === undefined ? '' : `; there is a list below ${elsewhere}: is that the base URL?`}`
    return { models: modelIdsOf(exchange), trouble }
  } finally {
    await probe.close()
  }
}
