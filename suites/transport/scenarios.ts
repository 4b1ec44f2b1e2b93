import { defineScenario } from '../../src/authoring/define.ts'
import { choiceFormatOf, decoysOf, plantWord, variantOf } from '../../src/authoring/code-word.ts'
import type { JsonObject, Step, WireRequest } from '../../src/types/index.ts'
import { buildPlainlyAsked } from '../streaming/scenarios.ts'

const READY = 'Reply with the single word: ready.'

function asRaw(request: WireRequest, contentType: string): WireRequest {
  const json = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  return { ...request, body: { raw: JSON.stringify(json), contentType } }
}

export const charsetScenario = defineScenario({
  id: 'transport/charset',
  needs: ['expensive'],
  title: 'A body labelled application/json; charset=utf-8',
  apiPaths: [],
  tier: 'core',
  steps: {
    ask: {
      request: (builder) => asRaw(builder.createRequest(READY), 'application/json; charset=utf-8'),
      expect: 'either',
    },
  },
})

export const headersScenario = defineScenario({
  id: 'transport/headers',
  title: 'Headers that the API does not know',
  apiPaths: [],
  tier: 'core',
  steps: {
    ask: {
      request: buildPlainlyAsked,
      expect: 'either',
    },
  },
})

/** Chinese, a family joined by zero-width joiners, a combining accent, a sign outside the BMP. */
export const PHRASE = '你好 👨‍👩‍👧 e\u0301té 𝄞'
const OTHERS: readonly string[] = ['您好 👨‍👩‍👦 été 𝄢', '你好 👩‍👧 été 𝄞']

const SIDES = ['first', 'second'] as const
type TogetherStep = (typeof SIDES)[number]

/** The words of the first two requests in `sideBySide`. */
export function wordOf(nonce: string, side: TogetherStep): string {
  return variantOf(nonce, 1 + SIDES.indexOf(side))
}

/** The question of both requests in `sideBySide`. */
export const ASK_BOTH = 'What is the code word, and what is the phrase?'

const askFor = (side: TogetherStep, more: JsonObject): Step<TogetherStep> => ({
  request: (builder) => {
    const word = wordOf(builder.nonce, side)
    // The word of the other request is no choice here: who names it has seen that request.
    const others = SIDES.map((other) => wordOf(builder.nonce, other))
    const decoys = decoysOf(word).filter((decoy) => !others.includes(decoy))
    const answer = choiceFormatOf(builder, { word: [...decoys, word], phrase: [...OTHERS, PHRASE] })
    const told = `${plantWord(word)} The phrase is: ${PHRASE}`
    return builder.createRequest(`${told}\n${ASK_BOTH}`, { ...answer, ...more })
  },
  expect: 'success',
})

export const sideBySideScenario = defineScenario<TogetherStep>({
  id: 'transport/side-by-side',
  title: 'Two requests at the same time in many scripts, one of them streamed',
  apiPaths: [],
  tier: 'core',
  fresh: true,
  together: true,
  steps: {
    first: askFor('first', {}),
    second: askFor('second', { stream: true }),
  },
})
