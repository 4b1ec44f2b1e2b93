// Writes an answer in the documented shape: what the schema names, and where it leaves things open what
// the sample shows.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { isRecord } from '../json.ts'
import { listExamples, toNode, type Node, type VendorDocument } from './vendor-document.ts'

/** The parts of a response that pages often only show. */
interface Shown {
  /** Fields of the whole body. */
  readonly fields: ReadonlySet<string>
  readonly message?: Node
  readonly part?: Node
  readonly usage?: Node
}

export function writeDocumented(value: Json, media: Node, document: VendorDocument): Json {
  const shown = shownBy(media)
  const made = project(value, media['schema'], document, shown.fields)
  return isRecord(made) && made['object'] === 'response' ? asShown(made as JsonObject, shown) : made
}

function shownBy(media: Node): Shown {
  const examples = listExamples(media)
  const fields = new Set(examples.flatMap((one) => Object.keys(one)))
  const items = examples.flatMap(({ output }) => (Array.isArray(output) ? output : [])).map(toNode)
  const message = items.find(({ type, content }) => type === 'message' && Array.isArray(content))
  const parts = Array.isArray(message?.['content']) ? message['content'].map(toNode) : []
  const part = parts.find(({ type }) => typeof type === 'string')
  const usage = examples.map((one) => one['usage']).find(isRecord)
  return {
    fields,
    ...(message === undefined ? {} : { message }),
    ...(part === undefined ? {} : { part }),
    ...(usage === undefined ? {} : { usage }),
  }
}

/** Messages, their text and the usage with the fields of the sample, under its names. */
function asShown(response: JsonObject, { message, part, usage }: Shown): JsonObject {
  const output = response['output']
  return {
    ...response,
    ...(message !== undefined && Array.isArray(output)
      ? { output: (output as readonly Json[]).map((item) => asMessage(item, message, part)) }
      : {}),
    ...(usage !== undefined && isRecord(response['usage'])
      ? { usage: only(response['usage'] as JsonObject, usage) }
      : {}),
  }
}

function asMessage(item: Json, message: Node, part: Node | undefined): Json {
  if (!isRecord(item) || item['type'] !== 'message') return item
  const kept = only(item as JsonObject, message)
  const content = kept['content']
  if (part === undefined || !Array.isArray(content)) return kept
  return {
    ...kept,
    content: (content as readonly Json[]).map((one) =>
      isRecord(one) && one['type'] === 'output_text'
        ? { ...only(one as JsonObject, part), type: part['type'] as Json }
        : one,
    ),
  }
}

function only(value: JsonObject, shown: Node): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(shown, name)))
}

/** What the schema names, in its order: taken from the value, or made up where it must be there. */
function project(
  value: Json,
  schema: unknown,
  document: VendorDocument,
  shown: ReadonlySet<string> = new Set(),
): Json {
  const node = document.branchOf(document.follow(schema), value)
  if (Array.isArray(value)) return value.map((one: Json) => project(one, node['items'], document))
  const properties = toNode(node['properties'])
  // A table of items describes messages; another item keeps what makes it what it is.
  const isOther =
    isRecord(value) && 'type' in value && /_call|reasoning/.test(String(value['type']))
  const isOpen =
    isOther || Object.keys(properties).length === 0 || node['additionalProperties'] === true
  if (!isRecord(value)) return value
  const given = value as JsonObject
  const filled: Record<string, Json> = {}
  for (const [name, inner] of Object.entries(properties)) {
    const own = given[name] ?? standIn(name, given, document.follow(inner))
    if (own !== undefined) filled[name] = project(own, inner, document)
    else if (name in given) filled[name] = null
  }
  for (const [name, own] of Object.entries(given)) {
    if (!(name in filled) && (isOpen || shown.has(name))) filled[name] = own
  }
  return filled
}

/** Names that Chat Completions has for the same counts. */
const OF_CHAT: Readonly<Record<string, string>> = {
  created: 'created_at',
  prompt_tokens: 'input_tokens',
  completion_tokens: 'output_tokens',
  prompt_tokens_details: 'input_tokens_details',
  completion_tokens_details: 'output_tokens_details',
}

/** What a documented field holds that OpenAI does not send. */
function standIn(name: string, value: JsonObject, node: Node): Json | undefined {
  const other = OF_CHAT[name]
  if (other !== undefined && other in value) return value[other]
  if (name === 'output_text' && Array.isArray(value['output'])) return outputText(value['output'])
  if (/^(text|audio|image)_tokens$/.test(name)) return 0
  return node['const'] as Json | undefined
}

function outputText(output: readonly Json[]): string {
  return output
    .flatMap((item) => (isRecord(item) && Array.isArray(item['content']) ? item['content'] : []))
    .map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}
