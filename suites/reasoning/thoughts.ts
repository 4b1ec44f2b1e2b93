import { mapResponse } from '../../src/define.ts'
import { field, response, responseAt } from '../../src/read.ts'
import type { Exchange, Json, JsonObject, Reply } from '../../src/types.ts'

/** The reasoning items of an answer, with their pointers. */
export function thoughts(
  exchange: Exchange,
): readonly { readonly item: JsonObject; readonly at: string }[] {
  const output = field(response(exchange), '/output')
  return (Array.isArray(output) ? (output as readonly Json[]) : []).flatMap((item, index) =>
    field(item, '/type') === 'reasoning'
      ? [{ item: item as JsonObject, at: `${responseAt(exchange)}/output/${index}` }]
      : [],
  )
}

/** Changes the reasoning items of a reply. */
export function mapThoughts(reply: Reply, change: (item: JsonObject) => JsonObject): Reply {
  return mapResponse(reply, (body) =>
    Array.isArray(body['output'])
      ? {
          ...body,
          output: (body['output'] as readonly JsonObject[]).map((item) =>
            item['type'] === 'reasoning' ? change(item) : item,
          ),
        }
      : body,
  )
}
