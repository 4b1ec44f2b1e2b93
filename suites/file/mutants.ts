import type { JsonObject, ReferenceRequest } from '../../src/types/index.ts'
import { dropInputParts } from '../common/mutants.ts'

/** The request as a provider hears it that drops these files. */
export function dropFiles(
  request: ReferenceRequest,
  which: (file: JsonObject) => boolean = () => true,
): ReferenceRequest {
  return dropInputParts(request, 'input_file', which)
}
