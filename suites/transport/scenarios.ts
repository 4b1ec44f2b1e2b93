import { defineScenario } from '../../src/define.ts'
import { ASK_WORD, choice, decoys, variant } from '../../src/recall.ts'
import type { JsonObject, Kit, Step, WireRequest } from '../../src/types.ts'

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

const askPhrase = (kit: Kit, more: JsonObject): WireRequest => {
  const enumOfWords = { type: 'string', enum: [...OTHERS, PHRASE] }
  const schema = {
    type: 'object',
    properties: { phrase: enumOfWords },
    required: ['phrase'],
    additionalProperties: false,
  }
  return kit.ask(`The phrase is: ${PHRASE}\nRepeat the phrase.`, {
    text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } },
    ...more,
  })
}

export const scripts = defineScenario<'plain' | 'streamed'>({
  id: 'transport/scripts',
  title: 'Text of many scripts, there and back',
  hinges: ['request /text/format/type = json_schema'],
  tier: 'core',
  steps: {
    plain: { request: (kit) => askPhrase(kit, {}), expect: 'success' },
    streamed: { request: (kit) => askPhrase(kit, { stream: true }), expect: 'success' },
  },
})

const SIDES = ['first', 'second', 'third', 'fourth'] as const
export type Side = (typeof SIDES)[number]

/** The word of each request in `sideBySide`. */
export function wordOf(nonce: string, side: Side): string {
  return variant(nonce, 1 + SIDES.indexOf(side))
}

const askFor = (side: Side, stream: boolean): Step<Side> => ({
  request: (kit) => {
    const word = wordOf(kit.nonce, side)
    return kit.ask(`The code word is ${word}. ${ASK_WORD}`, {
      ...choice(kit, [...decoys(word), word]),
      ...(stream ? { stream } : {}),
    })
  },
  expect: 'success',
})

export const sideBySide = defineScenario<Side>({
  id: 'transport/side-by-side',
  title: 'Four requests at the same time, two of them streamed, each with a word of its own',
  hinges: [],
  tier: 'core',
  fresh: true,
  together: true,
  steps: {
    first: askFor('first', false),
    second: askFor('second', true),
    third: askFor('third', false),
    fourth: askFor('fourth', true),
  },
})
