// What only lasting, long and many questions show: asked by --endurance alone.

import { defineScenario } from '../../src/authoring/define.ts'
import { choiceFormatOf, decoysOf, plantWord, ASK_WORD } from '../../src/authoring/code-word.ts'
import type { Need, Step } from '../../src/types/index.ts'
import { buildRetrieve } from '../common/requests.ts'

const needs: readonly Need[] = ['endurance']

/** Some 14,000 tokens: five minutes of a model that says 50 in a second. */
const COUNT = 'Count from 1 to 2000 in English words, separated by commas. Leave out nothing.'

export const longCountScenario = defineScenario<'stream' | 'get'>({
  id: 'transport/long-stream',
  title: 'An answer of some ten thousand tokens, streamed, and retrieved',
  apiPaths: ['request /stream = true'],
  tier: 'core',
  needs,
  steps: {
    stream: {
      request: (builder) =>
        builder.createRequest(COUNT, { stream: true, store: true, max_output_tokens: 16_000 }),
      expect: 'success',
    },
    get: { request: (builder) => buildRetrieve(builder.prior('stream')), expect: 'either' },
  },
})

const MANY = 50
const names = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${index + 1}`)

/** The words of the requests that are under way together, by step. */
export function wordsOfMany(nonce: string): ReadonlyMap<string, string> {
  const last = parseInt(nonce.slice(-2), 16)
  return new Map(
    names('ask', MANY).map((step, index) => {
      const digits = ((last + index) % 256).toString(16).padStart(2, '0').toUpperCase()
      return [step, `${nonce.slice(0, -2)}${digits}`]
    }),
  )
}

const askForItsWord = (step: string): Step => ({
  request: (builder) => {
    const word = wordsOfMany(builder.nonce).get(step)!
    const format = choiceFormatOf(builder, { word: [...decoysOf(word), word] })
    return builder.createRequest(`${plantWord(word)} ${ASK_WORD}`, format)
  },
  expect: 'success',
})

export const manyAtOnceScenario = defineScenario({
  id: 'transport/fifty',
  title: 'Fifty questions at the same time, each with a word of its own',
  apiPaths: [],
  tier: 'core',
  needs,
  fresh: true,
  together: true,
  steps: Object.fromEntries(names('ask', MANY).map((step) => [step, askForItsWord(step)])),
})

const HANG_UPS = 20

export const hangUpsScenario = defineScenario({
  id: 'transport/hang-ups',
  title: 'Twenty clients that hang up after a few events, and one that comes afterwards',
  apiPaths: ['request /stream = true'],
  tier: 'core',
  needs,
  fresh: true,
  steps: {
    ...Object.fromEntries(
      names('cut', HANG_UPS).map((step): [string, Step] => [
        step,
        {
          request: (builder) => ({
            ...builder.createRequest(`${COUNT} Then say ${builder.word(1)}-${step}.`, {
              stream: true,
              max_output_tokens: 2000,
            }),
            abortAfter: 3,
          }),
          expect: 'success',
        },
      ]),
    ),
    next: {
      request: (builder) => builder.createRequest('Reply with the single word: ready.'),
      expect: 'either',
      twice: true,
    },
  },
})
