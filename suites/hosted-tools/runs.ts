import { mapResponse } from '../../src/define.ts'
import { field, response, responseAt } from '../../src/read.ts'
import type { Exchange, Json, JsonObject, Reply } from '../../src/types.ts'

export interface Run {
  readonly item: JsonObject
  /** JSON pointer of the item. */
  readonly at: string
  readonly index: number
}

/** The items of one type, with their places. */
export function runs(exchange: Exchange, type: string): readonly Run[] {
  const output = field(response(exchange), '/output')
  return (Array.isArray(output) ? (output as readonly Json[]) : []).flatMap((item, index) =>
    field(item, '/type') === type
      ? [{ item: item as JsonObject, at: `${responseAt(exchange)}/output/${index}`, index }]
      : [],
  )
}

/** Changes or drops (undefined) the items of one type. */
export function mapRuns(
  reply: Reply,
  type: string,
  change: (item: JsonObject) => JsonObject | undefined,
): Reply {
  return mapResponse(reply, (body) =>
    Array.isArray(body['output'])
      ? {
          ...body,
          output: (body['output'] as readonly JsonObject[])
            .map((item) => (item['type'] === type ? change(item) : item))
            .filter((item) => item !== undefined),
        }
      : body,
  )
}
