import type { Json, JsonObject } from './json.ts'

export type Operation =
  | 'create'
  | 'retrieve'
  | 'delete'
  | 'cancel'
  | 'input-items'
  | 'input-tokens'
  | 'compact'
  | 'create-conversation'
  | 'retrieve-conversation'
  | 'update-conversation'
  | 'delete-conversation'
  | 'create-conversation-items'
  | 'list-conversation-items'
  | 'retrieve-conversation-item'
  | 'delete-conversation-item'
  | 'list-models'
  | 'upload-file'
  | 'unknown'

/** One request, without a key: the sender adds the credential. */
export interface WireRequest {
  readonly operation: Operation
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH'
  /** Below the base URL, percent-encoded: `/responses/resp_1`. */
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
  readonly headers?: Readonly<Record<string, string>>
  readonly credential?: 'first' | 'second' | 'none' | 'wrong'
  /** Name of the header that carries the key, where a provider documents several; the first unless given. */
  readonly keyHeader?: string
  readonly body?: RequestBody
  readonly transport?: 'http' | 'websocket'
  /** Ask again until the JSON value at a pointer is one of these, at most for `limitMs`. */
  readonly repeatUntil?: {
    readonly at: string
    readonly oneOf: readonly Json[]
    readonly everyMs: number
    readonly limitMs: number
  }
  /** Close the connection after so many stream events. */
  readonly abortAfter?: number
  /** WebSocket turns with the same name share a connection within their scenario; `main` unless given. */
  readonly connection?: string
}

export type RequestBody =
  | { readonly json: JsonObject }
  /** Bytes as they are, for malformed bodies. */
  | { readonly raw: string; readonly contentType: string }
  | { readonly multipart: readonly MultipartField[] }

export interface MultipartField {
  readonly name: string
  readonly value: string
  readonly filename?: string
  readonly contentType?: string
}
