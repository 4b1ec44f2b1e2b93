export interface ProviderProfile {
  readonly name: string
  /** Absent for self-hosted software: the user has to give one. */
  readonly baseUrl?: string
  /** In the order of preference; the first is used unless a target says otherwise. */
  readonly auth: readonly AuthScheme[]
  /** Name of the environment variable that holds the key, never a key; absent where the documents name none. */
  readonly keyEnv?: string
  /** Sent with every request: required query parameters such as `api-version`. */
  readonly query?: Readonly<Record<string, string>>
  readonly models: { readonly text?: string; readonly vision?: string }
  readonly limits: { readonly concurrency: number; readonly deadlineMs: number }
}

export interface AuthScheme {
  /** The name of the header; with `form: query` the name of the query parameter. */
  readonly header: string
  /** Text before the key, with its space: `Bearer `. */
  readonly prefix: string
  /**
   * `basic`: the variable holds `user:password`, which is sent in base64. `query`: the key stands in
   * the address. Absent: the key as it is, in the header.
   */
  readonly form?: 'basic' | 'query'
}
