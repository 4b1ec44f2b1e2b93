// The two sides of a comparison of schemas, and its result.

import type { SchemaNode, SchemaResolver } from '../schema/resolved-schema.ts'
import type { Validator } from '../schema/validator.ts'
import type { Json } from '../types/index.ts'

export type BodySide = 'request' | 'response'

/** A value that a sample shows. */
export interface ShownValue {
  readonly value: Json
  readonly sample: string
  /** JSON pointer into the sample's body. */
  readonly at: string
}

export interface SchemaDifference {
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
  readonly shown?: ShownValue
}

/** What the yardstick names and the documents leave open. */
export interface Gap {
  readonly at: string
  readonly kind: 'fields' | 'inside' | 'values'
  readonly names: readonly string[]
}

export interface SchemaComparison {
  readonly differences: readonly SchemaDifference[]
  readonly gaps: readonly Gap[]
}

export interface YardstickSide {
  readonly name: string
  readonly resolver: SchemaResolver
  readonly validate: Validator
  readonly root: SchemaNode
  /** Fields that only repeat what was asked; leaving them out of a page is no other shape. */
  readonly echoes: ReadonlySet<string>
  disputed(rule: string): boolean
}

export interface DocumentedSchema {
  readonly resolver: SchemaResolver
  readonly root: SchemaNode | undefined
  readonly shown: readonly ShownValue[]
}
