// Checks a request whose fields all have the right shape: pairs that exclude each other, schemas outside the
// strict subset, choices of tools that are not there.

import type { Dialect, Json, JsonObject } from '../../src/types/index.ts'
import { isWritable } from '../model/custom-tool-input.ts'
import { createBadRequest } from '../api-error.ts'
import type { Fields } from './rules.ts'
import { checkFields } from './rules.ts'
import { clipText, isRecord } from '../json.ts'
import { MOVED, createFields } from './request-fields.ts'
import { findLooseFlaw, findStrictFlaw } from './strict-schema.ts'
import { HOSTED_CHOICES } from './tools.ts'

const DEEPEST = 200
const MOST_TOOLS = 512

/** The body as an object whose fields are known to be right. */
export function checkBody(body: Json | undefined, fields: Fields): JsonObject {
  if (!isRecord(body)) {
    throw createBadRequest(null, null, 'The body of this request must be a JSON object.')
  }
  if (isTooDeep(body))
    throw createBadRequest('invalid_value', null, 'The body of this request is nested too deeply.')
  for (const key of Object.keys(body)) {
    if (Object.hasOwn(fields, key) || !Object.hasOwn(MOVED, key)) continue
    throw createBadRequest(
      'unsupported_parameter',
      key,
      `Unsupported parameter: '${key}'. In the Responses API, this parameter has moved to '${MOVED[key]}'.`,
    )
  }
  checkFields(body, fields, '', false)
  return body as JsonObject
}

export function checkCreate(given: Json | undefined, dialect: Dialect): JsonObject {
  const body = checkBody(given, createFields[dialect])
  checkModel(body)
  examineSource(body)
  examineStreaming(body)
  checkFormat(body)
  checkTools(body)
  return body
}

export function checkModel(body: JsonObject): void {
  if (typeof body['model'] === 'string' && body['model'] !== '') return
  if (isRecord(body['prompt'])) return
  throw createBadRequest(
    'missing_required_parameter',
    'model',
    "Missing required parameter: 'model'.",
  )
}

function examineSource(body: JsonObject): void {
  const given = ['input', 'previous_response_id', 'prompt', 'conversation'].filter(
    (key) => (body[key] ?? null) !== null,
  )
  if (given.length === 0) {
    throw createBadRequest(
      'missing_required_parameter',
      'input',
      "Missing required parameter: one of 'input', 'previous_response_id', 'prompt' or 'conversation' must be provided.",
    )
  }
  checkExclusive(body)
}

export function checkExclusive(body: JsonObject): void {
  if ((body['previous_response_id'] ?? null) === null || (body['conversation'] ?? null) === null) {
    return
  }
  throw createBadRequest(
    'mutually_exclusive_parameters',
    'previous_response_id',
    "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Provide only one of them.",
  )
}

function examineStreaming(body: JsonObject): void {
  if ((body['stream_options'] ?? null) !== null && body['stream'] !== true) {
    throw createBadRequest(
      'invalid_value',
      'stream_options',
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    )
  }
}

export function checkFormat(body: JsonObject): void {
  const format = isRecord(body['text']) ? body['text']['format'] : undefined
  if (!isRecord(format) || format['type'] !== 'json_schema') return
  const schema = format['schema'] as JsonObject
  const flaw = format['strict'] === true ? findStrictFlaw(schema) : findLooseFlaw(schema)
  if (flaw === undefined) return
  throw createBadRequest(
    'invalid_json_schema',
    'text.format.schema',
    `Invalid schema for response_format '${String(format['name'])}': ${flaw}`,
  )
}

export function checkTools(body: JsonObject): void {
  const tools = Array.isArray(body['tools']) ? (body['tools'] as readonly JsonObject[]) : []
  if (tools.length > MOST_TOOLS) {
    throw createBadRequest(
      'array_above_max_length',
      'tools',
      `Invalid 'tools': array too long. Expected an array with maximum length ${MOST_TOOLS}, but got an array with length ${tools.length} instead.`,
    )
  }
  for (const [index, tool] of tools.entries()) {
    examineTool(tool, `tools[${index}]`)
    const inner = Array.isArray(tool['tools']) ? (tool['tools'] as readonly JsonObject[]) : []
    for (const [at, one] of inner.entries()) examineTool(one, `tools[${index}].tools[${at}]`)
  }
  examineChoice(body['tool_choice'], tools)
}

function examineTool(tool: JsonObject, at: string): void {
  const name = clipText(String(tool['name']))
  if (tool['type'] === 'function' && isRecord(tool['parameters'])) {
    const schema = tool['parameters'] as JsonObject
    const flaw = tool['strict'] === true ? findStrictFlaw(schema) : findLooseFlaw(schema)
    if (flaw !== undefined) {
      throw createBadRequest(
        'invalid_function_parameters',
        `${at}.parameters`,
        `Invalid schema for function '${name}': ${flaw}`,
      )
    }
  }
  const format = tool['format']
  if (tool['type'] === 'custom' && isRecord(format) && format['type'] === 'grammar') {
    if (!isWritable(String(format['syntax']), String(format['definition']))) {
      throw createBadRequest(
        'invalid_value',
        `${at}.format.definition`,
        `Invalid grammar for custom tool '${name}': it is outside the subset that this server can write.`,
      )
    }
  }
  if (
    tool['type'] === 'mcp' &&
    !['server_url', 'connector_id', 'tunnel_id'].some((key) => typeof tool[key] === 'string')
  ) {
    throw createBadRequest(
      'missing_required_parameter',
      at,
      `Missing required parameter: one of '${at}.server_url', '${at}.connector_id' or '${at}.tunnel_id' must be provided.`,
    )
  }
}

function examineChoice(choice: Json | undefined, tools: readonly JsonObject[]): void {
  if (choice === 'required' && tools.length === 0) {
    throw createBadRequest(
      'invalid_value',
      'tool_choice',
      "Tool choice 'required' must be specified with 'tools' parameter.",
    )
  }
  if (!isRecord(choice)) return
  const wanted =
    choice['type'] === 'allowed_tools'
      ? (choice['tools'] as readonly JsonObject[])
      : [choice as JsonObject]
  for (const one of wanted) {
    if (tools.some((tool) => isChosen(one, tool))) continue
    throw createBadRequest(
      'invalid_value',
      'tool_choice',
      `Tool choice '${clipText(String(one['name'] ?? one['server_label'] ?? one['type']))}' not found in 'tools' parameter.`,
    )
  }
}

/** Whether a choice's entry means this tool. */
export function isChosen(entry: JsonObject, tool: JsonObject): boolean {
  const type = String(entry['type'])
  if (type === 'function' || type === 'custom') {
    if (tool['type'] === 'namespace') {
      const inner = Array.isArray(tool['tools']) ? (tool['tools'] as readonly JsonObject[]) : []
      return inner.some((one) => isChosen(entry, one))
    }
    return tool['type'] === type && tool['name'] === entry['name']
  }
  if (type === 'mcp')
    return tool['type'] === 'mcp' && tool['server_label'] === entry['server_label']
  return HOSTED_CHOICES[type]?.includes(String(tool['type'])) ?? tool['type'] === type
}

/** Without recursion: the stack of this server must not depend on the request. */
function isTooDeep(root: unknown): boolean {
  let level: readonly unknown[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
  }
  return false
}
