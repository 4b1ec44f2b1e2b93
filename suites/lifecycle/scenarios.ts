import { defineScenario, idOf, needed } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { variant } from '../../src/authoring/code-word.ts'
import type { Exchange, Kit } from '../../src/types/index.ts'
import { cancel, inputItems, remove, retrieve } from '../common/requests.ts'
import { HEARD, streamedTurn } from '../stateful/scenarios.ts'

const READY = 'Reply with the single word: ready.'

/** An id of the right form that nobody has given out. */
function madeUp(kit: Kit): string {
  return `resp_${kit.nonce.replaceAll('-', '').toLowerCase()}`
}

export const stored = defineScenario<
  'create' | 'again' | 'cancelled' | 'unstored' | 'unstoredAgain' | 'unstoredNext' | 'bracketed'
>({
  id: 'lifecycle/stored',
  title: 'A response that is stored by default, and one that must not be',
  hinges: ['operation retrieve'],
  tier: 'core',
  steps: {
    create: {
      request: (kit) => kit.ask(READY, { metadata: { run: kit.nonce } }),
      expect: 'success',
    },
    again: { request: (kit) => retrieve(kit.prior('create')), expect: 'success' },
    cancelled: { request: (kit) => cancel(kit.prior('create')), expect: 'refusal' },
    unstored: {
      request: (kit) => kit.ask(READY, { metadata: { run: kit.nonce }, store: false }),
      expect: 'success',
    },
    unstoredAgain: { request: (kit) => retrieve(kit.prior('unstored')), expect: 'refusal' },
    unstoredNext: {
      request: (kit) => kit.ask(READY, { previous_response_id: idOf(kit.prior('unstored')) }),
      expect: 'refusal',
      rests: HEARD,
    },
    bracketed: {
      request: (kit) =>
        retrieve(kit.prior('create'), [['include[]', 'message.output_text.logprobs']]),
      expect: 'either',
    },
  },
})

export const streamed = defineScenario<'stream' | 'again'>({
  id: 'lifecycle/streamed',
  title: 'A streamed response, retrieved',
  hinges: ['request /stream = true', 'operation retrieve'],
  tier: 'core',
  steps: {
    stream: { request: streamedTurn, expect: 'success' },
    again: { request: (kit) => retrieve(kit.prior('stream')), expect: 'success' },
  },
})

export const deleted = defineScenario<
  'create' | 'remove' | 'again' | 'removeAgain' | 'items' | 'next'
>({
  id: 'lifecycle/deleted',
  title: 'A response that is deleted, and then asked for',
  hinges: ['operation delete'],
  tier: 'core',
  steps: {
    create: { request: (kit) => kit.ask(READY, { store: true }), expect: 'success' },
    // An empty body is a legal answer, so that the status alone decides.
    remove: { request: (kit) => remove(kit.prior('create')), expect: 'either' },
    again: { request: (kit) => retrieve(kit.prior('create')), expect: 'refusal' },
    removeAgain: { request: (kit) => remove(kit.prior('create')), expect: 'refusal' },
    items: { request: (kit) => inputItems(kit.prior('create')), expect: 'refusal' },
    next: {
      request: (kit) => kit.ask(READY, { previous_response_id: idOf(kit.prior('create')) }),
      expect: 'refusal',
      rests: HEARD,
    },
  },
})

/** What the messages of `listed` say, in order. */
export function told(nonce: string): readonly [string, string, string] {
  return [variant(nonce, 1), variant(nonce, 2), READY]
}

export const listed = defineScenario<'create' | 'up' | 'firstPage' | 'secondPage'>({
  id: 'lifecycle/listed',
  title: 'The input items of a response, oldest first, and by default in pages',
  hinges: ['operation input-items'],
  tier: 'feature',
  steps: {
    create: {
      request(kit) {
        const [first, second, third] = told(kit.nonce)
        const input = [
          kit.message('user', first),
          kit.message('user', [{ type: 'input_text', text: second }]),
          kit.message('user', third),
        ]
        return kit.create({ input, store: true })
      },
      expect: 'success',
    },
    up: {
      request: (kit) => inputItems(kit.prior('create'), [['order', 'asc']]),
      expect: 'success',
    },
    firstPage: {
      request: (kit) => inputItems(kit.prior('create'), [['limit', '2']]),
      expect: 'success',
    },
    secondPage: {
      request: (kit) =>
        inputItems(kit.prior('create'), [
          ['limit', '2'],
          ['after', lastId(kit.prior('firstPage'))],
        ]),
      expect: 'success',
    },
  },
})

export const limited = defineScenario<'create' | 'limitZero' | 'limitTooHigh'>({
  id: 'lifecycle/limited',
  title: 'Input items, listed with limits that are out of range',
  hinges: ['operation input-items'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    create: { request: (kit) => kit.ask(READY, { store: true }), expect: 'success' },
    limitZero: {
      request: (kit) => inputItems(kit.prior('create'), [['limit', '0']]),
      expect: 'refusal',
    },
    limitTooHigh: {
      request: (kit) => inputItems(kit.prior('create'), [['limit', '101']]),
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

export const unknown = defineScenario({
  id: 'lifecycle/unknown',
  title: 'An id that nobody has given out',
  hinges: ['operation retrieve'],
  tier: 'core',
  steps: {
    retrieve: { request: (kit) => retrieve(madeUp(kit)), expect: 'refusal' },
    cancel: { request: (kit) => cancel(madeUp(kit)), expect: 'refusal' },
  },
})

export const models = defineScenario({
  id: 'lifecycle/models',
  title: 'The list of models',
  hinges: ['operation list-models'],
  tier: 'feature',
  steps: {
    list: {
      request: () => ({ operation: 'list-models', method: 'GET', path: '/models' }),
      expect: 'success',
    },
  },
})
