// Creates the response object: the parameters of the request with their defaults, and the outcome.

import type { Dialect, Json, JsonObject } from '../../src/types/index.ts'
import type { StoredItem } from '../store.ts'
import { isRecord } from '../json.ts'
import { findStrictFlaw } from '../validate/strict-schema.ts'

interface ResponseOutcome {
  readonly id: string
  readonly createdAt: number
  readonly completedAt: number
  readonly model: string
  readonly items: readonly StoredItem[]
  readonly usage: JsonObject
  readonly conversation?: string
  /** Why it stopped early. */
  readonly incomplete?: 'max_output_tokens'
  readonly failure?: { readonly code: string; readonly message: string }
}

export function createResponseObject(
  body: JsonObject,
  outcome: ResponseOutcome,
  dialect: Dialect,
): JsonObject {
  const status = statusOf(outcome)
  const openai = dialect === 'openai'
  return {
    id: outcome.id,
    object: 'response',
    created_at: outcome.createdAt,
    status,
    background: body['background'] === true,
    completed_at: status === 'completed' ? outcome.completedAt : null,
    ...(outcome.conversation === undefined ? {} : { conversation: { id: outcome.conversation } }),
    error: outcome.failure === undefined ? null : { ...outcome.failure },
    frequency_penalty: body['frequency_penalty'] ?? 0,
    incomplete_details: outcome.incomplete === undefined ? null : { reason: outcome.incomplete },
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    max_tool_calls: body['max_tool_calls'] ?? null,
    model: outcome.model,
    output: outcome.items,
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    presence_penalty: body['presence_penalty'] ?? 0,
    previous_response_id: body['previous_response_id'] ?? null,
    prompt_cache_key: body['prompt_cache_key'] ?? null,
    ...(openai ? { prompt_cache_retention: body['prompt_cache_retention'] ?? null } : {}),
    reasoning: echoReasoning(body),
    safety_identifier: body['safety_identifier'] ?? null,
    service_tier: echoTier(body['service_tier']),
    store: body['store'] !== false,
    temperature: body['temperature'] ?? 1,
    text: echoText(body),
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: echoTools(body['tools'], openai ? DEFAULTS : {}),
    top_logprobs: body['top_logprobs'] ?? 0,
    top_p: body['top_p'] ?? 1,
    truncation: body['truncation'] ?? 'disabled',
    usage: outcome.usage,
    ...(typeof body['user'] === 'string' ? { user: body['user'] } : {}),
    metadata: body['metadata'] ?? {},
  }
}

function statusOf(outcome: ResponseOutcome): string {
  if (outcome.failure !== undefined) return 'failed'
  return outcome.incomplete === undefined ? 'completed' : 'incomplete'
}

function echoReasoning(body: JsonObject): JsonObject {
  const given = isRecord(body['reasoning']) ? (body['reasoning'] as JsonObject) : {}
  const { generate_summary, ...rest } = given
  return {
    ...rest,
    effort: given['effort'] ?? null,
    summary: given['summary'] ?? generate_summary ?? null,
  }
}

/** The tier that served it: `auto` is an answer of no server. */
function echoTier(tier: Json | undefined): string {
  if (tier === 'fast' || tier === 'ultrafast') return 'priority'
  return typeof tier === 'string' && tier !== 'auto' ? tier : 'default'
}

function echoText(body: JsonObject): JsonObject {
  const given = isRecord(body['text']) ? (body['text'] as JsonObject) : {}
  return { format: echoFormat(given['format']), verbosity: given['verbosity'] ?? 'medium' }
}

function echoFormat(format: Json | undefined): JsonObject {
  if (!isRecord(format)) return { type: 'text' }
  if (format['type'] !== 'json_schema') return format as JsonObject
  const { name, schema, strict, description } = format as JsonObject
  return {
    type: 'json_schema',
    description: description ?? null,
    name: name ?? null,
    schema: schema ?? null,
    strict: strict ?? false,
  }
}

type Defaults = Readonly<Record<string, JsonObject>>

function echoTools(tools: Json | undefined, defaults: Defaults): readonly JsonObject[] {
  return Array.isArray(tools) ? tools.map((tool) => echoTool(tool as JsonObject, defaults)) : []
}

const WEB_SEARCH = { filters: null, search_context_size: 'medium', user_location: null }
const DEFAULTS: Defaults = {
  web_search: WEB_SEARCH,
  web_search_2025_08_26: WEB_SEARCH,
  web_search_preview: { search_context_size: 'medium', user_location: null },
  file_search: {
    filters: null,
    max_num_results: 20,
    ranking_options: { ranker: 'auto', score_threshold: 0 },
  },
  mcp: {
    allowed_tools: null,
    headers: null,
    require_approval: 'always',
    server_description: null,
  },
  tool_search: { description: null, parameters: null },
  image_generation: {
    background: 'auto',
    moderation: 'auto',
    output_compression: 100,
    output_format: 'png',
    quality: 'auto',
    size: 'auto',
  },
}

function echoTool(tool: JsonObject, defaults: Defaults): JsonObject {
  const type = String(tool['type'])
  if (type === 'function') return echoFunction(tool)
  if (type === 'custom') return { ...tool, format: tool['format'] ?? { type: 'text' } }
  if (type === 'namespace') return { ...tool, tools: echoTools(tool['tools'], defaults) }
  return { type, ...defaults[type], ...tool }
}

function echoFunction(tool: JsonObject): JsonObject {
  const { type, name, description, parameters, strict, ...rest } = tool
  return {
    type: type ?? 'function',
    description: description ?? null,
    name: name ?? null,
    parameters: parameters ?? null,
    // Left out, strictness is tried: the echo says what became of it.
    strict:
      strict ?? (isRecord(parameters) && findStrictFlaw(parameters as JsonObject) === undefined),
    ...rest,
  }
}

export function createUsageObject(
  tokens: {
    readonly input: number
    readonly cached: number
    readonly output: number
    readonly reasoning: number
  },
  dialect: Dialect,
): JsonObject {
  const written = dialect === 'openai' ? { cache_write_tokens: 0 } : {}
  return {
    input_tokens: tokens.input,
    input_tokens_details: { ...written, cached_tokens: tokens.cached },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: tokens.input + tokens.output,
  }
}
