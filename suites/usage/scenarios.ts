import { defineScenario } from '../../src/authoring/define.ts'

const READY = 'Reply with the single word: ready.'
const FILLER = 'The quick brown fox jumps over the lazy dog. '.repeat(20)

export const longerInputScenario = defineScenario<'short' | 'long'>({
  id: 'usage/longer',
  title: 'A question, and the same question with a long text in front of it',
  apiPaths: [],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    short: { request: (builder) => builder.createRequest(READY), expect: 'success' },
    long: { request: (builder) => builder.createRequest(`${FILLER}${READY}`), expect: 'success' },
  },
})

export const countedTokensScenario = defineScenario<'plain' | 'count'>({
  id: 'usage/counted',
  title: 'A question, and the count of its tokens without an answer',
  apiPaths: ['operation input-tokens'],
  tier: 'feature',
  steps: {
    plain: { request: (builder) => builder.createRequest(READY), expect: 'success' },
    count: {
      request: (builder) => ({
        ...builder.createRequest(READY),
        operation: 'input-tokens',
        path: '/responses/input_tokens',
      }),
      expect: 'success',
    },
  },
})
