// Stores responses, conversations and files for each account apart. Bounded: the oldest entries go first.

import type { JsonObject } from '../src/types/index.ts'

export interface BackgroundRun {
  readonly startedAt: number
  /** Milliseconds after the start at which it is finished. */
  readonly endsAfter: number
  readonly cancelled: AbortController
  /** Milliseconds after the start; set by `cancel`. */
  cancelledAfter?: number
}

export type StoredItem = JsonObject & { readonly type: string; readonly id: string }

export interface StoredResponse {
  readonly response: JsonObject
  /** Everything the model saw as items: earlier turns, then this request's input. */
  readonly context: readonly StoredItem[]
  /** The events as they are streamed: of background runs that asked for them. */
  readonly events?: readonly JsonObject[]
  readonly run?: BackgroundRun
  /** Kept for its background run only. */
  readonly temporary?: boolean
}

export interface Conversation {
  readonly id: string
  readonly createdAt: number
  metadata: JsonObject
  items: readonly StoredItem[]
}

export interface StoredFile {
  readonly object: JsonObject
  readonly bytes: Uint8Array
  readonly filename: string
  readonly mediaType: string
}

export interface Account {
  readonly name: string
  readonly responses: Shelf<StoredResponse>
  readonly conversations: Shelf<Conversation>
  readonly files: Shelf<StoredFile>
  readonly items: Shelf<StoredItem>
}

interface Shelf<Kept> {
  get(id: string): Kept | undefined
  /** `bytes` is a rough weight. */
  put(id: string, kept: Kept, bytes: number): void
  drop(id: string): boolean
}

const LIMIT = { entries: 4000, bytes: 96 * 1024 * 1024 }

export function openAccount(name: string): Account {
  return {
    name,
    responses: openShelf(),
    conversations: openShelf(),
    files: openShelf(),
    items: openShelf(),
  }
}

function openShelf<Kept>(): Shelf<Kept> {
  const kept = new Map<string, { readonly value: Kept; readonly bytes: number }>()
  let total = 0
  const drop = (id: string): boolean => {
    total -= kept.get(id)?.bytes ?? 0
    return kept.delete(id)
  }
  return {
    get: (id) => kept.get(id)?.value,
    drop,
    put(id, value, bytes) {
      drop(id)
      kept.set(id, { value, bytes })
      total += bytes
      for (const [oldest] of kept) {
        if (kept.size <= LIMIT.entries && total <= LIMIT.bytes) break
        if (oldest !== id) drop(oldest)
      }
    },
  }
}
