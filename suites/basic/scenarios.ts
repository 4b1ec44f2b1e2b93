import { defineScenario } from '../../src/authoring/define.ts'
import type { RequestBuilder, WireRequest } from '../../src/types/index.ts'
import { buildRetrieve } from '../common/requests.ts'
import { buildCountRequest, LARGE, SMALL, buildWordRequest } from '../streaming/scenarios.ts'

const READY = 'Reply with the single word: ready.'
const ready = (builder: Pick<RequestBuilder, 'createRequest'>): WireRequest =>
  builder.createRequest(READY)

export const textScenario = defineScenario({
  id: 'basic/text',
  title: 'A one-word answer',
  apiPaths: [],
  tier: 'core',
  steps: { plain: { request: ready, expect: 'success' } },
})

export const twoWaysScenario = defineScenario({
  id: 'basic/two-ways',
  title: 'An answer at a stroke, and a streamed one',
  apiPaths: ['request /stream = true'],
  tier: 'core',
  steps: {
    plain: { request: ready, expect: 'success' },
    stream: { request: buildWordRequest, expect: 'success' },
  },
})

export const twiceScenario = defineScenario<'first' | 'second'>({
  id: 'basic/twice',
  title: 'The same request, sent again after its answer',
  apiPaths: [],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    first: { request: ready, expect: 'success' },
    second: { request: (builder) => builder.prior('first').request, expect: 'success' },
  },
})

const REFUSE = 'Please refuse this request.'

export const refusedRequestScenario = defineScenario({
  id: 'basic/refused',
  title: 'A plain question, and a request that a model may refuse, at a stroke and streamed',
  apiPaths: ['request /stream = true'],
  tier: 'core',
  steps: {
    plain: { request: ready, expect: 'success' },
    refused: { request: (builder) => builder.createRequest(REFUSE), expect: 'success' },
    streamed: {
      request: (builder) => builder.createRequest(REFUSE, { stream: true }),
      expect: 'success',
    },
  },
})

const COUNT = 'Count from 1 to 30 in English words.'

export const cappedScenario = defineScenario({
  id: 'basic/capped',
  title: 'A long answer with a budget of 16 tokens',
  apiPaths: ['request /max_output_tokens'],
  tier: 'core',
  steps: {
    capped: {
      request: (builder) => builder.createRequest(COUNT, { max_output_tokens: 16 }),
      expect: 'success',
    },
  },
})

export const budgetsScenario = defineScenario({
  id: 'basic/budgets',
  title: 'The same long answer with a small and with a large budget',
  apiPaths: ['request /max_output_tokens', 'request /stream = true'],
  tier: 'core',
  steps: {
    capped: { request: (builder) => buildCountRequest(builder, SMALL), expect: 'success' },
    roomy: { request: (builder) => buildCountRequest(builder, LARGE), expect: 'success' },
  },
})

export const longTextScenario = defineScenario<'stream' | 'get'>({
  id: 'basic/long',
  title: 'A long answer, streamed, and read back',
  apiPaths: ['request /stream = true', 'operation retrieve'],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    stream: {
      request: (builder) =>
        builder.createRequest('Count from 1 to 300 in English words.', {
          stream: true,
          store: true,
          max_output_tokens: 2000,
        }),
      expect: 'success',
    },
    get: {
      request: (builder) => buildRetrieve(builder.prior('stream')),
      expect: 'success',
    },
  },
})
