// One client against one wrong provider: what came of it, compared with what comes of the right one.

import { isDeepStrictEqual } from 'node:util'
import { startReference } from '../../reference/main.ts'
import type { ToldResult } from '../../src/drivers/judge-told-value.ts'
import type { DriverHello } from '../../src/drivers/driver-messages.ts'
import { startClient } from '../../src/drivers/start-client.ts'
import type { Effect } from '../../src/clients/measured-impact.ts'
import { isObject } from '../../src/base/json.ts'
import type { Dialect, Json, Mutation } from '../../src/types/index.ts'
import { changesPassage, watchReference, type Passage } from './watch-reference.ts'

const KEY = 'reference-key-of-a-real-client'
const LIMIT_MS = 4_000
/** On a busy machine a virtual machine takes its time. */
const STARTING_MS = 120_000
/** How many times as long as at the right server a flow may take. */
const PATIENCE = 8
/** What a client may lose and still do its work. */
const METERING: readonly string[] = ['usage', 'finish', 'status']
/** Flows that need more than `POST /responses`, and more time. */
export const STATE: readonly string[] = [
  'conversation',
  'kept',
  'background',
  'cancel',
  'resume',
  'replay',
  'count',
]

/** A client that gets nothing done at the right provider in a dialect. */
export class NothingWorks extends Error {}

export interface MeasuredTrial {
  readonly effect: Effect
  readonly says?: string
}

/** A flow with the right provider. */
interface Baseline {
  readonly told: ToldResult
  readonly ms: number
  readonly passage: Passage
}

interface Trier {
  readonly client: string
  readonly hello: DriverHello
  /** Flows that it cannot do with the right provider either, and what it said: they accuse nobody. */
  readonly failed: readonly string[]
  /** Whether even the plainest question gets no answer, at once or streamed. */
  refusesAll(mutation: Mutation): Promise<boolean>
  /** Whether a sabotage changes anything of what passed at the right provider. */
  meets(mutation: Mutation): boolean
  /** Effects by flow, of the flows in which the sabotage changed anything at all. */
  attempt(mutation: Mutation, withState: boolean): Promise<Readonly<Record<string, MeasuredTrial>>>
  close(): Promise<void>
}

export async function openTrier(
  name: string,
  {
    dialect = 'openai',
    elsewhere,
    key = KEY,
    model = 'reference',
  }: { dialect?: Dialect; elsewhere?: string; key?: string; model?: string } = {},
): Promise<Trier> {
  const reference = await startReference({ dialect, keys: [key], model })
  const url = elsewhere ?? reference.url
  const watch = watchReference(reference)
  const client = await startClient(name, { key, model, trusted: true, startMs: STARTING_MS })
  const baseline = new Map<string, Baseline>()

  /** A busy machine hangs once, a client twice. */
  async function perform(flow: string, base: string, again = true): Promise<ToldResult | 'loops'> {
    const looping = watch.begin()
    const limit = Math.max(
      LIMIT_MS * client.slowness * (base === elsewhere ? 4 : 1),
      PATIENCE * (baseline.get(flow)?.ms ?? LIMIT_MS),
    )
    const told = await Promise.race([client.do(flow, base, limit), looping])
    if (told === 'loops') client.stop()
    else if ('broken' in told) throw told.broken
    else if ('skipped' in told) throw new Error(`${name} skips ${flow}: ${told.skipped}`)
    return again && told !== 'loops' && 'hung' in told ? perform(flow, base, false) : told
  }

  const failed: string[] = []
  for (const flow of client.flows) {
    // What is loaded on its first use makes the first time slow.
    await perform(flow, reference.url)
    const started = Date.now()
    const told = await perform(flow, reference.url)
    if (told === 'loops' || !('value' in told)) {
      failed.push(`${flow}: ${JSON.stringify(told)}`)
      continue
    }
    baseline.set(flow, { told, ms: Date.now() - started, passage: watch.passage() })
  }
  const flows = [...baseline.keys()]
  if (flows.length === 0) {
    client.end()
    await reference.close()
    throw new NothingWorks(`${name} can do nothing with the right provider: ${failed.join('; ')}`)
  }

  return {
    client: name,
    hello: client.hello,
    failed,
    async refusesAll(mutation) {
      watch.use(mutation)
      const statuses = await Promise.all(
        [false, true].map((stream) => plain(reference.url, stream)),
      )
      watch.use(undefined)
      return statuses.some((status) => status >= 400)
    },
    meets: (mutation) =>
      [...baseline.values()].some(({ passage }) => changesPassage(mutation, passage)),
    async attempt(mutation, withState) {
      const effects: Record<string, MeasuredTrial> = {}
      let met = elsewhere !== undefined
      for (const [index, flow] of flows.entries()) {
        if (STATE.includes(flow) && !withState) continue
        // Programs are slow: what their first two flows did not meet is not looked for in others.
        if (client.slowness > 2 && !met && index >= 2) continue
        if (elsewhere === undefined && !changesPassage(mutation, baseline.get(flow)!.passage))
          continue
        watch.use(mutation)
        const told = await perform(flow, url)
        watch.use(undefined)
        if (!watch.fired() && elsewhere === undefined) continue
        met = true
        const effect = judge(told, baseline.get(flow)!.told)
        // The reference knows only its own ids: what it refuses then is not the client's doing.
        if (effect.effect !== 'works' && watch.refusedOwnId()) continue
        effects[flow] = effect
      }
      return effects
    },
    async close() {
      client.end()
      await reference.close()
    },
  }
}

async function plain(url: string, stream: boolean): Promise<number> {
  const input = [{ type: 'message', role: 'user', content: 'Reply with exactly: yes' }]
  const answer = await fetch(`${url}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'reference', input, stream }),
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.status ?? 200
}

function judge(told: ToldResult | 'loops', right: ToldResult): MeasuredTrial {
  if (told === 'loops') return { effect: 'loops' }
  if ('hung' in told) return { effect: 'hangs' }
  if ('error' in told) {
    return { effect: 'throws', says: `${told.error.name}: ${told.error.message}`.slice(0, 300) }
  }
  if (!('value' in right)) return { effect: 'works' }
  if (isDeepStrictEqual(ordered(told.value), ordered(right.value))) return { effect: 'works' }
  const says = JSON.stringify(told.value).slice(0, 300)
  const same = isDeepStrictEqual(leaving(ordered(told.value)), leaving(ordered(right.value)))
  return { effect: same ? 'degraded' : 'wrong', says }
}

/** Parallel calls may come in any order, and so may what is told about them. */
function ordered(value: Json): Json {
  if (!isObject(value) || !Array.isArray(value['calls'])) return value
  const sorted = (list: readonly Json[]): Json =>
    list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'calls') return [key, sorted(inner as readonly Json[])]
      return [key, typeof inner === 'string' ? sorted(inner.split('\n')) : inner]
    }),
  )
}

function leaving(value: Json): Json {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !METERING.includes(key)))
}
