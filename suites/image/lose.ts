import { mapBody, mapObjects } from '../../src/define.ts'
import type { JsonObject, ReferenceRequest } from '../../src/types.ts'

/** The request as a provider hears it that drops these pictures. */
export function lose(
  request: ReferenceRequest,
  which: (image: JsonObject) => boolean = () => true,
): ReferenceRequest {
  return mapBody(request, (body) =>
    mapObjects(body, (object) =>
      object['type'] === 'input_image' && which(object) ? undefined : object,
    ),
  )
}

export function urlStarts(image: JsonObject, start: string): boolean {
  return typeof image['image_url'] === 'string' && image['image_url'].startsWith(start)
}
