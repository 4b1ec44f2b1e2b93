import { mapBody, without } from '../../src/define.ts'
import type { ReferenceRequest } from '../../src/types.ts'

/** The request as a provider hears it that does not know this parameter. */
export function forget(request: ReferenceRequest, key: string): ReferenceRequest {
  return mapBody(request, (body) => without(body, key))
}
