import { defineScenario } from '../../src/authoring/define.ts'
import { ASK_WORD, choice, choices, decoys, variant } from '../../src/authoring/code-word.ts'
import type { JsonObject, Step, WireRequest } from '../../src/types/index.ts'

const READY = 'Reply with the single word: ready.'

function asRaw(request: WireRequest, contentType: string): WireRequest {
  const json = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  return { ...request, body: { raw: JSON.stringify(json), contentType } }
}

export const charset = defineScenario({
  id: 'transport/charset',
  needs: ['expensive'],
  title: 'A body labelled application/json; charset=utf-8',
  hinges: [],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) => asRaw(kit.ask(READY), 'application/json; charset=utf-8'),
      expect: 'either',
    },
  },
})

export const headers = defineScenario({
  id: 'transport/headers',
  title: 'Headers that the API does not know',
  hinges: [],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) => ({
        ...kit.ask(READY),
        headers: {
          'x-stainless-lang': 'js',
          'x-stainless-retry-count': '0',
          'x-conformance-unknown': 'yes',
        },
      }),
      expect: 'either',
    },
  },
})

export const accept = defineScenario({
  id: 'transport/accept',
  title: 'A stream that is asked for with Accept: application/json',
  hinges: ['request /stream = true'],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) => ({
        ...kit.ask(READY, { stream: true }),
        headers: { accept: 'application/json' },
      }),
      expect: 'either',
    },
  },
})

/** Chinese, a family joined by zero-width joiners, a combining accent, a sign outside the BMP. */
export const PHRASE = '你好 👨‍👩‍👧 e\u0301té 𝄞'
const OTHERS: readonly string[] = ['您好 👨‍👩‍👦 été 𝄢', '你好 👩‍👧 été 𝄞']

const SIDES = ['first', 'second'] as const
export type Side = (typeof SIDES)[number]

/** The words of the first two requests in `sideBySide`. */
export function wordOf(nonce: string, side: Side): string {
  return variant(nonce, 1 + SIDES.indexOf(side))
}

type Together = Side | 'phrase' | 'streamedPhrase'

const askFor = (side: Side, more: JsonObject): Step<Together> => ({
  request: (kit) => {
    const word = wordOf(kit.nonce, side)
    const answer = choice(kit, [...decoys(word), word])
    return kit.ask(`The code word is ${word}. ${ASK_WORD}`, { ...answer, ...more })
  },
  expect: 'success',
})

const askPhrase = (more: JsonObject): Step<Together> => ({
  request: (kit) =>
    kit.ask(`The phrase is: ${PHRASE}\nRepeat the phrase.`, {
      ...choices(kit, { phrase: [...OTHERS, PHRASE] }),
      ...more,
    }),
  expect: 'success',
})

export const sideBySide = defineScenario<Together>({
  id: 'transport/side-by-side',
  title: 'Four requests at the same time, two of them streamed, two in many scripts',
  hinges: [],
  tier: 'core',
  fresh: true,
  together: true,
  steps: {
    first: askFor('first', {}),
    second: askFor('second', { stream: true }),
    phrase: askPhrase({}),
    streamedPhrase: askPhrase({ stream: true }),
  },
})
