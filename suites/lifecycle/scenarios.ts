import { defineScenario, idOf, needed } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { variantOf } from '../../src/authoring/code-word.ts'
import type { Exchange, RequestBuilder, WireRequest } from '../../src/types/index.ts'
import { buildCancel, buildInputItems, buildDelete, buildRetrieve } from '../common/requests.ts'
import { HEARD_CHECK, buildStreamedTurn } from '../stateful/scenarios.ts'

const READY = 'Reply with the single word: ready.'

/** An id of the right form that nobody has given out. */
function madeUp(builder: RequestBuilder): string {
  return `resp_${builder.nonce.replaceAll('-', '').toLowerCase()}`
}

export const storedScenario = defineScenario<
  'create' | 'again' | 'cancelled' | 'unstored' | 'unstoredAgain' | 'unstoredNext' | 'bracketed'
>({
  id: 'lifecycle/stored',
  title: 'A response that is stored by default, and one that must not be',
  apiPaths: ['operation retrieve'],
  tier: 'core',
  steps: {
    create: {
      request: (builder) => builder.createRequest(READY, { metadata: { run: builder.nonce } }),
      expect: 'success',
    },
    again: { request: (builder) => buildRetrieve(builder.prior('create')), expect: 'success' },
    cancelled: { request: (builder) => buildCancel(builder.prior('create')), expect: 'refusal' },
    unstored: {
      request: (builder) =>
        builder.createRequest(READY, { metadata: { run: builder.nonce }, store: false }),
      expect: 'success',
    },
    unstoredAgain: {
      request: (builder) => buildRetrieve(builder.prior('unstored')),
      expect: 'refusal',
    },
    unstoredNext: {
      request: (builder) =>
        builder.createRequest(READY, { previous_response_id: idOf(builder.prior('unstored')) }),
      expect: 'refusal',
      rests: HEARD_CHECK,
    },
    bracketed: {
      request: (builder) =>
        buildRetrieve(builder.prior('create'), [['include[]', 'message.output_text.logprobs']]),
      expect: 'either',
    },
  },
})

export const storedStreamScenario = defineScenario<'stream' | 'again'>({
  id: 'lifecycle/streamed',
  title: 'A streamed response, retrieved',
  apiPaths: ['request /stream = true', 'operation retrieve'],
  tier: 'core',
  steps: {
    stream: { request: buildStreamedTurn, expect: 'success' },
    again: { request: (builder) => buildRetrieve(builder.prior('stream')), expect: 'success' },
  },
})

export const deletedScenario = defineScenario<
  'create' | 'remove' | 'again' | 'removeAgain' | 'items' | 'next'
>({
  id: 'lifecycle/deleted',
  title: 'A response that is deleted, and then asked for',
  apiPaths: ['operation delete'],
  tier: 'core',
  steps: {
    create: {
      request: (builder) => builder.createRequest(READY, { store: true }),
      expect: 'success',
    },
    // An empty body is a legal answer, so that the status alone decides.
    remove: { request: (builder) => buildDelete(builder.prior('create')), expect: 'either' },
    again: { request: (builder) => buildRetrieve(builder.prior('create')), expect: 'refusal' },
    removeAgain: { request: (builder) => buildDelete(builder.prior('create')), expect: 'refusal' },
    items: { request: (builder) => buildInputItems(builder.prior('create')), expect: 'refusal' },
    next: {
      request: (builder) =>
        builder.createRequest(READY, { previous_response_id: idOf(builder.prior('create')) }),
      expect: 'refusal',
      rests: HEARD_CHECK,
    },
  },
})

/** What the messages of `listed` say, in order. */
export function toldWordsOf(nonce: string): readonly [string, string, string] {
  return [variantOf(nonce, 1), variantOf(nonce, 2), READY]
}

/** Three messages to be listed, for every scenario that lists: what is equal is sent once. */
function buildListed(builder: Pick<RequestBuilder, 'create' | 'message' | 'nonce'>): WireRequest {
  const [first, second, third] = toldWordsOf(builder.nonce)
  const input = [
    builder.message('user', first),
    builder.message('user', [{ type: 'input_text', text: second }]),
    builder.message('user', third),
  ]
  return builder.create({ input, store: true })
}

export const listedScenario = defineScenario<'create' | 'up' | 'firstPage' | 'secondPage'>({
  id: 'lifecycle/listed',
  title: 'The input items of a response, oldest first, and by default in pages',
  apiPaths: ['operation input-items'],
  tier: 'feature',
  steps: {
    create: { request: buildListed, expect: 'success' },
    up: {
      request: (builder) => buildInputItems(builder.prior('create'), [['order', 'asc']]),
      expect: 'success',
    },
    firstPage: {
      request: (builder) => buildInputItems(builder.prior('create'), [['limit', '2']]),
      expect: 'success',
    },
    secondPage: {
      request: (builder) =>
        buildInputItems(builder.prior('create'), [
          ['limit', '2'],
          ['after', lastId(builder.prior('firstPage'))],
        ]),
      expect: 'success',
    },
  },
})

export const limitedListScenario = defineScenario<'create' | 'limitZero' | 'limitTooHigh'>({
  id: 'lifecycle/limited',
  title: 'Input items, listed with limits that are out of range',
  apiPaths: ['operation input-items'],
  tier: 'feature',
  steps: {
    create: { request: buildListed, expect: 'success' },
    limitZero: {
      request: (builder) => buildInputItems(builder.prior('create'), [['limit', '0']]),
      expect: 'refusal',
    },
    limitTooHigh: {
      request: (builder) => buildInputItems(builder.prior('create'), [['limit', '101']]),
      expect: 'refusal',
    },
  },
})

function lastId({ body }: Exchange): string {
  const value = body.kind === 'json' ? body.value : undefined
  const list = field(value, '/data')
  const id = Array.isArray(list) ? field(list.at(-1), '/id') : undefined
  return String(needed(id, 'item with an id'))
}

export const unknownResponseScenario = defineScenario({
  id: 'lifecycle/unknown',
  title: 'An id that nobody has given out',
  apiPaths: ['operation retrieve'],
  tier: 'core',
  steps: {
    retrieve: { request: (builder) => buildRetrieve(madeUp(builder)), expect: 'refusal' },
    cancel: { request: (builder) => buildCancel(madeUp(builder)), expect: 'refusal' },
  },
})

export const modelsScenario = defineScenario({
  id: 'lifecycle/models',
  title: 'The list of models',
  apiPaths: ['operation list-models'],
  tier: 'feature',
  steps: {
    list: {
      request: () => ({ operation: 'list-models', method: 'GET', path: '/models' }),
      expect: 'success',
    },
  },
})
