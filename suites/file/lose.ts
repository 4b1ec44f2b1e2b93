import { mapBody, mapObjects } from '../../src/define.ts'
import type { JsonObject, ReferenceRequest } from '../../src/types.ts'

/** The request as a provider hears it that drops these files. */
export function lose(
  request: ReferenceRequest,
  which: (file: JsonObject) => boolean = () => true,
): ReferenceRequest {
  return mapBody(request, (body) =>
    mapObjects(body, (object) =>
      object['type'] === 'input_file' && which(object) ? undefined : object,
    ),
  )
}
