import { needs as announcements } from './announcements.ts'
import { needs as answer } from './answer.ts'
import { needs as bytes } from './bytes.ts'
import { needs as calls } from './calls.ts'
import { needs as deltas } from './deltas.ts'
import { needs as events } from './events.ts'
import { needs as items } from './items.ts'
import { needs as lifecycle } from './lifecycle.ts'
import { needs as references } from './references.ts'
import { needs as response } from './response.ts'
import { needs as sequence } from './sequence.ts'
import { needs as status } from './status.ts'
import { needs as usage } from './usage.ts'
import type { Need } from './define-need.ts'

export const NEEDS: readonly Need[] = [
  ...bytes,
  ...events,
  ...lifecycle,
  ...announcements,
  ...deltas,
  ...sequence,
  ...references,
  ...items,
  ...calls,
  ...response,
  ...status,
  ...usage,
  ...answer,
]
