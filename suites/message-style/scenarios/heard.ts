// Messages whose words a model can only know if it heard them.

import { defineScenario } from '../../../src/authoring/define.ts'
import {
  ASK_WORD,
  judgeEachRecall,
  plantWord,
  variantOf,
  wordFormatOf,
  wordFormatsOf,
} from '../../../src/authoring/code-word.ts'
import type {
  ApiPath,
  Exchange,
  JsonObject,
  Judgement,
  RequestBuilder,
  Scenario,
  Step,
} from '../../../src/types/index.ts'
import { defineOneRequest } from '../../common/one-request.ts'

const user = (text: string): JsonObject => ({ type: 'message', role: 'user', content: text })
const part = (text: string): JsonObject => ({ type: 'input_text', text })

/** One request that asks for planted words. */
function ask(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  body: (builder: RequestBuilder) => JsonObject,
  needs: Scenario['needs'] = [],
): Scenario<'ask'> {
  const request: Step['request'] = (builder) => builder.create(body(builder))
  return defineOneRequest(
    `message-style/${name}`,
    title,
    apiPaths,
    { request, expect: 'success' },
    { needs },
  )
}

// ── places ───────────────────────────────────────────────────────────────────

/** Where words are told, and the words: those of the user are told in turn, the latest in parts. */
export function placedWordsOf(nonce: string): Readonly<Record<Place, string>> {
  return {
    instructions: variantOf(nonce, 1),
    system: variantOf(nonce, 2),
    developer: variantOf(nonce, 3),
    assistant: variantOf(nonce, 4),
    user: variantOf(nonce, 5),
    latest: variantOf(nonce, 6),
  }
}

type Place = 'instructions' | 'system' | 'developer' | 'assistant' | 'user' | 'latest'

/** What tells the word of a place. */
function tell(builder: RequestBuilder, place: Exclude<Place, 'instructions'>): JsonObject {
  const word = placedWordsOf(builder.nonce)[place]
  if (place === 'latest') {
    return builder.message('user', [
      part('The word of'),
      part(` the user is now ${word}`),
      part('.'),
    ])
  }
  const sentence = plantWord(word, `word of the ${place}`)
  return place === 'user' ? { role: 'user', content: sentence } : builder.message(place, sentence)
}

function nameOf(place: Place): string {
  if (place === 'latest') return 'of the user at last'
  return place === 'user' ? 'of the user at first' : `of the ${place}`
}

/** Asks for the words of these places, each told where it belongs. */
function askForPlaces(places: readonly Place[]): Step<'places' | 'ask'>['request'] {
  return (builder) => {
    const words = placedWordsOf(builder.nonce)
    const told = places.filter((place) => place !== 'instructions')
    const names = places.map(nameOf).join(', ')
    return builder.create({
      ...(told.length === places.length
        ? {}
        : { instructions: plantWord(words.instructions, 'word of the instructions') }),
      input: [
        ...told.map((place) => tell(builder, place)),
        builder.message('user', `What is the word ${names}?`),
      ],
      ...wordFormatsOf(
        builder,
        Object.fromEntries(
          places.map((place) => [
            place,
            // Whose word is the latest is told by the order alone.
            place === 'latest' && told.includes('user') ? [words.user, words.latest] : words[place],
          ]),
        ),
      ),
    })
  }
}

const ALL: readonly Place[] = ['system', 'developer', 'user', 'assistant', 'latest', 'instructions']

/** Words of all places are asked for at once, and those of these alone where one of them does not come. */
function placed(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  places: readonly Place[],
): Scenario<'places' | 'ask'> {
  return defineScenario({
    id: `message-style/${name}`,
    title,
    apiPaths,
    tier: 'core',
    steps: {
      places: { request: askForPlaces(ALL), expect: 'either', once: true },
      ask: {
        request: askForPlaces(places),
        expect: 'success',
        spared: (earlier, nonce) =>
          isEachTold(earlier.places, nonce, places) ? 'places' : undefined,
      },
    },
  })
}

function isEachTold(
  exchange: Exchange | undefined,
  nonce: string,
  places: readonly Place[],
): boolean {
  if (exchange === undefined) return false
  return judgePlaces('places', exchange, nonce, places, '').kind === 'holds'
}

/** Whether the answer has the words of these places. */
export function judgePlaces(
  step: string,
  exchange: Exchange,
  nonce: string,
  places: readonly Place[],
  from: string,
): Judgement {
  const words = placedWordsOf(nonce)
  return judgeEachRecall(
    step,
    exchange,
    Object.fromEntries(places.map((place) => [place, words[place]])),
    from,
  )
}

export const stringInputScenario = ask(
  'string',
  'Input as a string',
  ['request /input'],
  (builder) => ({
    input: `${plantWord(builder.nonce)} ${ASK_WORD}`,
    ...wordFormatOf(builder),
  }),
)

export const untypedMessageScenario = placed(
  'untyped',
  'A message that is only a role and a text',
  ['request /input/*/role = user'],
  ['user'],
)

export const inputPartsScenario = placed(
  'parts',
  'A message whose sentence is spread over three parts',
  ['request /input/*/content/*/type = input_text'],
  ['latest'],
)

export const systemMessageScenario = placed(
  'system',
  'A code word that only a system message knows',
  ['request /input/*/role = system'],
  ['system'],
)

export const developerMessageScenario = placed(
  'developer',
  'A code word that only a developer message knows',
  ['request /input/*/role = developer'],
  ['developer'],
)

export const instructionsScenario = placed(
  'instructions',
  'A code word that only the instructions know',
  ['request /instructions'],
  ['instructions'],
)

export const bothGuidesScenario = placed(
  'both-guides',
  'One word in the instructions, another in a system message, and one in a message of the developer',
  ['request /instructions', 'request /input/*/role = developer'],
  ['system', 'developer', 'instructions'],
)

export const historyScenario = placed(
  'history',
  'A conversation: the assistant names a word, the user names two in a row',
  ['request /input/*/role = assistant'],
  ['user', 'assistant', 'latest'],
)

export const assistantPartsScenario = ask(
  'assistant-parts',
  'Earlier answers as output messages with output_text parts',
  ['request /input/*/content/*/type = output_text'],
  (builder) => ({
    input: [
      user('Name a word.'),
      {
        type: 'message',
        id: 'msg_0123456789abcdef',
        role: 'assistant',
        status: 'completed',
        content: [
          {
            type: 'output_text',
            text: plantWord(variantOf(builder.nonce, 4), 'word of the assistant'),
            annotations: [],
            logprobs: [],
          },
        ],
      },
      user('What is the word of the assistant?'),
    ],
    ...wordFormatOf(builder, variantOf(builder.nonce, 4)),
  }),
  ['expensive'],
)
