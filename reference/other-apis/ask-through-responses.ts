// Asks the model on behalf of another API, and reads from the response what every API has to tell.

import type { JsonObject } from '../../src/types/index.ts'
import { ApiError, createBadRequest } from '../api-error.ts'
import { createResponse } from '../create/create-response.ts'
import type { RouteCall } from '../http/router.ts'
import { clipText } from '../json.ts'
import { tokenize } from '../model/tokenizer.ts'

/** A request in the words of Responses. */
export interface TranslatedRequest {
  /** The body of `POST /responses`; `model`, `input` and what was said besides. */
  readonly body: JsonObject
  /** Where the request has each item of `input`: `messages[2]`. */
  readonly places: readonly string[]
  /** What the parameters of Responses are called there, for errors. */
  readonly names: Readonly<Record<string, string>>
  /** Tokens. */
  readonly mostOutput?: number
  /** The answer ends before the first of these texts; Responses knows no such parameter. */
  readonly stops: readonly string[]
}

export interface ModelCall {
  readonly kind: 'function' | 'custom'
  /** `call_` and 24 letters and digits. */
  readonly id: string
  readonly name: string
  /** JSON for a function; broken off where the tokens ended. */
  readonly input: string
}

export interface ModelAnswer {
  /** The summary of each thought. */
  readonly thoughts: readonly string[]
  readonly text: string | undefined
  readonly refusal: string | undefined
  readonly calls: readonly ModelCall[]
  readonly ending: 'done' | 'cut' | 'stopped' | 'failed'
  /** The text that ended it. */
  readonly stop?: string
  readonly tier: string
  /** Tokens. */
  readonly usage: {
    readonly input: number
    readonly cached: number
    readonly output: number
    readonly reasoning: number
  }
}

/** Throws an `ApiError` in the names of the request's own API. */
export async function askModel(
  translated: TranslatedRequest,
  { account, provider }: Pick<RouteCall, 'account' | 'provider'>,
): Promise<ModelAnswer> {
  const { body, mostOutput, stops } = translated
  const model = String(body['model'])
  if (!provider.models.includes(model)) {
    throw new ApiError(
      404,
      `The model \`${clipText(model)}\` does not exist or you do not have access to it.`,
      { code: 'model_not_found', param: 'model' },
    )
  }
  const asked = { ...body, store: false }
  const limited = { ...provider, ...(mostOutput === undefined ? {} : { wishes: { mostOutput } }) }
  try {
    // Whatever the dialect of the Responses routes, these requests are OpenAI's.
    const created = await createResponse(asked, account, { ...limited, dialect: 'openai' })
    return endAtStop(readAnswer(created.response), stops)
  } catch (problem) {
    throw problem instanceof ApiError ? rename(problem, translated) : problem
  }
}

function readAnswer(response: JsonObject): ModelAnswer {
  const items = response['output'] as readonly JsonObject[]
  const parts = items
    .filter(({ type }) => type === 'message')
    .flatMap(({ content }) => content as readonly JsonObject[])
  const said = (type: string, key: string): string | undefined => {
    const found = parts.filter((part) => part['type'] === type)
    return found.length === 0 ? undefined : found.map((part) => String(part[key])).join('')
  }
  const usage = response['usage'] as Readonly<Record<string, number>> & JsonObject
  const detail = (of: string, key: string): number => Number((usage[of] as JsonObject)[key])
  return {
    thoughts: items
      .filter(({ type }) => type === 'reasoning')
      .map(({ summary }) => (summary as readonly JsonObject[]).map(({ text }) => text).join('\n')),
    text: said('output_text', 'text'),
    refusal: said('refusal', 'refusal'),
    calls: items.flatMap(readCall),
    ending: endingOf(response),
    tier: String(response['service_tier']),
    usage: {
      input: usage['input_tokens']!,
      cached: detail('input_tokens_details', 'cached_tokens'),
      output: usage['output_tokens']!,
      reasoning: detail('output_tokens_details', 'reasoning_tokens'),
    },
  }
}

function readCall(item: JsonObject): readonly ModelCall[] {
  const called = { id: String(item['call_id']), name: String(item['name']) }
  if (item['type'] === 'function_call')
    return [{ kind: 'function', ...called, input: String(item['arguments']) }]
  if (item['type'] === 'custom_tool_call')
    return [{ kind: 'custom', ...called, input: String(item['input']) }]
  return []
}

function endingOf({ status }: JsonObject): ModelAnswer['ending'] {
  if (status === 'failed') return 'failed'
  return status === 'incomplete' ? 'cut' : 'done'
}

function endAtStop(answer: ModelAnswer, stops: readonly string[]): ModelAnswer {
  const { text, usage } = answer
  if (text === undefined) return answer
  const found = stops
    .map((stop) => ({ stop, at: text.indexOf(stop) }))
    .filter(({ stop, at }) => stop !== '' && at >= 0)
    .toSorted((a, b) => a.at - b.at)[0]
  if (found === undefined) return answer
  const kept = text.slice(0, found.at)
  const output = usage.output - tokenize(text).length + tokenize(kept).length
  return {
    ...answer,
    text: kept,
    calls: [],
    ending: 'stopped',
    stop: found.stop,
    usage: { ...usage, output },
  }
}

/** An error about the translation, told about what was translated. */
function rename(problem: ApiError, { places, names }: TranslatedRequest): ApiError {
  const renamed = (text: string): string =>
    Object.entries(names).reduce(
      (said, [from, to]) => said.replaceAll(from, to),
      text.replaceAll(
        /\binput\[(\d+)\][\w.[\]]*/g,
        (_, index) => places[Number(index)] ?? 'messages',
      ),
    )
  const { status, message, type, code, param, headers } = problem
  const place = param === 'input' ? 'messages' : param
  return new ApiError(status, renamed(message), {
    type,
    code,
    headers,
    param: place === null ? null : renamed(place),
  })
}

/** A request whose fields are known to be right, as far as this model can follow it. */
export function refuseUnsupported(
  body: JsonObject,
  unsupported: Readonly<Record<string, string>>,
): void {
  for (const [key, why] of Object.entries(unsupported)) {
    if ((body[key] ?? null) === null) continue
    throw createBadRequest('unsupported_parameter', key, `Unsupported parameter: '${key}'. ${why}`)
  }
}
