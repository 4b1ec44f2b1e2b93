import { defineScenario } from '../../src/authoring/define.ts'
import {
  ASK_WORD,
  choiceFormatOf,
  decoysOf,
  variantOf,
  wordFormatOf,
} from '../../src/authoring/code-word.ts'
import type { Json, JsonObject, RequestBuilder, WireRequest } from '../../src/types/index.ts'
import { askAboutResult } from '../common/tool-results.ts'

const QUESTION: JsonObject = {
  type: 'input_text',
  text: `The picture shows a code word. ${ASK_WORD}`,
}
const INPUT_IMAGE = 'request /input/*/content/*/type = input_image'
const IMAGE_URL = 'request /input/*/content/*/image_url'

function show(builder: RequestBuilder, url: Json, more: JsonObject = {}): WireRequest {
  return builder.createRequestFromParts([QUESTION, { type: 'input_image', image_url: url }], {
    model: builder.model('vision'),
    ...wordFormatOf(builder),
    ...more,
  })
}

const showPng = (builder: RequestBuilder): WireRequest =>
  show(builder, builder.imageUrl(builder.nonce))

export const pngImageScenario = defineScenario<'ask'>({
  id: 'image/png',
  title: 'A PNG as a data URL, without detail',
  apiPaths: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model'],
  steps: { ask: { request: showPng, expect: 'success' } },
})

/** The words of the pictures in `several`, in order; those of `counted` are the first two. */
export function pictureWordsOf(nonce: string): readonly [string, string, string] {
  return [variantOf(nonce, 1), variantOf(nonce, 2), variantOf(nonce, 3)]
}

const SHOWN: readonly (readonly [name: string, detail: string, format?: 'jpeg'])[] = [
  ['first', 'low'],
  ['second', 'auto', 'jpeg'],
  ['last', 'high'],
]

/** So many pictures; the last of them is told from the others by its place alone. */
function showSeveral(builder: RequestBuilder, count: 2 | 3): WireRequest {
  const words = pictureWordsOf(builder.nonce)
  const decoys = decoysOf(builder.nonce).slice(0, 2)
  const shown = SHOWN.slice(0, count).map(([name, detail, format], index) => ({
    part: { type: 'input_image', image_url: builder.imageUrl(words[index]!, format), detail },
    choice: [name, index === count - 1 ? words.slice(0, count) : [...decoys, words[index]!]],
  }))
  const text = 'Each picture shows a code word. Reply with them in this order.'
  return builder.createRequestFromParts(
    [{ type: 'input_text', text }, ...shown.map(({ part }) => part)],
    {
      model: builder.model('vision'),
      ...choiceFormatOf(builder, Object.fromEntries(shown.map(({ choice }) => choice))),
    },
  )
}

export const severalImagesScenario = defineScenario<'ask'>({
  id: 'image/several',
  title: 'Three pictures in one message, one for each detail, one of them a JPEG',
  apiPaths: [INPUT_IMAGE, IMAGE_URL, 'request /input/*/content/*/detail'],
  tier: 'feature',
  needs: ['vision-model', 'expensive'],
  steps: { ask: { request: (builder) => showSeveral(builder, 3), expect: 'success' } },
})

export const countedImageScenario = defineScenario<'one' | 'two'>({
  id: 'image/counted',
  title: 'One picture and two pictures, the second of them a JPEG',
  apiPaths: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model'],
  steps: {
    one: { request: showPng, expect: 'success' },
    two: { request: (builder) => showSeveral(builder, 2), expect: 'success' },
  },
})

export const imageInToolOutputScenario = defineScenario({
  id: 'image/tool-output',
  title: 'A picture as the result of a function call',
  apiPaths: [INPUT_IMAGE, 'request /input/*/output/*/type = input_image'],
  tier: 'feature',
  needs: ['vision-model'],
  steps: {
    ask: {
      request: (builder) =>
        askAboutResult(
          builder,
          {
            prompt: 'Take a picture.',
            name: 'take_picture',
            description: 'Takes a picture.',
            callId: 'call_picture',
            output: { type: 'input_image', image_url: builder.imageUrl(builder.nonce) },
          },
          { model: builder.model('vision') },
        ),
      expect: 'success',
    },
  },
})

export const imageByUrlScenario = defineScenario({
  id: 'image/by-url',
  title: 'A picture that the provider has to fetch',
  apiPaths: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model', 'fixture-url'],
  steps: {
    ask: {
      request(builder) {
        const fixture = builder.fixtureUrl('image')
        const word = fixture?.word ?? builder.nonce
        return show(builder, fixture?.url ?? '', wordFormatOf(builder, word))
      },
      expect: 'success',
    },
  },
})

export const unreachableImageScenario = defineScenario({
  id: 'image/unreachable',
  title: 'A picture at an address that cannot exist',
  apiPaths: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['expensive', 'vision-model'],
  steps: {
    ask: {
      request: (builder) => show(builder, 'https://pictures.invalid/sign.png'),
      expect: 'either',
    },
  },
})

/** The smallest bitmap: one white pixel. */
const BMP =
  'data:image/bmp;base64,Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAADEDgAAxA4AAAAAAAAAAAAA////AA=='

export const brokenImagesScenario = defineScenario<'chatForm' | 'garbage' | 'bitmap'>({
  id: 'image/broken',
  title: 'Pictures that nobody can see',
  apiPaths: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model'],
  steps: {
    chatForm: {
      request: (builder) => show(builder, { url: builder.imageUrl(builder.nonce) }),
      expect: 'refusal',
      invalidAt: '/input/0/content/1/image_url',
      control: showPng,
    },
    garbage: {
      request: (builder) => show(builder, 'data:image/png;base64,@@@@'),
      expect: 'refusal',
      control: showPng,
    },
    bitmap: { request: (builder) => show(builder, BMP), expect: 'refusal', control: showPng },
  },
})
