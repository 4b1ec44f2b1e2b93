// Reads the items of a request into the context that the model sees: a list of texts, in order.

import type { JsonObject } from '../../src/types/index.ts'
import { isRecord } from '../json.ts'

type Voice =
  | 'instructions'
  | 'system'
  | 'developer'
  | 'user'
  | 'assistant'
  | 'tool'
  | 'image'
  | 'file'
  | 'memory'

export interface ContextSegment {
  readonly voice: Voice
  readonly text: string
  /** Tokens that the text does not account for: an image's tiles. */
  readonly tokens?: number
  /** Of a call of a tool. */
  readonly callId?: unknown
}

/** Turns an image or file part into what is in it. */
export type InputReader = (part: JsonObject) => Promise<ContextSegment>

export interface VisibleContext {
  readonly segments: readonly ContextSegment[]
  /** All texts joined by line feeds. */
  readonly text: string
  /** The text parts of the last user message, joined. */
  readonly question: string
  /** Whether the last item is a tool's output: the turn goes on. */
  readonly afterTool: boolean
  /** The outputs of tools since the last message, in order. */
  readonly toolTexts: readonly string[]
  /** The MCP servers whose tools are listed already. */
  readonly servers: readonly string[]
  /** The answer to an MCP approval request, if it is the last item. */
  readonly approval?: { readonly id: string; readonly granted: boolean }
}

export async function readContext(
  instructions: string | undefined,
  items: readonly JsonObject[],
  readers: InputReader,
  unseal: (sealed: string) => string | undefined,
): Promise<VisibleContext> {
  const segments: ContextSegment[] = []
  if (instructions !== undefined) segments.push({ voice: 'instructions', text: instructions })
  let question = ''
  let toolTexts: string[] = []
  for (const item of items) {
    const heard = await hear(item, readers, unseal)
    // As chat templates do: a result stands behind its call, wherever it was sent.
    const call = isToolOutput(item)
      ? segments.findLastIndex(({ callId }) => callId !== undefined && callId === item['call_id'])
      : -1
    segments.splice(call < 0 ? segments.length : call + 1, 0, ...heard)
    if (item['type'] === 'message' && item['role'] === 'user') {
      question = heard
        .filter(({ voice }) => voice === 'user')
        .map(({ text }) => text)
        .join('\n')
    }
    if (item['type'] === 'message') toolTexts = []
    if (isToolOutput(item)) toolTexts.push(heard.map(({ text }) => text).join('\n'))
  }
  const last = items.at(-1)
  return {
    segments,
    text: segments.map(({ text }) => text).join('\n'),
    question,
    afterTool: last !== undefined && isToolOutput(last),
    toolTexts,
    servers: items
      .filter(({ type }) => type === 'mcp_list_tools')
      .map((item) => String(item['server_label'])),
    ...(last?.['type'] === 'mcp_approval_response'
      ? {
          approval: {
            id: String(last['approval_request_id']),
            granted: last['approve'] === true,
          },
        }
      : {}),
  }
}

function isToolOutput(item: JsonObject): boolean {
  return typeof item['type'] === 'string' && item['type'].endsWith('_output')
}

async function hear(
  item: JsonObject,
  readers: InputReader,
  unseal: (sealed: string) => string | undefined,
): Promise<readonly ContextSegment[]> {
  switch (item['type']) {
    case 'message':
      return content(item['content'], voiceOf(item['role']), readers)
    case 'function_call':
      return [{ voice: 'assistant', text: String(item['arguments']), callId: item['call_id'] }]
    case 'custom_tool_call':
      return [{ voice: 'assistant', text: String(item['input']), callId: item['call_id'] }]
    case 'compaction':
      return [{ voice: 'memory', text: unseal(String(item['encrypted_content'])) ?? '' }]
    case 'mcp_call':
      return [{ voice: 'tool', text: String(item['output'] ?? '') }]
    case 'file_search_call':
      return [{ voice: 'tool', text: textsOf(item['results']).join('\n') }]
    default:
      if (!isToolOutput(item)) return []
      return content(item['output'] ?? item['result'], 'tool', readers)
  }
}

async function content(
  given: unknown,
  voice: Voice,
  readers: InputReader,
): Promise<readonly ContextSegment[]> {
  if (typeof given === 'string') return [{ voice, text: given }]
  if (!Array.isArray(given)) return textsOf(given).map((text) => ({ voice, text }))
  const segments: ContextSegment[] = []
  for (const part of given as readonly unknown[]) {
    if (!isRecord(part)) continue
    if (part['type'] === 'input_image' || part['type'] === 'input_file') {
      segments.push(await readers(part as JsonObject))
    } else {
      segments.push(...textsOf(part).map((text) => ({ voice, text })))
    }
  }
  return segments
}

function voiceOf(role: unknown): Voice {
  return role === 'system' || role === 'developer' || role === 'assistant' ? role : 'user'
}

/** The strings under `text`, `refusal`, `stdout` and `logs`, wherever they are. */
function textsOf(given: unknown, depth = 0): readonly string[] {
  if (depth > 6) return []
  if (Array.isArray(given)) return given.flatMap((one) => textsOf(one, depth + 1))
  if (!isRecord(given)) return []
  return ['text', 'refusal', 'stdout', 'logs'].flatMap((key) => {
    const value = given[key]
    return typeof value === 'string' ? [value] : []
  })
}
