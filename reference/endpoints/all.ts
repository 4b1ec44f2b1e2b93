// All routes. Fixed paths stand before those with an id.

import { conversationRoutes } from './conversations.ts'
import { fileRoutes } from './files.ts'
import { modelRoutes } from './models.ts'
import { responseRoutes } from './responses.ts'
import type { Route } from '../http/router.ts'
import { windowRoutes } from './count-and-compact.ts'

export const routes: readonly Route[] = [
  ...windowRoutes,
  ...responseRoutes,
  ...conversationRoutes,
  ...modelRoutes,
  ...fileRoutes,
]
