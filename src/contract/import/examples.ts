// Requests and answers that a published document prints, as samples of a contract.

import { isObject, token } from '../../base/json.ts'
import { findSecret } from '../../base/find-pasted-key.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import type { Located, References } from './references.ts'

/** The samples of a media type by their names: its `examples`, its `example`, or those of its schema. */
export function examplesOf(
  references: References,
  media: Located,
  schema: Located | undefined,
): JsonObject {
  const found: Record<string, Json> = {}
  const add = (name: string, value: Json | undefined): void => {
    const parsed = typeof value === 'string' ? parsedText(value) : value
    // A text in the place of a body is prose, and a key is nothing to keep.
    if (!isObject(parsed) || findSecret(JSON.stringify(parsed)) !== undefined) return
    const { placeholders, replace } = notToSend(parsed)
    found[name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60) || 'example'] = {
      value: parsed,
      'x-source': 'document',
      ...(placeholders.length === 0 ? {} : { 'x-placeholders': placeholders }),
      ...(replace.length === 0 ? {} : { 'x-replace': replace }),
    }
  }
  const examples = references.child(media, 'examples')
  for (const name of Object.keys(isObject(examples?.value) ? examples.value : {})) {
    const entry = references.child(examples!, name)
    const example = entry && references.follow(entry)?.value
    if (isObject(example)) add(name, example['value'] ?? example['dataValue'])
  }
  add('example', references.child(media, 'example')?.value)
  const meant = schema && references.follow(schema)?.value
  if (Object.keys(found).length === 0 && isObject(meant)) {
    const [first] = Array.isArray(meant['examples']) ? meant['examples'] : []
    add('example', meant['example'] ?? first)
  }
  return found
}

function parsedText(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** What only its author can send: ids of things that exist there, addresses, and words for values. */
function notToSend(sample: JsonObject): { placeholders: string[]; replace: JsonObject[] } {
  const placeholders: string[] = []
  const replace: JsonObject[] = []
  function visit(value: Json, at: string, key: string): void {
    if (at.split('/').length > 32) return
    if (FETCHED.test(key) && typeof value === 'string' && /^https?:/.test(value)) {
      replace.push({ at, because: 'the address is the author\u2019s' })
    } else if (OWN.test(key) && value !== null && !(Array.isArray(value) && value.length === 0)) {
      placeholders.push(at)
    } else if (typeof value === 'string' && PLACEHOLDER.test(value)) placeholders.push(at)
    else if (Array.isArray(value))
      value.forEach((one: Json, index) => visit(one, `${at}/${index}`, ''))
    else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) visit(inner, `${at}/${token(name)}`, name)
    }
  }
  visit(sample, '', '')
  return { placeholders, replace }
}

const FETCHED = /^(image_url|file_url)$/
const OWN =
  /^(previous_response_id|conversation|prompt|file_id|file_ids|vector_store_ids|container|server_url|connector_id|encrypted_content|id|call_id)$/
const PLACEHOLDER = /^(string|text|<.*>|\{.*\}|your[-_ ].*|\.\.\.)$/i
