export interface ProviderProfile {
  readonly name: string
  /** Absent for self-hosted software: the user has to give one. */
  readonly baseUrl?: string
  /** In the order of preference; the first is used unless a target says otherwise. */
  readonly auth: readonly AuthScheme[]
  /** Name of the environment variable that holds the key, never a key. */
  readonly keyEnv: string
  readonly models: { readonly text?: string; readonly vision?: string }
  readonly limits: { readonly concurrency: number; readonly deadlineMs: number }
}

export interface AuthScheme {
  readonly header: string
  /** Text before the key, with its space: `Bearer `. */
  readonly prefix: string
}
