import type { ReferenceRequest } from '../../src/types/index.ts'
import { dropInputParts } from '../common/mutants.ts'

/** The request as a provider hears it that drops the pictures whose address begins like this. */
export function dropImages(request: ReferenceRequest, start = ''): ReferenceRequest {
  return dropInputParts(request, 'input_image', ({ image_url: url }) =>
    String(url).startsWith(start),
  )
}
