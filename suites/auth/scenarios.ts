import { defineScenario, idOf } from '../../src/define.ts'
import type { Exchange, Kit, Operation, WireRequest } from '../../src/types.ts'

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

function about(
  of: Exchange,
  operation: Operation,
  method: WireRequest['method'],
  credential: WireRequest['credential'],
  rest = '',
): WireRequest {
  const path = `/responses/${encodeURIComponent(idOf(of))}${rest}`
  return { operation, method, path, ...(credential === undefined ? {} : { credential }) }
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
      request: (kit) => about(kit.prior('create'), 'retrieve', 'GET', 'wrong'),
      expect: 'refusal',
    },
    items: {
      request: (kit) => about(kit.prior('create'), 'input-items', 'GET', 'wrong', '/input_items'),
      expect: 'refusal',
    },
    cancel: {
      request: (kit) => about(kit.prior('create'), 'cancel', 'POST', 'wrong', '/cancel'),
      expect: 'refusal',
    },
    remove: {
      request: (kit) => about(kit.prior('create'), 'delete', 'DELETE', 'wrong'),
      expect: 'refusal',
    },
  },
})

export const tenants = defineScenario<'create' | 'retrieve' | 'next' | 'remove' | 'again'>({
  id: 'auth/tenants',
  title: 'A response stored with one key, asked for with another',
  hinges: ['operation retrieve'],
  tier: 'feature',
  needs: ['key', 'second-key'],
  steps: {
    create: { request: (kit) => kit.ask(READY, { store: true }), expect: 'success' },
    retrieve: {
      request: (kit) => about(kit.prior('create'), 'retrieve', 'GET', 'second'),
      expect: 'refusal',
    },
    next: {
      request: (kit) => ({
        ...kit.ask(READY, { previous_response_id: idOf(kit.prior('create')) }),
        credential: 'second',
      }),
      expect: 'refusal',
    },
    remove: {
      request: (kit) => about(kit.prior('create'), 'delete', 'DELETE', 'second'),
      expect: 'refusal',
    },
    again: {
      request: (kit) => about(kit.prior('create'), 'retrieve', 'GET', undefined),
      expect: 'either',
    },
  },
})
