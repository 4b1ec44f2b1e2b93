/** A claim about the client programs that a failing check breaks; measured, see `specs/clients`. */
export interface ClientImpact {
  readonly client: string
  readonly effect: 'degraded' | 'wrong' | 'throws' | 'hangs' | 'loops'
}

/** Whether one client program works with one target: derived from checks alone. */
export interface Readiness {
  readonly target: string
  /** The id of a profile of `specs/clients`. */
  readonly client: string
  readonly name: string
  readonly version: string
  /** `unknown` without live or recorded evidence, always. */
  readonly answer: 'works' | 'limited' | 'breaks' | 'unknown'
  /** Plain sentences; empty only where it works. */
  readonly reasons: readonly string[]
  /** What it is used for, one by one; absent where nothing can be said. */
  readonly flows?: readonly FlowAnswer[]
  /** Lines of its configuration with which its request was accepted, and without them refused. */
  readonly settings?: readonly string[]
  /** The client itself was run in all its flows. */
  readonly isMeasured?: true
}

export interface FlowAnswer {
  /** `stream-tools` */
  readonly flow: string
  /** The same in words: `its tool loop`. */
  readonly what: string
  readonly mode: 'json' | 'stream'
  readonly answer: 'works' | 'breaks' | 'unknown'
  /** What breaks, is not known, or was lost. */
  readonly reason?: string
  /** The client itself was run. */
  readonly isMeasured?: true
}
