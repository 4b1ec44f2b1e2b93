import type { JsonObject, ReferenceRequest } from '../../src/types/index.ts'
import { overlooking } from '../common/mutants.ts'

/** The request as a provider hears it that drops these files. */
export function lose(
  request: ReferenceRequest,
  which: (file: JsonObject) => boolean = () => true,
): ReferenceRequest {
  return overlooking(request, 'input_file', which)
}
