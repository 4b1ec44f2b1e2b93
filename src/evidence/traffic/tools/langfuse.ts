// Langfuse: observations as its API and its exports give them, and batches as its SDKs send them. Of an answer it
// keeps the output and figures; the whole of it only where somebody logged the response object itself.

import { field, isObject } from '../../../base/json.ts'
import type { Json } from '../../../types/index.ts'
import { readList, type ImportedMessage, type Importer } from '../importer.ts'

export default {
  name: 'Langfuse',
  read({ json }) {
    const batches = Array.isArray(json) ? json : [json]
    const sent = batches.flatMap((batch) => readList(batch, '/batch') ?? [])
    const listed = readList(json, '/data') ?? readList(json, '/observations') ?? []
    const rows =
      sent.length > 0 ? sent.filter(isGeneration) : listed.some(isGeneration) ? listed : []
    return rows.length === 0
      ? undefined
      : rows.map((row, at) => readGeneration(row, `observation ${at + 1}`))
  },
  readRow: (value, place) => (isGeneration(value) ? [readGeneration(value, place)] : undefined),
} satisfies Importer

function isGeneration(value: Json): boolean {
  const type = field(value, '/type')
  if (type === 'generation-create' || type === 'generation-update')
    return isObject(field(value, '/body'))
  return (
    typeof type === 'string' &&
    /^generation$/i.test(type) &&
    ['output', 'traceId', 'trace_id'].some((key) => isObject(value) && key in value)
  )
}

function readGeneration(value: Json, place: string): ImportedMessage {
  const output = field(value, '/body/output') ?? field(value, '/output')
  if (!isObject(output) || field(output, '/object') !== 'response') {
    return {
      place,
      because:
        'Langfuse keeps output and figures of an answer, and not the answer; record it with "watch"',
    }
  }
  return { place, body: JSON.stringify(output), isRewritten: true }
}
