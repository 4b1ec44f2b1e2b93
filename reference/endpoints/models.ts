// `GET /models`.

import type { JsonObject } from '../../src/types/index.ts'
import { Problem } from '../api-error.ts'
import type { Route } from '../http/router.ts'
import { json } from '../http/router.ts'
import { clip } from '../json.ts'

const CREATED = 1_763_596_800

export const modelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/models',
    handler: ({ provider }) => {
      return json({ object: 'list', data: provider.models.map(describe) })
    },
  },
  {
    method: 'GET',
    path: '/models/*',
    handler: ({ provider, ids: [id = ''] }) => {
      if (provider.models.includes(id)) return json(describe(id))
      throw new Problem(404, `The model '${clip(id)}' does not exist.`, {
        code: 'model_not_found',
        param: 'model',
      })
    },
  },
]

function describe(id: string): JsonObject {
  return { id, object: 'model', created: CREATED, owned_by: 'reference' }
}
