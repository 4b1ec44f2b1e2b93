import type { Json } from '../../src/types/index.ts'

export interface Delta {
  readonly delta: string
  readonly [key: string]: Json
}
