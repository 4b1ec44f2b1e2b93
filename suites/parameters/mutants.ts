import { isObject } from '../../src/authoring/read.ts'
import type { Json, JsonObject, Reply } from '../../src/types/index.ts'
import { mapParts } from '../common/mutants.ts'

/** Changes every entry of the `logprobs` of a text. */
export function changeLogprobs(reply: Reply, change: (entry: JsonObject) => JsonObject): Reply {
  return mapParts(reply, (part) =>
    Array.isArray(part['logprobs'])
      ? {
          ...part,
          logprobs: (part['logprobs'] as readonly Json[]).map((entry) =>
            isObject(entry) ? change(entry) : entry,
          ),
        }
      : part,
  )
}
