import { mapEvents, mapObjects } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import type { JsonObject, Reply } from '../../../src/types/index.ts'

/** Changes items and parts of these types, wherever they stand in an answer, stream or not. */
export function changeEverywhere(
  types: readonly string[],
  change: (value: JsonObject) => JsonObject,
): (reply: Reply) => Reply {
  const changed = (object: JsonObject): JsonObject =>
    types.includes(String(object['type'])) ? change(object) : object
  return (reply) => {
    const { body } = reply
    if ('json' in body && isObject(body.json)) {
      return { ...reply, body: { json: mapObjects(body.json, changed) } }
    }
    return mapEvents(reply, (event) => mapObjects(event, changed))
  }
}
