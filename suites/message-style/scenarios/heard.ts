// Messages whose words a model can only know if it heard them.

import { defineScenario } from '../../../src/authoring/define.ts'
import {
  ASK_WORD,
  choiceFormatOf,
  choiceFormatOfQuestions,
  decoysOf,
  plantWord,
  variantOf,
} from '../../../src/authoring/code-word.ts'
import type { ApiPath, JsonObject, RequestBuilder, Scenario } from '../../../src/types/index.ts'

const user = (text: string): JsonObject => ({ type: 'message', role: 'user', content: text })
const part = (text: string): JsonObject => ({ type: 'input_text', text })
const answer = (builder: RequestBuilder): JsonObject =>
  choiceFormatOf(builder, [...decoysOf(builder.nonce), builder.nonce])

/** One request in which the run's code word is planted, and asked for. */
function recall(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  body: (builder: RequestBuilder) => JsonObject,
): Scenario<'ask'> {
  return defineScenario({
    id: `message-style/${name}`,
    title,
    apiPaths,
    tier: 'core',
    steps: {
      ask: {
        request: (builder) => builder.create({ ...body(builder), ...answer(builder) }),
        expect: 'success',
      },
    },
  })
}

export const stringInputScenario = recall(
  'string',
  'Input as a string',
  ['request /input'],
  (builder) => ({
    input: `${plantWord(builder.nonce)} ${ASK_WORD}`,
  }),
)

export const untypedMessageScenario = recall(
  'untyped',
  'A message that is only a role and a text',
  ['request /input/*/role = user'],
  (builder) => ({ input: [{ role: 'user', content: `${plantWord(builder.nonce)} ${ASK_WORD}` }] }),
)

export const inputPartsScenario = recall(
  'parts',
  'A message whose sentence is spread over three parts',
  ['request /input/*/content/*/type = input_text'],
  (builder) => ({
    input: [
      builder.message('user', [
        part('The code word'),
        part(` is ${builder.nonce}. `),
        part(ASK_WORD),
      ]),
    ],
  }),
)

export const systemMessageScenario = recall(
  'system',
  'A code word that only a system message knows',
  ['request /input/*/role = system'],
  (builder) => ({
    input: [builder.message('system', plantWord(builder.nonce)), builder.message('user', ASK_WORD)],
  }),
)

export const developerMessageScenario = recall(
  'developer',
  'A code word that only a developer message knows',
  ['request /input/*/role = developer'],
  (builder) => ({
    input: [
      builder.message('developer', plantWord(builder.nonce)),
      builder.message('user', ASK_WORD),
    ],
  }),
)

export const instructionsScenario = recall(
  'instructions',
  'A code word that only the instructions know',
  ['request /instructions'],
  (builder) => ({
    instructions: plantWord(builder.nonce),
    input: [builder.message('user', ASK_WORD)],
  }),
)

export const bothGuidesScenario = defineScenario({
  id: 'message-style/both-guides',
  title:
    'One word in the instructions, another in a system message, and a message of the developer',
  apiPaths: ['request /instructions', 'request /input/*/role = developer'],
  tier: 'core',
  steps: {
    ask: {
      request: (builder) =>
        builder.create({
          instructions: plantWord(variantOf(builder.nonce, 1), 'first word'),
          input: [
            builder.message('system', plantWord(variantOf(builder.nonce, 2), 'second word')),
            builder.message('developer', 'Answer in English.'),
            builder.message('user', 'What are the two words?'),
          ],
          ...choiceFormatOfQuestions(builder, {
            first: [...decoysOf(builder.nonce), variantOf(builder.nonce, 1)],
            second: [...decoysOf(builder.nonce), variantOf(builder.nonce, 2)],
          }),
        }),
      expect: 'success',
    },
  },
})

export const historyScenario = defineScenario({
  id: 'message-style/history',
  title: 'A conversation: the assistant names a word, the user changes another one twice',
  apiPaths: ['request /input/*/role = assistant'],
  tier: 'core',
  steps: {
    ask: {
      request: (builder) =>
        builder.create({
          input: [
            builder.message('user', 'Name a word.'),
            builder.message(
              'assistant',
              plantWord(variantOf(builder.nonce, 1), 'word of the assistant'),
            ),
            builder.message('user', plantWord(variantOf(builder.nonce, 2), 'word of the user')),
            builder.message('user', plantWord(variantOf(builder.nonce, 3), 'word of the user')),
            builder.message(
              'user',
              'What is the word of the assistant, and what is the latest word of the user?',
            ),
          ],
          ...choiceFormatOfQuestions(builder, {
            assistant: [...decoysOf(builder.nonce), variantOf(builder.nonce, 1)],
            latest: [
              ...decoysOf(builder.nonce),
              variantOf(builder.nonce, 2),
              variantOf(builder.nonce, 3),
            ],
          }),
        }),
      expect: 'success',
    },
  },
})

export const assistantPartsScenario = defineScenario({
  id: 'message-style/assistant-parts',
  needs: ['expensive'],
  title: 'Earlier answers as output messages with output_text parts',
  apiPaths: ['request /input/*/content/*/type = output_text'],
  tier: 'core',
  steps: {
    ask: {
      request: (builder) =>
        builder.create({
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
          ...choiceFormatOf(builder, [...decoysOf(builder.nonce), variantOf(builder.nonce, 4)]),
        }),
      expect: 'success',
    },
  },
})
