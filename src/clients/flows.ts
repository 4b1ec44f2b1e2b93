// What a client is used for: its flows, and the turns that each of them takes.

import type { ClientImpact } from '../types/index.ts'
import { loadImpact } from './measured-impact.ts'
import type { ClientProfile, Mode } from './profile.ts'
import type { Turn } from './requests.ts'

/** The turns of each flow, in order. Each flow is one of the driver's as well. */
export const FLOW_TURNS: Readonly<Record<string, readonly Turn[]>> = {
  text: ['text'],
  stream: ['text'],
  /** A stream read event by event, without the client's own merging. */
  iterate: ['text'],
  tools: ['tools', 'results'],
  'stream-tools': ['tools', 'results'],
  structured: ['object'],
  'stream-structured': ['object'],
  'multi-turn': ['text', 'again', 'object'],
}

export interface ClientFlow {
  readonly id: string
  readonly mode: Mode
  readonly turns: readonly Turn[]
  /** The needs of the mode that were seen to count in this flow, and what becomes of it without. */
  readonly needs: Readonly<Record<string, ClientImpact['effect']>>
}

/** The flows of a client, the most important first. */
export function flowsOfClient(profile: ClientProfile): readonly ClientFlow[] {
  return (Object.keys(profile.modes) as Mode[])
    .flatMap((mode) => flowsOfMode(profile, mode))
    .toSorted((a, b) => weightOf(a.id) - weightOf(b.id))
}

function flowsOfMode(profile: ClientProfile, mode: Mode): readonly ClientFlow[] {
  const { flows, needs } = profile.modes[mode]!
  return flows.map((id) => ({
    id,
    mode,
    turns: FLOW_TURNS[id] ?? [],
    needs: Object.fromEntries(
      Object.keys(needs).flatMap((need) => {
        const effect = loadImpact().needs[need]?.[profile.id]?.flows?.[id]
        return effect === undefined || effect === 'works' ? [] : [[need, effect]]
      }),
    ),
  }))
}

const weightOf = (flow: string): number => Object.keys(FLOW_TURNS).indexOf(flow)

const WORDS: Readonly<Record<string, string>> = {
  text: 'text',
  stream: 'streamed text',
  iterate: 'streamed events',
  tools: 'tools',
  'stream-tools': 'streamed tools',
  structured: 'structured answers',
  'stream-structured': 'streamed structured answers',
  'multi-turn': 'several turns',
}
/** Of a client that never asks without tools. */
const AGENT_WORDS: Readonly<Record<string, string>> = {
  stream: 'a plain question',
  'stream-tools': 'its tool loop',
}

/** A flow in words. */
export function describeFlow(
  { toolsAlways }: Pick<ClientProfile, 'toolsAlways'>,
  flow: string,
): string {
  return (toolsAlways === true ? AGENT_WORDS[flow] : undefined) ?? WORDS[flow] ?? flow
}
