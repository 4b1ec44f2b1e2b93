// Which flows of a client belong to which of its modes.

import type { Mode } from '../../src/clients/profile.ts'
import { worst, type Effect, type Measured } from '../../src/clients/impact.ts'

const STREAMED: readonly string[] = ['iterate', 'stream', 'stream-tools', 'stream-structured']

/** What a client made of a fault in one mode. */
export function modeOf(client: string, measured: Measured | undefined, mode: Mode): Effect {
  const flows = Object.entries(measured?.flows ?? {})
  return worst(
    flows.filter(([flow]) => modeOfFlow(client, flow) === mode).map(([, effect]) => effect),
  )
}

/** Codex knows nothing but streams. */
export function modeOfFlow(client: string, flow: string): Mode {
  return client === 'codex' || STREAMED.includes(flow) ? 'stream' : 'json'
}
