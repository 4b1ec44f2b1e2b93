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

/** The words of the pictures in `several`, in order. */
export function pictureWordsOf(nonce: string): readonly [string, string, string] {
  return [variantOf(nonce, 1), variantOf(nonce, 2), variantOf(nonce, 3)]
}

const showSeveral = (builder: RequestBuilder): WireRequest => {
  const [first, second, third] = pictureWordsOf(builder.nonce)
  const image = (word: string, detail: string, format?: 'jpeg'): JsonObject => ({
    type: 'input_image',
    image_url: builder.imageUrl(word, format),
    detail,
  })
  const text = 'Each picture shows a code word. Reply with them in this order.'
  return builder.createRequestFromParts(
    [
      { type: 'input_text', text },
      image(first, 'low'),
      image(second, 'high', 'jpeg'),
      image(third, 'auto'),
    ],
    {
      model: builder.model('vision'),
      ...choiceFormatOf(builder, {
        first: [...decoysOf(builder.nonce).slice(3), first],
        second: [...decoysOf(builder.nonce).slice(3), second],
        last: [first, second, third],
      }),
    },
  )
}

export const severalImagesScenario = defineScenario<'ask'>({
  id: 'image/several',
  title: 'Three pictures in one message, one for each detail, one of them a JPEG',
  apiPaths: [INPUT_IMAGE, IMAGE_URL, 'request /input/*/content/*/detail'],
  tier: 'feature',
  needs: ['vision-model', 'expensive'],
  steps: { ask: { request: showSeveral, expect: 'success' } },
})

export const countedImageScenario = defineScenario<'one' | 'three'>({
  id: 'image/counted',
  title: 'One picture and three pictures, one of them a JPEG',
  apiPaths: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model'],
  steps: {
    one: { request: showPng, expect: 'success' },
    three: { request: showSeveral, expect: 'success' },
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
            prompt: 'Take a picture of the sign.',
            name: 'take_picture',
            description: 'Takes a picture of the sign.',
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
