// All that reaches one target.

import type { Redactor } from '../target/redact.ts'
import type { Target } from '../target/target-and-keys.ts'
import { createSender, type Sender } from './http.ts'
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts'
import { createSockets, type Sockets } from './websocket.ts'

export interface Line {
  readonly sender: Sender
  /** Connections for the WebSocket turns of one scenario. */
  readonly openSockets: () => Sockets
  readonly limiter: RateLimiter
}

/** `limiter`: one that other targets of the same provider share. */
export function openLine(
  target: Target,
  redactor: Redactor,
  limiter: RateLimiter = createRateLimiter(target.limits),
): Line {
  return {
    sender: createSender(target, redactor),
    openSockets: () => createSockets(target, redactor),
    limiter,
  }
}
