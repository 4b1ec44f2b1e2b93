// Translates a Messages request into a Responses request.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { createBadRequest } from '../api-error.ts'
import { checkBody } from '../validate/check-request-and-tools.ts'
import type { Fields } from '../validate/rules.ts'
import type { TranslatedRequest } from './ask-through-responses.ts'
import { refuseUnsupported } from './ask-through-responses.ts'

const UNSUPPORTED = { mcp_servers: 'This model reaches no servers.' }
const NAMES = { "'input'": "'messages'", 'text.format.schema': 'output_config.format.schema' }

/** Throws the 400 for what Messages does not allow. */
export function readMessagesRequest(given: Json | undefined, fields: Fields): TranslatedRequest {
  const body = checkBody(given, fields)
  refuseUnsupported(body, UNSUPPORTED)
  checkThinking(body)
  const items = (body['messages'] as readonly JsonObject[]).flatMap((message, index) =>
    itemsOf(message).map((item) => ({ item, place: `messages[${index}]` })),
  )
  const tools = ((body['tools'] ?? []) as readonly JsonObject[]).map(toolOf)
  const system = partsOf(body['system'] ?? [], 'input_text')
  const most = body['max_tokens']
  return {
    body: {
      model: body['model']!,
      input: items.map(({ item }) => item),
      ...(system.length === 0 ? {} : { instructions: system.map(({ text }) => text).join('\n') }),
      // A choice among no tools is no choice.
      ...(tools.length === 0 ? {} : { tools, ...choiceOf(body['tool_choice']) }),
      text: { format: formatOf(body) },
      reasoning: reasoningOf(body),
    },
    places: items.map(({ place }) => place),
    names: NAMES,
    stops: (body['stop_sequences'] ?? []) as readonly string[],
    ...(most === undefined ? {} : { mostOutput: Number(most) }),
  }
}

function checkThinking({ thinking, max_tokens: most }: JsonObject): void {
  const budget = (thinking as JsonObject | undefined)?.['budget_tokens']
  if (budget === undefined || most === undefined || Number(budget) < Number(most)) return
  throw createBadRequest(
    'invalid_value',
    'thinking.budget_tokens',
    '`max_tokens` must be greater than `thinking.budget_tokens`.',
  )
}

/** Blocks that stand together become one message, calls and their results items of their own. */
function itemsOf({ role, content }: JsonObject): readonly JsonObject[] {
  const type = role === 'assistant' ? 'output_text' : 'input_text'
  const blocks = blocksOf(content)
  const items: JsonObject[] = []
  let parts: JsonObject[] = []
  const flush = (): void => {
    if (parts.length > 0) items.push({ type: 'message', role: role!, content: parts })
    parts = []
  }
  for (const block of blocks) {
    const { type: kind } = block
    // What was thought before is signed by another model, and tells this one nothing.
    if (kind === 'thinking' || kind === 'redacted_thinking') continue
    if (kind === 'tool_use' || kind === 'tool_result') {
      flush()
      items.push(kind === 'tool_use' ? callOf(block) : resultOf(block))
    } else parts.push(...partsOf([block], type))
  }
  flush()
  return items
}

function blocksOf(content: Json | undefined): readonly JsonObject[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return (content ?? []) as readonly JsonObject[]
}

function partsOf(content: Json | undefined, type: string): readonly JsonObject[] {
  return blocksOf(content).flatMap((block): readonly JsonObject[] => {
    if (block['type'] === 'text') return [{ type, text: block['text']! }]
    const source = block['source'] as JsonObject
    if (block['type'] === 'image')
      return [{ type: 'input_image', detail: 'auto', ...imageOf(source) }]
    if (source['type'] === 'content') return partsOf(source['content'], type)
    return [{ type: 'input_file', ...fileOf(source, block['title'] ?? null) }]
  })
}

function imageOf({ type, media_type: mediaType, data, url, file_id: id }: JsonObject): JsonObject {
  if (type === 'file') return { file_id: id! }
  return { image_url: type === 'url' ? url! : `data:${String(mediaType)};base64,${String(data)}` }
}

function fileOf(source: JsonObject, title: Json): JsonObject {
  const { type, media_type: mediaType, data, url, file_id: id } = source
  if (type === 'file') return { file_id: id! }
  if (type === 'url') return { file_url: url! }
  const encoded = type === 'text' ? Buffer.from(String(data)).toString('base64') : String(data)
  return {
    filename: title === null || title === '' ? 'document' : title,
    file_data: `data:${String(mediaType)};base64,${encoded}`,
  }
}

function callOf({ id, name, input }: JsonObject): JsonObject {
  return { type: 'function_call', call_id: id!, name: name!, arguments: JSON.stringify(input) }
}

function resultOf({ tool_use_id: id, content }: JsonObject): JsonObject {
  return { type: 'function_call_output', call_id: id!, output: partsOf(content, 'input_text') }
}

function toolOf({ name, description, input_schema: parameters, strict }: JsonObject): JsonObject {
  return {
    type: 'function',
    name: name!,
    description: description ?? null,
    parameters: parameters!,
    strict: strict ?? false,
  }
}

const MODES: Readonly<Record<string, string>> = { auto: 'auto', any: 'required', none: 'none' }

function choiceOf(given: Json | undefined): JsonObject {
  const {
    type,
    name,
    disable_parallel_tool_use: single,
  } = (given ?? { type: 'auto' }) as JsonObject
  const mode = MODES[String(type)]
  return {
    tool_choice: mode ?? { type: 'function', name: name! },
    parallel_tool_calls: single !== true,
  }
}

function formatOf({ output_config: config, output_format: earlier }: JsonObject): JsonObject {
  const format = (config as JsonObject | undefined)?.['format'] ?? earlier ?? null
  if (format === null) return { type: 'text' }
  const { schema } = format as JsonObject
  // Its subset of JSON Schema is not OpenAI's strict one.
  return { type: 'json_schema', name: 'answer', schema: schema!, strict: false }
}

function reasoningOf({ thinking, output_config: config }: JsonObject): JsonObject {
  const mode = (thinking as JsonObject | undefined)?.['type'] ?? 'disabled'
  if (mode === 'disabled') return { effort: null }
  return { effort: (config as JsonObject | undefined)?.['effort'] ?? 'medium', summary: 'auto' }
}
