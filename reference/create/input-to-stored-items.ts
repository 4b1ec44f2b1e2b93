// Reads the input of a request into stored items: items with ids, messages with parts.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { newItemId } from '../ids.ts'
import { createBadRequest, ApiError } from '../api-error.ts'
import { clipText } from '../json.ts'
import { decryptContent } from './encrypted-content.ts'
import type { PartPlaces } from '../input/read-parts.ts'
import type { Account, StoredItem } from '../store.ts'

/** The request's own items; references resolved. */
export function readInput(
  input: Json | undefined,
  account: Account,
  places: PartPlaces,
): readonly StoredItem[] {
  if (input === undefined || input === null) return []
  if (typeof input === 'string') {
    return [message({ role: 'user', content: input }, 'input', places)]
  }
  return (input as readonly JsonObject[]).flatMap((item, index) => {
    const type = item['type'] ?? ('role' in item ? 'message' : 'item_reference')
    if (type === 'item_reference') return [referenced(String(item['id']), account)]
    const at = `input[${index}]`
    if (type === 'message') return [message(item, at, places)]
    if (type === 'configuration_update' || type === 'compaction_trigger') return []
    examineSeal(item, at, account)
    if (Array.isArray(item['output'])) place(item['output'], `${at}.output`, places)
    return [kept(item, String(type))]
  })
}

function referenced(id: string, account: Account): StoredItem {
  const item = account.items.get(id)
  if (item !== undefined) return item
  throw new ApiError(
    404,
    `Item with id '${clipText(id)}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`,
    { param: 'input' },
  )
}

function examineSeal(item: JsonObject, at: string, account: Account): void {
  const sealed = item['encrypted_content']
  if (typeof sealed !== 'string' || decryptContent(sealed, account.name) !== undefined) return
  throw createBadRequest(
    'invalid_encrypted_content',
    `${at}.encrypted_content`,
    `The encrypted content for item ${clipText(String(item['id'] ?? at))} could not be verified.`,
  )
}

function message(item: JsonObject, at: string, places: PartPlaces): StoredItem {
  const { role, content, phase } = item
  const isAssistant = role === 'assistant'
  return {
    id: idOf(item, 'message'),
    type: 'message',
    status: (item['status'] as string | null) ?? 'completed',
    content: parts(content, isAssistant, `${at}.content`, places),
    ...(phase === undefined ? {} : { phase }),
    role: role ?? 'user',
  }
}

function parts(
  content: Json | undefined,
  isAssistant: boolean,
  at: string,
  places: PartPlaces,
): Json {
  if (typeof content === 'string') {
    return [
      isAssistant
        ? { type: 'output_text', annotations: [], logprobs: [], text: content }
        : { type: 'input_text', text: content },
    ]
  }
  const read = (content as readonly JsonObject[]).map((part) => {
    if (part['type'] === 'input_image') return { detail: 'auto', ...part }
    if (part['type'] === 'output_text') {
      return { ...part, annotations: part['annotations'] ?? [], logprobs: part['logprobs'] ?? [] }
    }
    return part
  })
  place(read, at, places)
  return read
}

function place(parts: readonly Json[], at: string, places: PartPlaces): void {
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'object' && part !== null) places.set(part, `${at}[${index}]`)
  }
}

function kept(item: JsonObject, type: string): StoredItem {
  const { status, ...rest } = item
  const named = { ...rest, id: idOf(item, type), type }
  const hasStatus = /_call$|_call_output$|^program_output$/.test(type)
  if (status !== undefined && status !== null) return { ...named, status }
  return hasStatus ? { ...named, status: 'completed' } : named
}

function idOf(item: JsonObject, type: string): string {
  return typeof item['id'] === 'string' && item['id'] !== '' ? item['id'] : newItemId(type)
}

const OUTPUTS: Readonly<Record<string, string>> = {
  function_call_output: 'function_call',
  custom_tool_call_output: 'custom_tool_call',
}

/** Calls and outputs belong together by `call_id`, whatever stands between them. */
export function checkCallPairs(items: readonly StoredItem[]): void {
  const calls = new Map<string, string>()
  const answered = new Set<string>()
  for (const item of items) {
    const id = String(item['call_id'])
    if (Object.values(OUTPUTS).includes(item.type)) calls.set(id, item.type)
    const wanted = OUTPUTS[item.type]
    if (wanted === undefined) continue
    if (calls.get(id) !== wanted) {
      throw createBadRequest(
        null,
        'input',
        `No tool call found for ${wanted.replaceAll('_', ' ')} output with call_id ${clipText(id)}.`,
      )
    }
    answered.add(id)
  }
  for (const [id, type] of calls) {
    if (answered.has(id)) continue
    throw createBadRequest(
      null,
      'input',
      `No tool output found for ${type.replaceAll('_', ' ')} ${clipText(id)}.`,
    )
  }
}

/** Reasoning belongs to what it led to. */
export function checkReasoningItems(items: readonly StoredItem[]): void {
  for (const [index, item] of items.entries()) {
    if (item.type !== 'reasoning') continue
    const next = items[index + 1]
    if (next !== undefined && !(next.type === 'message' && next['role'] !== 'assistant')) continue
    throw createBadRequest(
      null,
      'input',
      `Item '${clipText(item.id)}' of type 'reasoning' was provided without its required following item.`,
    )
  }
}
