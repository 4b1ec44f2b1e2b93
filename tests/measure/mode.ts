// Which flows of a client belong to which of its modes.

import { worst, type Effect, type Measured } from '../../src/clients/impact.ts'
import { profileOf, type Mode } from '../../src/clients/profile.ts'

const STREAMED: readonly string[] = ['iterate', 'stream', 'stream-tools', 'stream-structured']

/** What a client made of a fault in one mode. */
export function modeOf(client: string, measured: Measured | undefined, mode: Mode): Effect {
  const flows = Object.entries(measured?.flows ?? {})
  return worst(
    flows.filter(([flow]) => modeOfFlow(client, flow) === mode).map(([, effect]) => effect),
  )
}

/** Some clients know nothing but streams. */
export function modeOfFlow(client: string, flow: string): Mode {
  const [only, ...others] = Object.keys(profileOf(client)?.modes ?? {}) as Mode[]
  if (only !== undefined && others.length === 0) return only
  return STREAMED.includes(flow) ? 'stream' : 'json'
}
