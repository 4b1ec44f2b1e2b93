// One client against one wrong provider: what came of it, compared with what comes of the right one.

import { isDeepStrictEqual } from 'node:util'
import { startReference, type Reference } from '../../reference/main.ts'
import type { ToldResult } from '../../src/drivers/judge-told-value.ts'
import { startClient } from '../../src/drivers/start-client.ts'
import type { Effect } from '../../src/clients/measured-impact.ts'
import { isObject } from '../../src/base/json.ts'
import type { Dialect, Json, Reply, Mutation, WireAction } from '../../src/types/index.ts'

const KEY = 'reference-key-of-a-real-client'
const LIMIT_MS = 4_000
/** No flow asks more often than this when all is well. */
const REQUESTS = 12
/** What a client may lose and still do its work. */
const METERING: readonly string[] = ['usage', 'finish', 'status']
/** Flows that need more than `POST /responses`, and more time. */
export const STATE: readonly string[] = [
  'kept',
  'background',
  'cancel',
  'resume',
  'replay',
  'count',
]

export interface MeasuredTrial {
  readonly effect: Effect
  readonly says?: string
}

interface Trier {
  readonly client: string
  /** Whether even the plainest question gets no answer, at once or streamed. */
  refusesAll(mutation: Mutation): Promise<boolean>
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
  const watch = watchOf(reference)
  const client = await startClient(name, { key, model, trusted: true })
  const flows = client.flows
  const baseline = new Map<string, ToldResult>()

  /** A busy machine hangs once, a client twice. */
  async function perform(flow: string, base: string, again = true): Promise<ToldResult | 'loops'> {
    const looping = watch.begin()
    const limit = LIMIT_MS * client.slowness * (base === elsewhere ? 4 : 1)
    const told = await Promise.race([client.do(flow, base, limit), looping])
    if (told === 'loops') client.stop()
    else if ('broken' in told) throw told.broken
    else if ('skipped' in told) throw new Error(`${name} skips ${flow}: ${told.skipped}`)
    return again && told !== 'loops' && 'hung' in told ? perform(flow, base, false) : told
  }

  for (const flow of flows) {
    const told = await perform(flow, reference.url)
    if (told === 'loops' || !('value' in told)) {
      throw new Error(`${name} cannot do ${flow} with the right provider: ${JSON.stringify(told)}`)
    }
    baseline.set(flow, told)
  }

  return {
    client: name,
    async refusesAll(mutation) {
      reference.mutate(mutation)
      const statuses = await Promise.all(
        [false, true].map((stream) => plain(reference.url, stream)),
      )
      reference.mutate(undefined)
      return statuses.some((status) => status >= 400)
    },
    async attempt(mutation, withState) {
      const effects: Record<string, MeasuredTrial> = {}
      let met = elsewhere !== undefined
      for (const [index, flow] of flows.entries()) {
        if (STATE.includes(flow) && !withState) continue
        // Programs are slow: what their first two flows did not meet is not looked for in others.
        if (client.slowness > 1 && !met && index >= 2) continue
        watch.use(mutation)
        const told = await perform(flow, url)
        watch.use(undefined)
        if (!watch.fired() && elsewhere === undefined) continue
        met = true
        effects[flow] = judge(told, baseline.get(flow)!)
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

/** Sees whether a sabotage changes anything, and whether a client asks without end. */
function watchOf(reference: Reference): {
  begin(): Promise<'loops'>
  use(mutation: Mutation | undefined): void
  fired(): boolean
} {
  let fired = false
  let requests = 0
  let tell: (value: 'loops') => void = () => undefined
  return {
    begin() {
      requests = 0
      return new Promise((resolve) => (tell = resolve))
    },
    fired: () => fired,
    use(mutation) {
      if (mutation === undefined) return reference.mutate(counting())
      fired = false
      const { request, reply, wire } = mutation
      reference.mutate({
        request(heard) {
          count()
          const changed = request?.(heard) ?? heard
          if (changed.text !== heard.text || changed.path !== heard.path) fired = true
          if (!isDeepStrictEqual(changed.headers, heard.headers)) fired = true
          return changed
        },
        ...(reply === undefined
          ? {}
          : {
              reply(right, heard) {
                const changed = reply(right, heard)
                if (!isDeepStrictEqual(changed, right)) fired = true
                return changed
              },
            }),
        ...(wire === undefined
          ? {}
          : {
              wire(actions: readonly WireAction[], given: Reply) {
                const changed = wire(actions, given)
                if (!isDeepStrictEqual(changed, actions)) fired = true
                return changed
              },
            }),
      })
    },
  }

  function counting(): Mutation {
    return {
      request(heard) {
        count()
        return heard
      },
    }
  }

  function count(): void {
    if (++requests > REQUESTS) tell('loops')
  }
}
