// Reads what a request allows the model: tools, choice, format, reasoning.

import type { JsonObject } from '../../src/types/index.ts'
import type { StoredItem } from '../store.ts'
import type { Callable, RequestOptions } from '../model/draft-types.ts'
import { isRecord } from '../json.ts'
import { isChosen } from '../validate/check-request-and-tools.ts'

export function readRequestOptions(
  body: JsonObject,
  items: readonly StoredItem[],
  alwaysThinks: boolean,
): RequestOptions {
  const tools = callables([...listOf(body['tools']), ...additional(items)])
  const thinks = readThinking(body, alwaysThinks)
  const include = body['include']
  return {
    tools,
    choice: readChoice(body['tool_choice'], tools),
    parallel: body['parallel_tool_calls'] !== false,
    hostedLimit: typeof body['max_tool_calls'] === 'number' ? body['max_tool_calls'] : 16,
    format: readFormat(body),
    includes: (value) => Array.isArray(include) && include.includes(value),
    ...(thinks === undefined ? {} : { thinks }),
  }
}

function callables(tools: readonly JsonObject[], namespace?: string): readonly Callable[] {
  return tools.flatMap((tool): readonly Callable[] => {
    const type = String(tool['type'])
    if (type === 'namespace') return callables(listOf(tool['tools']), String(tool['name']))
    if (type === 'function' || type === 'custom') {
      const inside = namespace === undefined ? {} : { namespace }
      return [{ kind: type, name: String(tool['name']), tool, ...inside }]
    }
    return [{ kind: 'hosted', name: String(tool['server_label'] ?? type), tool }]
  })
}

function additional(items: readonly StoredItem[]): readonly JsonObject[] {
  return items
    .filter(({ type }) => type === 'additional_tools' || type === 'tool_search_output')
    .flatMap((item) => listOf(item['tools']))
    .filter((tool) => typeof tool['type'] === 'string')
}

function readChoice(choice: unknown, tools: readonly Callable[]): RequestOptions['choice'] {
  if (choice === 'none') return { must: false, among: [] }
  if (choice === 'required') return { must: true, among: tools }
  if (!isRecord(choice)) return { must: false, among: tools }
  if (choice['type'] !== 'allowed_tools') {
    return { must: true, among: tools.filter((one) => isChosen(choice as JsonObject, one.tool)) }
  }
  const entries = listOf(choice['tools'])
  const among = tools.filter((one) => entries.some((entry) => isChosen(entry, one.tool)))
  if (choice['mode'] === 'none') return { must: false, among: [] }
  return { must: choice['mode'] === 'required', among }
}

function readFormat(body: JsonObject): RequestOptions['format'] {
  const format = isRecord(body['text']) ? body['text']['format'] : undefined
  if (!isRecord(format)) return { type: 'text' }
  const schema = format['schema']
  return {
    type: String(format['type']),
    ...(isRecord(schema) ? { schema: schema as JsonObject } : {}),
  }
}

function readThinking(body: JsonObject, always: boolean): RequestOptions['thinks'] | undefined {
  const reasoning = isRecord(body['reasoning']) ? body['reasoning'] : {}
  const effort = reasoning['effort']
  const summary = (reasoning['summary'] ?? reasoning['generate_summary'] ?? null) !== null
  if (effort === 'none') return undefined
  if (typeof effort !== 'string' && !summary && !always) return undefined
  return { effort: typeof effort === 'string' ? effort : 'medium', summary }
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isRecord).map((one) => one as JsonObject) : []
}
