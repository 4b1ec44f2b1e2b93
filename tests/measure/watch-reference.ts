// Sees what passes at the reference while a client does one scenario: whether a mutant changes any of it, whether the
// client asks without end, and whether the reference refuses an id that the mutant itself had changed.

import { isDeepStrictEqual } from 'node:util'
import type { Reference } from '../../reference/main.ts'
import { isObject } from '../../src/base/json.ts'
import type { Json, Mutation, ReferenceRequest, Reply, WireAction } from '../../src/types/index.ts'

/** No flow asks more often than this when all is well. */
const REQUESTS = 12
/** Shorter ones stand in any text. */
const SHORTEST_ID = 4

/** What passed between a client and the right reference. */
export interface Passage {
  readonly requests: readonly ReferenceRequest[]
  readonly replies: readonly (readonly [Reply, ReferenceRequest])[]
  readonly wires: readonly (readonly [readonly WireAction[], Reply])[]
}

export interface PassageWatch {
  /** Forgets what passed; settles when the client asks without end. */
  begin(): Promise<'loops'>
  use(mutation: Mutation | undefined): void
  /** Whether the mutation changed anything since it is used. */
  fired(): boolean
  /** Whether the right reference refused a request that carries an id of the mutation's own making. */
  refusedOwnId(): boolean
  passage(): Passage
}

/** Whether a mutation would change any of it: if not, the client does not meet it. */
export function changesPassage(mutation: Mutation, { requests, replies, wires }: Passage): boolean {
  const { request, reply, wire } = mutation
  return (
    (request !== undefined && requests.some((heard) => isChanged(request(heard), heard))) ||
    (reply !== undefined &&
      replies.some(([right, heard]) => !isDeepStrictEqual(reply(right, heard), right))) ||
    (wire !== undefined &&
      wires.some(([actions, given]) => !isDeepStrictEqual(wire(actions, given), actions)))
  )
}

function isChanged(changed: ReferenceRequest, heard: ReferenceRequest): boolean {
  return (
    changed.text !== heard.text ||
    changed.path !== heard.path ||
    !isDeepStrictEqual(changed.headers, heard.headers)
  )
}

export function watchReference(reference: Reference): PassageWatch {
  let fired = false
  let refusedOwnId = false
  let asked = 0
  let tell: (value: 'loops') => void = () => undefined
  let passage = emptyPassage()
  let own = new Set<string>()
  let mutation: Mutation | undefined

  reference.mutate({
    request(heard) {
      if (++asked > REQUESTS) tell('loops')
      passage.requests.push(heard)
      const changed = mutation?.request?.(heard) ?? heard
      if (isChanged(changed, heard)) fired = true
      return changed
    },
    reply(right, heard) {
      passage.replies.push([right, heard])
      const said = `${heard.path} ${heard.text}`
      if (right.status >= 400 && [...own].some((id) => said.includes(id))) refusedOwnId = true
      const changed = mutation?.reply?.(right, heard) ?? right
      if (isDeepStrictEqual(changed, right)) return changed
      fired = true
      const known = idsOf(right)
      for (const id of idsOf(changed)) if (!known.has(id)) own.add(id)
      return changed
    },
    wire(actions, given) {
      passage.wires.push([actions, given])
      const changed = mutation?.wire?.(actions, given) ?? actions
      if (!isDeepStrictEqual(changed, actions)) fired = true
      return changed
    },
  })

  return {
    begin() {
      asked = 0
      passage = emptyPassage()
      own = new Set()
      return new Promise((resolve) => (tell = resolve))
    },
    use(next) {
      mutation = next
      if (next === undefined) return
      fired = false
      refusedOwnId = false
    },
    fired: () => fired,
    refusedOwnId: () => refusedOwnId,
    passage: () => passage,
  }
}

const emptyPassage = () => ({
  requests: [] as ReferenceRequest[],
  replies: [] as (readonly [Reply, ReferenceRequest])[],
  wires: [] as (readonly [readonly WireAction[], Reply])[],
})

function idsOf({ body }: Reply): Set<string> {
  const ids = new Set<string>()
  const collect = (value: Json): void => {
    if (Array.isArray(value)) value.forEach((inner: Json) => collect(inner))
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const isId = (key === 'id' || key.endsWith('_id')) && typeof inner === 'string'
        if (isId && inner.length >= SHORTEST_ID) ids.add(inner)
        else collect(inner)
      }
    }
  }
  if ('json' in body) collect(body.json)
  if ('events' in body) body.events.forEach((event) => collect(event))
  return ids
}
