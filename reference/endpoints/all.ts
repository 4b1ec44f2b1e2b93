// All routes but those of other APIs. Fixed paths stand before those with an id.

import { conversationRoutes } from './conversations.ts'
import { fileRoutes } from './files.ts'
import { modelRoutes } from './models.ts'
import { responseRoutes } from './responses.ts'
import type { Route } from '../http/router.ts'
import { windowRoutes } from './count-and-compact.ts'

/** Only where Responses is spoken. */
export const responsesApiRoutes: readonly Route[] = [
  ...windowRoutes,
  ...responseRoutes,
  ...conversationRoutes,
]

/** Whatever is spoken. */
export const sharedRoutes: readonly Route[] = [...modelRoutes, ...fileRoutes]
