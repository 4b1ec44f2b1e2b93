import { field, isObject, response, responseAt, show } from '../../src/authoring/read.ts'
import { USAGE_FIELDS } from '../common/answers.ts'
import type { Exchange, Finding, Json } from '../../src/types/index.ts'

/** What create returned and retrieve has to repeat; encrypted content may be encrypted anew. */
const KEPT: readonly string[] = [
  'id',
  'object',
  'status',
  'created_at',
  'model',
  'output',
  'usage',
  'metadata',
  'instructions',
  'max_output_tokens',
  'previous_response_id',
  'text',
  'tools',
  'tool_choice',
  'temperature',
  'top_p',
]

/** Where a retrieved response differs from what it was before, at most five places. */
export function compareStored(
  step: string,
  created: Exchange,
  got: Exchange,
  since = 'as created',
): readonly Finding[] {
  return KEPT.flatMap((key) => {
    const [before, after] = [created, got].map((exchange) => keptOf(exchange, key))
    if (before === undefined) return []
    if (canonicalizeJson(before) === canonicalizeJson(after)) return []
    const at = `${responseAt(got)}/${key}`
    return [{ step, at, expected: `${since}: ${show(before)}`, actual: show(after) }]
  }).slice(0, 5)
}

function keptOf(exchange: Exchange, key: string): Json | undefined {
  const value = field(response(exchange), `/${key}`)
  if (key !== 'usage' || !isObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => USAGE_FIELDS.includes(name)))
}

/** JSON with sorted keys, without what a server may encrypt anew; `null` and nothing say the same. */
export function canonicalizeJson(value: Json | undefined): string {
  return (
    JSON.stringify(value, (key, inner: Json) => {
      if (key === 'encrypted_content' || inner === null) return undefined
      if (typeof inner !== 'object' || Array.isArray(inner)) return inner
      return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    }) ?? 'absent'
  )
}
