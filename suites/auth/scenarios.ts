import { ASK_WORD, plant } from '../../src/authoring/code-word.ts'
import { defineScenario, idOf } from '../../src/authoring/define.ts'
import type { Kit, WireRequest } from '../../src/types/index.ts'
import { cancel, inputItems, remove, retrieve } from '../common/requests.ts'
import { HEARD } from '../stateful/scenarios.ts'

const READY = 'Reply with the single word: ready.'

function ready(kit: Kit, more: Partial<WireRequest>, stream = false): WireRequest {
  return { ...kit.ask(READY, stream ? { stream } : {}), ...more }
}

export const keys = defineScenario<'none' | 'wrong' | 'streamed'>({
  id: 'auth/keys',
  title: 'Requests without a key and with a wrong one',
  hinges: [],
  tier: 'core',
  needs: ['key'],
  steps: {
    none: { request: (kit) => ready(kit, { credential: 'none' }), expect: 'refusal' },
    wrong: { request: (kit) => ready(kit, { credential: 'wrong' }), expect: 'refusal' },
    streamed: { request: (kit) => ready(kit, { credential: 'wrong' }, true), expect: 'refusal' },
  },
})

/** The same request with another key. */
function withKey(credential: 'wrong' | 'second', request: WireRequest): WireRequest {
  return { ...request, credential }
}

export const stored = defineScenario<'create' | 'retrieve' | 'items' | 'cancel' | 'remove'>({
  id: 'auth/stored',
  title: 'A stored response, asked for with a wrong key',
  hinges: ['operation retrieve'],
  tier: 'feature',
  needs: ['expensive', 'key'],
  steps: {
    create: { request: (kit) => kit.ask(READY, { store: true }), expect: 'success' },
    retrieve: {
      request: (kit) => withKey('wrong', retrieve(kit.prior('create'))),
      expect: 'refusal',
    },
    items: {
      request: (kit) => withKey('wrong', inputItems(kit.prior('create'))),
      expect: 'refusal',
    },
    cancel: {
      request: (kit) => withKey('wrong', cancel(kit.prior('create'))),
      expect: 'refusal',
    },
    remove: {
      request: (kit) => withKey('wrong', remove(kit.prior('create'))),
      expect: 'refusal',
    },
  },
})

/** Asks for the word of the stored response, which no value of this request gives away. */
function continued(kit: Kit<'create'>): WireRequest {
  return kit.ask(ASK_WORD, { previous_response_id: idOf(kit.prior('create')) })
}

export const tenants = defineScenario<
  'create' | 'owner' | 'retrieve' | 'next' | 'remove' | 'again'
>({
  id: 'auth/tenants',
  title: 'A response stored with one key, asked for with another',
  hinges: ['operation retrieve'],
  tier: 'feature',
  needs: ['key', 'second-key'],
  fresh: true,
  steps: {
    create: {
      request: (kit) => kit.ask(`${plant(kit.nonce)} ${READY}`, { store: true }),
      expect: 'success',
    },
    owner: { request: (kit) => continued(kit), expect: 'either', rests: HEARD },
    retrieve: {
      request: (kit) => withKey('second', retrieve(kit.prior('create'))),
      expect: 'either',
    },
    next: {
      request: (kit) => withKey('second', continued(kit)),
      expect: 'either',
      rests: HEARD,
    },
    remove: {
      request: (kit) => withKey('second', remove(kit.prior('create'))),
      expect: 'either',
    },
    again: {
      request: (kit) => retrieve(kit.prior('create')),
      expect: 'either',
    },
  },
})
