import { defineScenario } from '../../src/authoring/define.ts'

const READY = 'Reply with the single word: ready.'
const FILLER = 'The quick brown fox jumps over the lazy dog. '.repeat(20)

export const longer = defineScenario<'short' | 'long'>({
  id: 'usage/longer',
  title: 'A question, and the same question with a long text in front of it',
  hinges: [],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    short: { request: (kit) => kit.ask(READY), expect: 'success' },
    long: { request: (kit) => kit.ask(`${FILLER}${READY}`), expect: 'success' },
  },
})

export const counted = defineScenario<'plain' | 'count'>({
  id: 'usage/counted',
  title: 'A question, and the count of its tokens without an answer',
  hinges: ['operation input-tokens'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    plain: { request: (kit) => kit.ask(READY), expect: 'success' },
    count: {
      request: (kit) => ({
        ...kit.ask(READY),
        operation: 'input-tokens',
        path: '/responses/input_tokens',
      }),
      expect: 'success',
    },
  },
})
