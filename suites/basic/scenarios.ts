import { defineScenario } from '../../src/authoring/define.ts'
import type { Kit, WireRequest } from '../../src/types/index.ts'
import { retrieve } from '../common/requests.ts'
import { count, LARGE, SMALL, word } from '../streaming/scenarios.ts'

const READY = 'Reply with the single word: ready.'
const ready = (kit: Pick<Kit, 'ask'>): WireRequest => kit.ask(READY)

export const text = defineScenario({
  id: 'basic/text',
  title: 'A one-word answer',
  hinges: [],
  tier: 'core',
  steps: { plain: { request: ready, expect: 'success' } },
})

export const twoWays = defineScenario({
  id: 'basic/two-ways',
  title: 'An answer at a stroke, and a streamed one',
  hinges: ['request /stream = true'],
  tier: 'core',
  steps: {
    plain: { request: ready, expect: 'success' },
    stream: { request: word, expect: 'success' },
  },
})

export const twice = defineScenario<'first' | 'second'>({
  id: 'basic/twice',
  title: 'The same request, sent again after its answer',
  hinges: [],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    first: { request: ready, expect: 'success' },
    second: { request: (kit) => kit.prior('first').request, expect: 'success' },
  },
})

const COUNT = 'Count from 1 to 30 in English words.'

export const capped = defineScenario({
  id: 'basic/capped',
  title: 'A long answer with a budget of 16 tokens',
  hinges: ['request /max_output_tokens'],
  tier: 'core',
  steps: {
    capped: {
      request: (kit) => kit.ask(COUNT, { max_output_tokens: 16 }),
      expect: 'success',
    },
  },
})

export const budgets = defineScenario({
  id: 'basic/budgets',
  title: 'The same long answer with a small and with a large budget',
  hinges: ['request /max_output_tokens', 'request /stream = true'],
  tier: 'core',
  steps: {
    capped: { request: (kit) => count(kit, SMALL), expect: 'success' },
    roomy: { request: (kit) => count(kit, LARGE), expect: 'success' },
  },
})

export const long = defineScenario<'stream' | 'get'>({
  id: 'basic/long',
  title: 'A long answer, streamed, and read back',
  hinges: ['request /stream = true', 'operation retrieve'],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    stream: {
      request: (kit) =>
        kit.ask('Count from 1 to 300 in English words.', {
          stream: true,
          store: true,
          max_output_tokens: 2000,
        }),
      expect: 'success',
    },
    get: {
      request: (kit) => retrieve(kit.prior('stream')),
      expect: 'success',
    },
  },
})
