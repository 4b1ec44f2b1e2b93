// What a documented schema and a yardstick's are compared as, and what comes of it.

import type { Node, Shapes } from '../schema/resolved-schema.ts'
import type { Validate } from '../schema/validator.ts'
import type { Json } from '../types/index.ts'

export type Side = 'request' | 'response'

/** A value that a sample shows. */
export interface Shown {
  readonly value: Json
  readonly sample: string
  /** JSON pointer into the sample's body. */
  readonly at: string
}

export interface Difference {
  /** JSON pointer with `*` for array indexes. */
  readonly at: string
  readonly says: string
  readonly expected: string
  readonly actual: string
  /** Whether the documents show nothing in its place. */
  readonly isUnshown?: true
  /** Where the yardstick says so. */
  readonly rule: string
  /** Where the documents show it: their schema, or else a sample. */
  readonly table?: string
  readonly shown?: Shown
}

/** What the yardstick names and the documents leave open. */
export interface Gap {
  readonly at: string
  readonly kind: 'fields' | 'inside' | 'values'
  readonly names: readonly string[]
}

export interface Comparison {
  readonly differences: readonly Difference[]
  readonly gaps: readonly Gap[]
}

export interface Ruler {
  readonly name: string
  readonly shapes: Shapes
  readonly validate: Validate
  readonly root: Node
  /** Fields that only repeat what was asked; leaving them out of a page is no other shape. */
  readonly echoes: ReadonlySet<string>
  disputed(rule: string): boolean
}

export interface Documented {
  readonly shapes: Shapes
  readonly root: Node | undefined
  readonly shown: readonly Shown[]
}
