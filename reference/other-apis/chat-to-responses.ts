// Translates a Chat Completions request into a Responses request.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { createBadRequest } from '../api-error.ts'
import { checkBody } from '../validate/check-request-and-tools.ts'
import type { TranslatedRequest } from './ask-through-responses.ts'
import { refuseUnsupported } from './ask-through-responses.ts'
import { chatFields } from './chat-fields.ts'

const UNSUPPORTED = {
  audio: 'This model makes no sound.',
  functions: "Use 'tools' instead.",
  function_call: "Use 'tool_choice' instead.",
  web_search_options: 'This model does not search the web here.',
}

const NAMES = {
  "'input'": "'messages'",
  'text.format.schema': 'response_format',
  'text.format': 'response_format',
}

/** Throws the 400 for what Chat Completions does not allow. */
export function readChatRequest(given: Json | undefined): TranslatedRequest {
  const body = checkBody(given, chatFields)
  refuseUnsupported(body, UNSUPPORTED)
  checkCombinations(body)
  const messages = body['messages'] as readonly JsonObject[]
  const custom = customIdsOf(messages)
  const items = messages.flatMap((message, index) =>
    itemsOf(message, custom).map((item) => ({ item, place: `messages[${index}]` })),
  )
  const tools = ((body['tools'] ?? []) as readonly JsonObject[]).map(toolOf)
  const most = body['max_completion_tokens'] ?? body['max_tokens'] ?? null
  const { stop } = body
  return {
    body: {
      model: body['model']!,
      input: items.map(({ item }) => item),
      // A choice among no tools is no choice.
      ...(tools.length === 0 ? {} : { tools, ...choiceOf(body) }),
      text: { format: formatOf(body['response_format']), verbosity: body['verbosity'] ?? null },
      reasoning: { effort: body['reasoning_effort'] ?? null },
      service_tier: body['service_tier'] ?? null,
    },
    places: items.map(({ place }) => place),
    names: NAMES,
    stops: (typeof stop === 'string' ? [stop] : (stop ?? [])) as readonly string[],
    ...(most === null ? {} : { mostOutput: Number(most) }),
  }
}

function checkCombinations(body: JsonObject): void {
  if ((body['n'] ?? 1) !== 1) {
    throw createBadRequest(
      'unsupported_value',
      'n',
      "Unsupported value: 'n'. This model makes one choice only.",
    )
  }
  if ((body['stream_options'] ?? null) !== null && body['stream'] !== true) {
    throw createBadRequest(
      'invalid_value',
      'stream_options',
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    )
  }
  for (const [index, message] of (body['messages'] as readonly JsonObject[]).entries()) {
    const { role, content, tool_calls: calls, refusal } = message
    if (role !== 'assistant' || [content, calls, refusal].some((one) => (one ?? null) !== null))
      continue
    throw createBadRequest(
      'invalid_value',
      `messages[${index}].content`,
      `Invalid value for 'messages[${index}].content': expected a string or an array, since there are no tool calls.`,
    )
  }
}

/** The ids of calls of custom tools: a message of role `tool` does not say what it answers. */
function customIdsOf(messages: readonly JsonObject[]): ReadonlySet<unknown> {
  const calls = messages.flatMap(
    (message) => (message['tool_calls'] ?? []) as readonly JsonObject[],
  )
  return new Set(calls.filter(({ type }) => type === 'custom').map(({ id }) => id))
}

function itemsOf(message: JsonObject, custom: ReadonlySet<unknown>): readonly JsonObject[] {
  const { role, content, refusal, tool_calls: calls, tool_call_id: id } = message
  const parts = partsOf(content, role === 'assistant')
  if (role === 'tool') {
    const type = custom.has(id) ? 'custom_tool_call_output' : 'function_call_output'
    return [{ type, call_id: id!, output: parts }]
  }
  const refused = typeof refusal === 'string' ? [{ type: 'refusal', refusal }] : []
  const said = [...parts, ...refused]
  return [
    ...(said.length === 0 ? [] : [{ type: 'message', role: role!, content: said }]),
    ...((calls ?? []) as readonly JsonObject[]).map(callOf),
  ]
}

function partsOf(content: Json | undefined, isAssistant: boolean): readonly JsonObject[] {
  const type = isAssistant ? 'output_text' : 'input_text'
  if (typeof content === 'string')
    return content === '' && isAssistant ? [] : [{ type, text: content }]
  return ((content ?? []) as readonly JsonObject[]).map((part) => {
    if (part['type'] === 'image_url') {
      const { url, detail } = part['image_url'] as JsonObject
      return { type: 'input_image', image_url: url!, detail: detail ?? 'auto' }
    }
    if (part['type'] === 'file') return { type: 'input_file', ...(part['file'] as JsonObject) }
    if (part['type'] === 'refusal') return { type: 'refusal', refusal: part['refusal']! }
    return { type, text: part['text']! }
  })
}

function callOf(call: JsonObject): JsonObject {
  const id = { call_id: call['id']! }
  if (call['type'] === 'custom') {
    const { name, input } = call['custom'] as JsonObject
    return { type: 'custom_tool_call', ...id, name: name!, input: input! }
  }
  const { name, arguments: said } = call['function'] as JsonObject
  return { type: 'function_call', ...id, name: name!, arguments: said! }
}

function toolOf(tool: JsonObject): JsonObject {
  if (tool['type'] === 'custom') {
    const { format, ...rest } = tool['custom'] as JsonObject
    return {
      type: 'custom',
      ...rest,
      ...(format === undefined ? {} : { format: grammarOf(format) }),
    }
  }
  const { name, description, strict, parameters } = tool['function'] as JsonObject
  return {
    type: 'function',
    name: name!,
    ...(description === undefined ? {} : { description }),
    // Omitting them "defines a function with an empty parameter list".
    parameters: parameters ?? { type: 'object', properties: {} },
    strict: strict ?? false,
  }
}

function grammarOf(format: Json): Json {
  const { type, grammar } = format as JsonObject
  return type === 'grammar' ? { type, ...(grammar as JsonObject) } : { type: type! }
}

function choiceOf(body: JsonObject): JsonObject {
  const { tool_choice: choice, parallel_tool_calls: parallel } = body
  return { tool_choice: flatten(choice ?? 'auto'), parallel_tool_calls: parallel ?? true }
}

/** What Chat Completions puts below the name of the type, Responses puts beside it. */
function flatten(choice: Json): Json {
  if (typeof choice === 'string') return choice
  const { type, ...below } = choice as JsonObject
  const inner = below[String(type)] as JsonObject
  if (type !== 'allowed_tools') return { type: type!, ...inner }
  return { type, mode: inner['mode']!, tools: (inner['tools'] as readonly Json[]).map(flatten) }
}

function formatOf(format: Json | undefined): Json {
  if (format === undefined || format === null) return { type: 'text' }
  const { type, json_schema: inner } = format as JsonObject
  if (type !== 'json_schema') return { type: type! }
  return { type, schema: {}, ...(inner as JsonObject) }
}
