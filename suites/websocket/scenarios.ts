import { defineScenario, idOf } from '../../src/authoring/define.ts'
import { ASK_WORD, wordFormatOf } from '../../src/authoring/code-word.ts'
import type { JsonObject, RequestBuilder, Need, WireRequest } from '../../src/types/index.ts'

const API_PATHS = ['operation websocket']
const NEEDS: readonly Need[] = ['websocket']
const READY = 'Reply with the single word: ready.'

/** One frame `response.create`. */
function turn(builder: RequestBuilder, text: string, more: JsonObject = {}): WireRequest {
  const request = builder.createRequest(text, more)
  const json = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  return {
    ...request,
    method: 'GET',
    transport: 'websocket',
    body: { json: { type: 'response.create', ...json } },
  }
}

export const connectionScenario = defineScenario<
  'first' | 'second' | 'other' | 'broken' | 'evicted' | 'after'
>({
  id: 'websocket/connection',
  title: 'Turns on one connection, and one on another',
  apiPaths: API_PATHS,
  tier: 'feature',
  needs: NEEDS,
  fresh: true,
  steps: {
    first: {
      request: (builder) =>
        turn(builder, `The code word is ${builder.nonce}. ${READY}`, { store: false }),
      expect: 'success',
    },
    second: {
      rests: 'stateful/remembers-its-own-answer',
      request: (builder) =>
        turn(builder, ASK_WORD, {
          previous_response_id: idOf(builder.prior('first')),
          store: false,
          ...wordFormatOf(builder),
        }),
      expect: 'success',
    },
    other: {
      rests: 'stateful/remembers-its-own-answer',
      request: (builder) => ({
        ...turn(builder, READY, {
          previous_response_id: idOf(builder.prior('second')),
          store: false,
        }),
        connection: 'other',
      }),
      expect: 'refusal',
    },
    broken: {
      rests: 'stateful/remembers-its-own-answer',
      request: (builder) =>
        turn(builder, READY, {
          previous_response_id: idOf(builder.prior('second')),
          store: false,
          truncation: 'sometimes',
        }),
      expect: 'refusal',
      invalidAt: '/truncation',
    },
    evicted: {
      rests: 'stateful/remembers-its-own-answer',
      request: (builder) =>
        turn(builder, READY, {
          previous_response_id: idOf(builder.prior('second')),
          store: false,
        }),
      expect: 'refusal',
    },
    after: { request: (builder) => turn(builder, READY, { store: false }), expect: 'success' },
  },
})

export const strangerScenario = defineScenario({
  id: 'websocket/stranger',
  title: 'A connection with a wrong key',
  apiPaths: API_PATHS,
  tier: 'feature',
  needs: [...NEEDS, 'key'],
  steps: {
    ask: {
      request: (builder) => ({ ...turn(builder, READY), credential: 'wrong' }),
      expect: 'refusal',
    },
  },
})

export const transportFieldsScenario = defineScenario({
  id: 'websocket/transport-fields',
  title: 'Parameters that mean nothing on a connection',
  apiPaths: API_PATHS,
  tier: 'feature',
  needs: NEEDS,
  steps: {
    background: {
      request: (builder) => turn(builder, READY, { background: true }),
      expect: 'refusal',
    },
    stream: { request: (builder) => turn(builder, READY, { stream: true }), expect: 'either' },
  },
})

export const noiseScenario = defineScenario({
  id: 'websocket/noise',
  title: 'Frames that say nothing',
  apiPaths: API_PATHS,
  tier: 'feature',
  needs: NEEDS,
  steps: {
    text: {
      request: (builder) => ({
        ...turn(builder, READY),
        body: { raw: 'hello', contentType: 'text/plain' },
      }),
      expect: 'refusal',
    },
    bogus: {
      request: (builder) => ({ ...turn(builder, READY), body: { json: { type: 'bogus' } } }),
      expect: 'refusal',
    },
  },
})
