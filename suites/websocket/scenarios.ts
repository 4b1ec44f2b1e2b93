import { defineScenario, idOf } from '../../src/authoring/define.ts'
import { ASK_WORD, choice, decoys } from '../../src/authoring/code-word.ts'
import type { JsonObject, Kit, Need, WireRequest } from '../../src/types/index.ts'

const HINGES = ['operation websocket']
const NEEDS: readonly Need[] = ['websocket']
const READY = 'Reply with the single word: ready.'

/** One frame `response.create`. */
function turn(kit: Kit, text: string, more: JsonObject = {}): WireRequest {
  const request = kit.ask(text, more)
  const json = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  return {
    ...request,
    method: 'GET',
    transport: 'websocket',
    body: { json: { type: 'response.create', ...json } },
  }
}

export const connection = defineScenario<
  'first' | 'second' | 'other' | 'broken' | 'evicted' | 'after'
>({
  id: 'websocket/connection',
  title: 'Turns on one connection, and one on another',
  hinges: HINGES,
  tier: 'feature',
  needs: NEEDS,
  fresh: true,
  steps: {
    first: {
      request: (kit) => turn(kit, `The code word is ${kit.nonce}. ${READY}`, { store: false }),
      expect: 'success',
    },
    second: {
      rests: 'stateful/remembers-its-own-answer',
      request: (kit) =>
        turn(kit, ASK_WORD, {
          previous_response_id: idOf(kit.prior('first')),
          store: false,
          ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
        }),
      expect: 'success',
    },
    other: {
      rests: 'stateful/remembers-its-own-answer',
      request: (kit) => ({
        ...turn(kit, READY, {
          previous_response_id: idOf(kit.prior('second')),
          store: false,
        }),
        connection: 'other',
      }),
      expect: 'refusal',
    },
    broken: {
      rests: 'stateful/remembers-its-own-answer',
      request: (kit) =>
        turn(kit, READY, {
          previous_response_id: idOf(kit.prior('second')),
          store: false,
          truncation: 'sometimes',
        }),
      expect: 'refusal',
      invalidAt: '/truncation',
    },
    evicted: {
      rests: 'stateful/remembers-its-own-answer',
      request: (kit) =>
        turn(kit, READY, {
          previous_response_id: idOf(kit.prior('second')),
          store: false,
        }),
      expect: 'refusal',
    },
    after: { request: (kit) => turn(kit, READY, { store: false }), expect: 'success' },
  },
})

export const stranger = defineScenario({
  id: 'websocket/stranger',
  title: 'A connection with a wrong key',
  hinges: HINGES,
  tier: 'feature',
  needs: [...NEEDS, 'key'],
  steps: {
    ask: { request: (kit) => ({ ...turn(kit, READY), credential: 'wrong' }), expect: 'refusal' },
  },
})

export const transportFields = defineScenario({
  id: 'websocket/transport-fields',
  title: 'Parameters that mean nothing on a connection',
  hinges: HINGES,
  tier: 'feature',
  needs: NEEDS,
  steps: {
    background: { request: (kit) => turn(kit, READY, { background: true }), expect: 'refusal' },
    stream: { request: (kit) => turn(kit, READY, { stream: true }), expect: 'either' },
  },
})

export const noise = defineScenario({
  id: 'websocket/noise',
  title: 'Frames that say nothing',
  hinges: HINGES,
  tier: 'feature',
  needs: NEEDS,
  steps: {
    text: {
      request: (kit) => ({
        ...turn(kit, READY),
        body: { raw: 'hello', contentType: 'text/plain' },
      }),
      expect: 'refusal',
    },
    bogus: {
      request: (kit) => ({ ...turn(kit, READY), body: { json: { type: 'bogus' } } }),
      expect: 'refusal',
    },
  },
})
