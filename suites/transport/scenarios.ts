import { defineScenario } from '../../src/define.ts'
import type { JsonObject, Kit, WireRequest } from '../../src/types.ts'

const READY = 'Reply with the single word: ready.'

function asRaw(request: WireRequest, contentType: string): WireRequest {
  const json = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  return { ...request, body: { raw: JSON.stringify(json), contentType } }
}

export const charset = defineScenario({
  id: 'transport/charset',
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
