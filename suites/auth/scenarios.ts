import { ASK_WORD, plantWord } from '../../src/authoring/code-word.ts'
import { defineScenario, idOf } from '../../src/authoring/define.ts'
import type { RequestBuilder, WireRequest } from '../../src/types/index.ts'
import { buildCancel, buildInputItems, buildDelete, buildRetrieve } from '../common/requests.ts'
import { HEARD_CHECK, buildStreamedTurn } from '../stateful/scenarios.ts'

const READY = 'Reply with the single word: ready.'

function ready(builder: RequestBuilder, more: Partial<WireRequest>, stream = false): WireRequest {
  return { ...builder.createRequest(READY, stream ? { stream } : {}), ...more }
}

export const keysScenario = defineScenario<'none' | 'wrong' | 'streamed'>({
  id: 'auth/keys',
  title: 'Requests without a key and with a wrong one',
  apiPaths: [],
  tier: 'core',
  needs: ['key'],
  steps: {
    none: { request: (builder) => ready(builder, { credential: 'none' }), expect: 'refusal' },
    wrong: { request: (builder) => ready(builder, { credential: 'wrong' }), expect: 'refusal' },
    streamed: {
      request: (builder) => ready(builder, { credential: 'wrong' }, true),
      expect: 'refusal',
    },
  },
})

/** The same request with another key. */
function withKey(credential: 'wrong' | 'second', request: WireRequest): WireRequest {
  return { ...request, credential }
}

export const storedAccessScenario = defineScenario<
  'create' | 'wrong' | 'retrieve' | 'items' | 'cancel' | 'remove'
>({
  id: 'auth/stored',
  title: 'A stored response, asked for with a wrong key',
  apiPaths: ['operation retrieve'],
  tier: 'feature',
  needs: ['key'],
  steps: {
    create: {
      request: (builder) => builder.createRequest(READY, { store: true }),
      expect: 'success',
    },
    wrong: { request: (builder) => ready(builder, { credential: 'wrong' }), expect: 'refusal' },
    retrieve: {
      request: (builder) => withKey('wrong', buildRetrieve(builder.prior('create'))),
      expect: 'refusal',
    },
    items: {
      request: (builder) => withKey('wrong', buildInputItems(builder.prior('create'))),
      expect: 'refusal',
    },
    cancel: {
      request: (builder) => withKey('wrong', buildCancel(builder.prior('create'))),
      expect: 'refusal',
    },
    remove: {
      request: (builder) => withKey('wrong', buildDelete(builder.prior('create'))),
      expect: 'refusal',
    },
  },
})

/** Asks for the word of the stored response, which no value of this request gives away. */
function continued(builder: RequestBuilder<'create'>): WireRequest {
  return builder.createRequest(ASK_WORD, { previous_response_id: idOf(builder.prior('create')) })
}

/** The control of the scenarios that follow: what another key hears of a response that is stored and no more. */
const plainStranger = {
  plain: {
    request: (builder: RequestBuilder) => builder.createRequest(READY, { store: true }),
    expect: 'success',
  },
  control: {
    request: (builder: RequestBuilder<'plain'>) =>
      withKey('second', buildRetrieve(builder.prior('plain'))),
    expect: 'either',
  },
  owned: {
    request: (builder: RequestBuilder<'plain'>) => buildRetrieve(builder.prior('plain')),
    expect: 'either',
  },
} as const

export const streamedTenantsScenario = defineScenario<
  'plain' | 'control' | 'owned' | 'stream' | 'retrieve' | 'again'
>({
  id: 'auth/tenants-streamed',
  title: 'A streamed response, asked for with another key',
  apiPaths: ['request /stream = true', 'operation retrieve'],
  tier: 'feature',
  needs: ['key', 'second-key'],
  steps: {
    ...plainStranger,
    stream: { request: buildStreamedTurn, expect: 'success' },
    retrieve: {
      request: (builder) => withKey('second', buildRetrieve(builder.prior('stream'))),
      expect: 'either',
    },
    again: { request: (builder) => buildRetrieve(builder.prior('stream')), expect: 'either' },
  },
})

export const backgroundTenantsScenario = defineScenario<
  'plain' | 'control' | 'owned' | 'start' | 'retrieve' | 'cancel' | 'again'
>({
  id: 'auth/tenants-background',
  title: 'A background run, asked for and cancelled with another key',
  apiPaths: ['request /background = true', 'operation retrieve'],
  tier: 'feature',
  needs: ['key', 'second-key'],
  steps: {
    ...plainStranger,
    start: {
      request: (builder) => builder.createRequest(READY, { background: true, store: true }),
      expect: 'success',
    },
    retrieve: {
      request: (builder) => withKey('second', buildRetrieve(builder.prior('start'))),
      expect: 'either',
    },
    cancel: {
      request: (builder) => withKey('second', buildCancel(builder.prior('start'))),
      expect: 'either',
    },
    again: { request: (builder) => buildRetrieve(builder.prior('start')), expect: 'either' },
  },
})

export const tenantsScenario = defineScenario<
  'create' | 'owner' | 'retrieve' | 'next' | 'remove' | 'again'
>({
  id: 'auth/tenants',
  title: 'A response stored with one key, asked for with another',
  apiPaths: ['operation retrieve'],
  tier: 'feature',
  needs: ['key', 'second-key'],
  fresh: true,
  steps: {
    create: {
      request: (builder) =>
        builder.createRequest(`${plantWord(builder.nonce)} ${READY}`, { store: true }),
      expect: 'success',
    },
    owner: { request: (builder) => continued(builder), expect: 'either', rests: HEARD_CHECK },
    retrieve: {
      request: (builder) => withKey('second', buildRetrieve(builder.prior('create'))),
      expect: 'either',
    },
    next: {
      request: (builder) => withKey('second', continued(builder)),
      expect: 'either',
      rests: HEARD_CHECK,
    },
    remove: {
      request: (builder) => withKey('second', buildDelete(builder.prior('create'))),
      expect: 'either',
    },
    again: {
      request: (builder) => buildRetrieve(builder.prior('create')),
      expect: 'either',
    },
  },
})
