// Which flows of a client belong to which of its modes.

import {
  worstEffectOf,
  type Effect,
  type MeasuredEffect,
} from '../../src/clients/measured-impact.ts'
import { clientProfileOf, type Mode } from '../../src/clients/profile.ts'

const STREAMED: readonly string[] = ['iterate', 'stream', 'stream-tools', 'stream-structured']

/** What a client made of a fault in one mode. */
export function modeOf(client: string, measured: MeasuredEffect | undefined, mode: Mode): Effect {
  const flows = Object.entries(measured?.flows ?? {})
  return worstEffectOf(
    flows.filter(([flow]) => modeOfFlow(client, flow) === mode).map(([, effect]) => effect),
  )
}

/** Some clients know nothing but streams. */
export function modeOfFlow(client: string, flow: string): Mode {
  const [only, ...others] = Object.keys(clientProfileOf(client)?.modes ?? {}) as Mode[]
  if (only !== undefined && others.length === 0) return only
  return STREAMED.includes(flow) ? 'stream' : 'json'
}
