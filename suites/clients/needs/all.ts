import { needs as bytes } from './bytes.ts'
import { needs as items } from './items.ts'
import { needs as order } from './order.ts'
import type { Need } from './need.ts'
import { needs as response } from './response.ts'
import { needs as stream } from './stream.ts'

export const NEEDS: readonly Need[] = [...bytes, ...stream, ...order, ...items, ...response]
