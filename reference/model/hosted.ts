// Tools that the provider runs itself, simulated: what each leaves behind as items.

import type { Seen } from './context.ts'
import type { Callable, Draft, Part, Wish } from './draft.ts'

export interface HostedRun {
  readonly before: readonly Draft[]
  /** What the tools' results make of the answer. */
  readonly answer?: Part
  /** The turn ends here, for the client to act. */
  readonly waits: boolean
}

export function runHosted(_calls: readonly Callable[], _seen: Seen, _wish: Wish): HostedRun {
  return { before: [], waits: false }
}
