// The shapes of drafts: what the model answers, before it gets ids and a status.

import type { JsonObject } from '../../src/types/index.ts'

export type DraftPart =
  | { readonly text: string; readonly annotations?: readonly JsonObject[] }
  | { readonly refusal: string }

export type Draft =
  | {
      readonly type: 'reasoning'
      /** What it cost. */
      readonly tokens: number
      /** The thought itself; hidden, or shown as summary parts or raw text. */
      readonly thought: string
      readonly summary: readonly string[]
    }
  | { readonly type: 'message'; readonly parts: readonly DraftPart[] }
  | {
      readonly type: 'function_call'
      readonly name: string
      readonly namespace?: string
      readonly arguments: string
    }
  | { readonly type: 'custom_tool_call'; readonly name: string; readonly input: string }
  /** An item of a hosted tool as it stands when done, without its id. */
  | { readonly type: 'hosted'; readonly item: JsonObject & { readonly type: string } }

/** What the model may use. */
export interface Callable {
  readonly kind: 'function' | 'custom' | 'hosted'
  /** Its name; for hosted tools the type, for an MCP server its label. */
  readonly name: string
  readonly namespace?: string
  readonly tool: JsonObject
}

export interface RequestOptions {
  readonly tools: readonly Callable[]
  /** What may be called, and whether something must be. */
  readonly choice: { readonly must: boolean; readonly among: readonly Callable[] }
  readonly parallel: boolean
  /** At most so many calls of hosted tools. */
  readonly hostedLimit: number
  readonly format: { readonly type: string; readonly schema?: JsonObject }
  /** Whether the request's `include` has this value. */
  readonly includes: (value: string) => boolean
  readonly thinks?: { readonly effort: string; readonly summary: boolean }
}
