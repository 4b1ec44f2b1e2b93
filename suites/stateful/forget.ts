import { mapBody, without } from '../../src/define.ts'
import type { JsonObject, ReferenceRequest } from '../../src/types.ts'

/** The request as a provider hears it that does not know this parameter. */
export function forget(
  request: ReferenceRequest,
  key: string,
  when: (body: JsonObject) => boolean = () => true,
): ReferenceRequest {
  return mapBody(request, (body) => (when(body) ? without(body, key) : body))
}
