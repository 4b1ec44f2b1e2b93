// Creates the response of `POST /responses` from a body, or throws the error that the body deserves.

import type { Dialect, JsonObject } from '../../src/types/index.ts'
import { startRun, unfinishedOf } from './background-clock.ts'
import { newId } from '../ids.ts'
import { writeOutput } from './output-items.ts'
import { readContext } from '../model/visible-context.ts'
import type { VisibleContext } from '../model/visible-context.ts'
import type { Draft } from '../model/draft-types.ts'
import { answerRequest, isFailureWanted } from '../model/answer.ts'
import { applyWishes, type Wishes } from './vendor-wishes.ts'
import type { WeakModel } from '../model/weak-models.ts'
import { countTokens } from '../model/tokenizer.ts'
import { createBadRequest, ApiError } from '../api-error.ts'
import { checkCallPairs, checkReasoningItems, readInput } from './input-to-stored-items.ts'
import { createResponseObject, createUsageObject } from './response-object.ts'
import { clipText, isRecord } from '../json.ts'
import { encryptContent, decryptContent } from './encrypted-content.ts'
import type { PartPlaces } from '../input/read-parts.ts'
import { createInputReader } from '../input/read-parts.ts'
import type { Account, Conversation, StoredResponse, StoredItem } from '../store.ts'
import { createStreamEvents } from './stream-events.ts'
import { checkCreate } from '../validate/check-request-and-tools.ts'
import { readRequestOptions } from './read-model-options.ts'

/** What the provider is, whatever the request. */
export interface ReferenceProvider {
  readonly dialect: Dialect
  /** Every name by which a model may be asked for. */
  readonly models: readonly string[]
  readonly now: () => number
  /** A model that is weak on purpose. */
  readonly weak?: WeakModel
  /** What this request asks beyond OpenAI's API. */
  readonly wishes?: Wishes
}

export interface CreatedResponse {
  readonly response: JsonObject
  /** Present for `stream: true`. */
  readonly events?: readonly JsonObject[]
  readonly stored: StoredResponse
}

/** What a WebSocket connection remembers of responses that were not stored. */
export type RecentResponses = ReadonlyMap<string, StoredResponse>

const CONTEXT_WINDOW = 400_000
const MOST_OUTPUT = 16_384
const FAILED = { code: 'server_error', message: 'The model failed while answering, as asked.' }

export async function createResponse(
  given: JsonObject,
  account: Account,
  provider: ReferenceProvider,
  recent: RecentResponses = new Map(),
): Promise<CreatedResponse> {
  const { dialect } = provider
  const body = checkCreate(given, dialect)
  const model = modelOf(body, provider)
  const conversation = conversationOf(body, account)
  const places: PartPlaces = new WeakMap()
  const input = readInput(body['input'], account, places)
  const context = [...historyOf(body, account, conversation, recent), ...input]
  checkCallPairs(context)
  checkReasoningItems(input)
  const instructions = typeof body['instructions'] === 'string' ? body['instructions'] : undefined
  const readers = createInputReader(account, places)
  const seen = await readContext(instructions, context, readers, (sealed) =>
    decryptContent(sealed, account.name),
  )
  const inputTokens = fit(inputTokensOf(seen, body), body)

  const createdAt = Math.floor(provider.now() / 1000)
  const requestOptions = readRequestOptions(body, context, model.endsWith('-reasoning'))
  const logprobs = requestOptions.includes('message.output_text.logprobs')
    ? Number(body['top_logprobs'] ?? 0)
    : undefined
  const most = Math.min(provider.wishes?.mostOutput ?? MOST_OUTPUT, MOST_OUTPUT)
  const budget = Math.min(Number(body['max_output_tokens'] ?? most), most)
  const failed = isFailureWanted(seen)
  const drafts = failed
    ? []
    : applyWishes(answerRequest(seen, requestOptions, provider.weak), provider.wishes ?? {})
  const memory = isFull(body, inputTokens) ? [remember(seen, account)] : []
  const encrypted = requestOptions.includes('reasoning.encrypted_content')
  const written = writeOutput([...memory, ...drafts], budget, {
    encrypt: encrypted ? (thought) => encryptContent(thought, account.name) : undefined,
    rawReasoning: dialect === 'open-responses',
    logprobs,
  })
  const usage = createUsageObject(
    {
      input: inputTokens,
      cached: cachedOf(body, inputTokens, account),
      output: written.outputTokens,
      reasoning: written.reasoningTokens,
    },
    dialect,
  )
  const final = createResponseObject(
    body,
    {
      id: newId('resp'),
      createdAt,
      completedAt: Math.floor(provider.now() / 1000),
      model,
      items: written.items,
      usage,
      ...(conversation === undefined ? {} : { conversation: conversation.id }),
      ...(written.cut ? { incomplete: 'max_output_tokens' } : {}),
      ...(failed ? { failure: FAILED } : {}),
    },
    dialect,
  )
  return settle({ body, final, context, input, conversation, logprobs }, account, provider)
}

interface Settling {
  readonly body: JsonObject
  readonly final: JsonObject
  readonly context: readonly StoredItem[]
  readonly input: readonly StoredItem[]
  readonly conversation: Conversation | undefined
  readonly logprobs: number | undefined
}

/** Stores what has to be stored, and creates the events if they are wanted. */
function settle(
  settling: Settling,
  account: Account,
  provider: ReferenceProvider,
): CreatedResponse {
  const { body, final, context, input, conversation } = settling
  const options = isRecord(body['stream_options']) ? body['stream_options'] : {}
  const events =
    body['stream'] === true
      ? createStreamEvents(final, {
          dialect: provider.dialect,
          logprobs: settling.logprobs,
          ...(options['include_obfuscation'] === false ? {} : { obfuscation }),
        })
      : undefined
  const output = final['output'] as readonly StoredItem[]
  const run =
    body['background'] === true
      ? startRun(
          provider.now(),
          events?.length ?? Number((final['usage'] as JsonObject)['output_tokens']),
        )
      : undefined
  const stored: StoredResponse = {
    response: final,
    context,
    ...(run === undefined ? {} : { run }),
    ...(run === undefined || events === undefined ? {} : { events }),
    ...(body['store'] === false ? { temporary: true } : {}),
  }
  if (body['store'] !== false || run !== undefined) {
    const weight =
      JSON.stringify(final).length *
      (stored.events === undefined ? 1 : 1 + stored.events.length / 10)
    const inputWeight = JSON.stringify(input).length
    account.responses.put(String(final['id']), stored, weight + inputWeight)
    for (const item of input) account.items.put(item.id, item, inputWeight / input.length)
    for (const item of output) account.items.put(item.id, item, weight / output.length)
  }
  if (conversation !== undefined) {
    conversation.items = [...conversation.items, ...input, ...output]
    const weight = JSON.stringify(conversation.items).length
    account.conversations.put(conversation.id, conversation, weight)
  }
  const response = run === undefined ? final : unfinishedOf(final, 'queued')
  return { response, stored, ...(events === undefined ? {} : { events }) }
}

export function modelOf(body: JsonObject, provider: ReferenceProvider): string {
  const model = String(body['model'] ?? '')
  if (provider.models.includes(model)) return model
  if (body['model'] === undefined && isRecord(body['prompt'])) {
    throw new ApiError(
      404,
      `Prompt with id '${clipText(String(body['prompt']['id']))}' not found.`,
      {
        param: 'prompt',
      },
    )
  }
  throw createBadRequest(
    'model_not_found',
    'model',
    `The requested model '${clipText(model)}' does not exist.`,
  )
}

export function conversationOf(body: JsonObject, account: Account): Conversation | undefined {
  const given = body['conversation'] ?? undefined
  if (given === undefined) return undefined
  const id = String(isRecord(given) ? given['id'] : given)
  const conversation = account.conversations.get(id)
  if (conversation !== undefined) return conversation
  throw new ApiError(404, `Conversation with id '${clipText(id)}' not found.`, {
    param: 'conversation',
  })
}

export function historyOf(
  body: JsonObject,
  account: Account,
  conversation: Conversation | undefined,
  recent: RecentResponses = new Map(),
): readonly StoredItem[] {
  if (conversation !== undefined) return conversation.items
  const id = body['previous_response_id'] ?? undefined
  if (id === undefined) return []
  const stored = recent.get(String(id)) ?? account.responses.get(String(id))
  if (stored === undefined || (stored.temporary && !recent.has(String(id)))) {
    throw createBadRequest(
      'previous_response_not_found',
      'previous_response_id',
      `Previous response with id '${clipText(String(id))}' not found.`,
    )
  }
  return [...stored.context, ...(stored.response['output'] as readonly StoredItem[])]
}

export function inputTokensOf(seen: VisibleContext, body: JsonObject): number {
  const extra = [body['tools'], isRecord(body['text']) ? body['text'] : undefined]
  const described = extra.map((one) => (one === undefined ? 0 : countTokens(JSON.stringify(one))))
  return seen.segments.reduce(
    (sum, { text, tokens }) => sum + 3 + (tokens ?? countTokens(text)),
    described.reduce((sum, one) => sum + one, 4),
  )
}

function fit(tokens: number, body: JsonObject): number {
  if (tokens <= CONTEXT_WINDOW) return tokens
  if (body['truncation'] === 'auto') return CONTEXT_WINDOW
  throw createBadRequest(
    'context_length_exceeded',
    'input',
    `Your input exceeds the context window of this model: it has ${tokens} tokens, and ${CONTEXT_WINDOW} fit. Shorten it and try again.`,
  )
}

/** Whether the context has to be compacted: it is over its threshold, or the last item says so. */
function isFull(body: JsonObject, tokens: number): boolean {
  const asked = Array.isArray(body['input']) ? (body['input'] as readonly JsonObject[]) : []
  const management = body['context_management']
  const thresholds = Array.isArray(management) ? (management as readonly JsonObject[]) : []
  return (
    asked.some((item) => item['type'] === 'compaction_trigger') ||
    thresholds.some((one) => tokens > Number(one['compact_threshold'] ?? Infinity))
  )
}

function remember(seen: VisibleContext, account: Account): Draft {
  const encrypted_content = encryptContent(seen.text, account.name)
  return { type: 'hosted', item: { type: 'compaction', encrypted_content } }
}

/** A continued prompt of at least 1024 tokens is found in the cache in steps of 128. */
function cachedOf(body: JsonObject, tokens: number, account: Account): number {
  const previous = account.responses.get(String(body['previous_response_id']))
  const usage = previous?.response['usage']
  const before = isRecord(usage) ? Number(usage['input_tokens']) : 0
  return before < 1024 ? 0 : Math.floor(Math.min(before, tokens) / 128) * 128
}

function obfuscation(): string {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const length = 1 + Math.floor(Math.random() * 16)
  return Array.from({ length }, () => signs[Math.floor(Math.random() * signs.length)]).join('')
}
