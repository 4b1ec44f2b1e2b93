// `GET /models`.

import type { JsonObject } from '../../src/types/index.ts'
import { ApiError } from '../api-error.ts'
import type { Route } from '../http/router.ts'
import { createJsonAnswer } from '../http/router.ts'
import { clipText } from '../json.ts'

const CREATED = 1_763_596_800

export const modelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/models',
    handler: ({ provider }) => {
      return createJsonAnswer({ object: 'list', data: provider.models.map(describe) })
    },
  },
  {
    method: 'GET',
    path: '/models/*',
    handler: ({ provider, ids: [id = ''] }) => {
      if (provider.models.includes(id)) return createJsonAnswer(describe(id))
      throw new ApiError(404, `The model '${clipText(id)}' does not exist.`, {
        code: 'model_not_found',
        param: 'model',
      })
    },
  },
]

function describe(id: string): JsonObject {
  return { id, object: 'model', created: CREATED, owned_by: 'reference' }
}
