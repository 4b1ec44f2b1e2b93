import { defineScenario } from '../../src/authoring/define.ts'
import { ASK_WORD, choice, choices, decoys, variant } from '../../src/authoring/code-word.ts'
import type { Json, JsonObject, Kit, WireRequest } from '../../src/types/index.ts'

const QUESTION: JsonObject = {
  type: 'input_text',
  text: `The picture shows a code word. ${ASK_WORD}`,
}
const INPUT_IMAGE = 'request /input/*/content/*/type = input_image'
const IMAGE_URL = 'request /input/*/content/*/image_url'

function show(kit: Kit, url: Json, more: JsonObject = {}): WireRequest {
  return kit.askParts([QUESTION, { type: 'input_image', image_url: url }], {
    model: kit.model('vision'),
    ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
    ...more,
  })
}

const showPng = (kit: Kit): WireRequest => show(kit, kit.imageUrl(kit.nonce))

export const png = defineScenario<'ask'>({
  id: 'image/png',
  title: 'A PNG as a data URL, without detail',
  hinges: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model'],
  steps: { ask: { request: showPng, expect: 'success' } },
})

export const jpeg = defineScenario({
  id: 'image/jpeg',
  title: 'A JPEG as a data URL',
  hinges: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model'],
  steps: {
    ask: { request: (kit) => show(kit, kit.imageUrl(kit.nonce, 'jpeg')), expect: 'success' },
  },
})

/** The words of the pictures in `several`, in order. */
export function pictured(nonce: string): readonly [string, string, string] {
  return [variant(nonce, 1), variant(nonce, 2), variant(nonce, 3)]
}

const showSeveral = (kit: Kit): WireRequest => {
  const [first, second, third] = pictured(kit.nonce)
  const image = (word: string, detail: string): JsonObject => ({
    type: 'input_image',
    image_url: kit.imageUrl(word),
    detail,
  })
  const text =
    'Each picture shows a code word. Reply with the code words in the order of the pictures.'
  return kit.askParts(
    [
      { type: 'input_text', text },
      image(first, 'low'),
      image(second, 'high'),
      image(third, 'auto'),
    ],
    {
      model: kit.model('vision'),
      ...choices(kit, {
        first: [...decoys(kit.nonce), first],
        second: [...decoys(kit.nonce), second],
        last: [first, second, third],
      }),
    },
  )
}

export const several = defineScenario<'ask'>({
  id: 'image/several',
  title: 'Three pictures in one message, one for each detail',
  hinges: [INPUT_IMAGE, IMAGE_URL, 'request /input/*/content/*/detail'],
  tier: 'feature',
  needs: ['vision-model', 'expensive'],
  steps: { ask: { request: showSeveral, expect: 'success' } },
})

export const counted = defineScenario<'one' | 'three'>({
  id: 'image/counted',
  title: 'One picture and three pictures',
  hinges: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model'],
  steps: {
    one: { request: showPng, expect: 'success' },
    three: { request: showSeveral, expect: 'success' },
  },
})

export const toolOutput = defineScenario({
  id: 'image/tool-output',
  title: 'A picture as the result of a function call',
  hinges: [INPUT_IMAGE, 'request /input/*/output/*/type = input_image'],
  tier: 'feature',
  needs: ['vision-model', 'expensive'],
  steps: {
    ask: {
      request: (kit) =>
        kit.create({
          model: kit.model('vision'),
          input: [
            kit.message('user', `Take a picture of the sign. ${ASK_WORD}`),
            {
              type: 'function_call',
              call_id: 'call_picture',
              name: 'take_picture',
              arguments: '{}',
            },
            {
              type: 'function_call_output',
              call_id: 'call_picture',
              output: [{ type: 'input_image', image_url: kit.imageUrl(kit.nonce) }],
            },
          ],
          tools: [TAKE_PICTURE],
          tool_choice: 'none',
          ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
        }),
      expect: 'success',
    },
  },
})

const TAKE_PICTURE: JsonObject = {
  type: 'function',
  name: 'take_picture',
  description: 'Takes a picture of the sign.',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
  strict: true,
}

export const byUrl = defineScenario({
  id: 'image/by-url',
  title: 'A picture that the provider has to fetch',
  hinges: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['vision-model', 'fixture-url'],
  steps: {
    ask: {
      request(kit) {
        const fixture = kit.fixtureUrl('image')
        const word = fixture?.word ?? kit.nonce
        return show(kit, fixture?.url ?? '', choice(kit, [...decoys(word), word]))
      },
      expect: 'success',
    },
  },
})

export const unreachable = defineScenario({
  id: 'image/unreachable',
  title: 'A picture at an address that cannot exist',
  hinges: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['expensive', 'vision-model'],
  steps: {
    ask: { request: (kit) => show(kit, 'https://pictures.invalid/sign.png'), expect: 'either' },
  },
})

/** The smallest bitmap: one white pixel. */
const BMP =
  'data:image/bmp;base64,Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAADEDgAAxA4AAAAAAAAAAAAA////AA=='

export const broken = defineScenario<'chatForm' | 'garbage' | 'bitmap'>({
  id: 'image/broken',
  title: 'Pictures that nobody can see',
  hinges: [INPUT_IMAGE, IMAGE_URL],
  tier: 'feature',
  needs: ['expensive', 'vision-model'],
  steps: {
    chatForm: {
      request: (kit) => show(kit, { url: kit.imageUrl(kit.nonce) }),
      expect: 'refusal',
      invalidAt: '/input/0/content/1/image_url',
      control: showPng,
    },
    garbage: {
      request: (kit) => show(kit, 'data:image/png;base64,@@@@'),
      expect: 'refusal',
      control: showPng,
    },
    bitmap: { request: (kit) => show(kit, BMP), expect: 'refusal', control: showPng },
  },
})
