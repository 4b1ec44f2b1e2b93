// Messages whose words a model can only know if it heard them.

import {
  ASK_WORD,
  plantWord,
  variantOf,
  wordFormatOf,
  wordFormatsOf,
} from '../../../src/authoring/code-word.ts'
import type {
  ApiPath,
  JsonObject,
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

/** One request in which the run's code word is planted, and asked for. */
function recall(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  body: (builder: RequestBuilder) => JsonObject,
): Scenario<'ask'> {
  return ask(name, title, apiPaths, (builder) => ({ ...body(builder), ...wordFormatOf(builder) }))
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

export const bothGuidesScenario = ask(
  'both-guides',
  'One word in the instructions, another in a system message, and a message of the developer',
  ['request /instructions', 'request /input/*/role = developer'],
  (builder) => ({
    instructions: plantWord(variantOf(builder.nonce, 1), 'first word'),
    input: [
      builder.message('system', plantWord(variantOf(builder.nonce, 2), 'second word')),
      builder.message('developer', 'Answer in English.'),
      builder.message('user', 'What are the two words?'),
    ],
    ...wordFormatsOf(builder, {
      first: variantOf(builder.nonce, 1),
      second: variantOf(builder.nonce, 2),
    }),
  }),
)

export const historyScenario = ask(
  'history',
  'A conversation: the assistant names a word, the user changes another one twice',
  ['request /input/*/role = assistant'],
  (builder) => ({
    input: [
      builder.message('user', 'Name a word.'),
      builder.message('assistant', plantWord(variantOf(builder.nonce, 1), 'word of the assistant')),
      builder.message('user', plantWord(variantOf(builder.nonce, 2), 'word of the user')),
      builder.message('user', plantWord(variantOf(builder.nonce, 3), 'word of the user')),
      builder.message(
        'user',
        'What is the word of the assistant, and what is the latest word of the user?',
      ),
    ],
    ...wordFormatsOf(builder, {
      assistant: variantOf(builder.nonce, 1),
      latest: [variantOf(builder.nonce, 2), variantOf(builder.nonce, 3)],
    }),
  }),
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
