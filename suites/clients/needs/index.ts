import { announcementNeeds as announcements } from './announcements.ts'
import { answerNeeds as answer } from './answer.ts'
import { byteNeeds as bytes } from './bytes.ts'
import { callNeeds as calls } from './calls.ts'
import { deltaNeeds as deltas } from './deltas.ts'
import { eventNeeds as events } from './events.ts'
import { itemNeeds as items } from './items.ts'
import { lifecycleNeeds as lifecycle } from './lifecycle.ts'
import { referenceNeeds as references } from './references.ts'
import { responseNeeds as response } from './response.ts'
import { sequenceNeeds as sequence } from './sequence.ts'
import { statusNeeds as status } from './status.ts'
import { usageNeeds as usage } from './usage.ts'
import type { ClientNeed } from './define-need.ts'

export const NEEDS: readonly ClientNeed[] = [
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
