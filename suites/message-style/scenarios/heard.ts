// Messages whose words a model can only know if it heard them.

import { defineScenario } from '../../../src/authoring/define.ts'
import {
  ASK_WORD,
  choice,
  choices,
  decoys,
  plant,
  variant,
} from '../../../src/authoring/code-word.ts'
import type { Hinge, JsonObject, Kit, Scenario } from '../../../src/types/index.ts'

const user = (text: string): JsonObject => ({ type: 'message', role: 'user', content: text })
const part = (text: string): JsonObject => ({ type: 'input_text', text })
const answer = (kit: Kit): JsonObject => choice(kit, [...decoys(kit.nonce), kit.nonce])

/** One request in which the run's code word is planted, and asked for. */
function recall(
  name: string,
  title: string,
  hinges: readonly Hinge[],
  body: (kit: Kit) => JsonObject,
): Scenario<'ask'> {
  return defineScenario({
    id: `message-style/${name}`,
    title,
    hinges,
    tier: 'core',
    steps: {
      ask: {
        request: (kit) => kit.create({ ...body(kit), ...answer(kit) }),
        expect: 'success',
      },
    },
  })
}

export const stringInput = recall('string', 'Input as a string', ['request /input'], (kit) => ({
  input: `${plant(kit.nonce)} ${ASK_WORD}`,
}))

export const untyped = recall(
  'untyped',
  'A message that is only a role and a text',
  ['request /input/*/role = user'],
  (kit) => ({ input: [{ role: 'user', content: `${plant(kit.nonce)} ${ASK_WORD}` }] }),
)

export const parts = recall(
  'parts',
  'A message whose sentence is spread over three parts',
  ['request /input/*/content/*/type = input_text'],
  (kit) => ({
    input: [
      kit.message('user', [part('The code word'), part(` is ${kit.nonce}. `), part(ASK_WORD)]),
    ],
  }),
)

export const system = recall(
  'system',
  'A code word that only a system message knows',
  ['request /input/*/role = system'],
  (kit) => ({ input: [kit.message('system', plant(kit.nonce)), kit.message('user', ASK_WORD)] }),
)

export const developer = recall(
  'developer',
  'A code word that only a developer message knows',
  ['request /input/*/role = developer'],
  (kit) => ({ input: [kit.message('developer', plant(kit.nonce)), kit.message('user', ASK_WORD)] }),
)

export const instructions = recall(
  'instructions',
  'A code word that only the instructions know',
  ['request /instructions'],
  (kit) => ({ instructions: plant(kit.nonce), input: [kit.message('user', ASK_WORD)] }),
)

export const bothGuides = defineScenario({
  id: 'message-style/both-guides',
  title: 'One word in the instructions, another in a system message',
  hinges: ['request /instructions', 'request /input/*/role = system'],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    ask: {
      request: (kit) =>
        kit.create({
          instructions: plant(variant(kit.nonce, 1), 'first word'),
          input: [
            kit.message('system', plant(variant(kit.nonce, 2), 'second word')),
            kit.message('user', 'What are the two words?'),
          ],
          ...choices(kit, {
            first: [...decoys(kit.nonce), variant(kit.nonce, 1)],
            second: [...decoys(kit.nonce), variant(kit.nonce, 2)],
          }),
        }),
      expect: 'success',
    },
  },
})

export const history = defineScenario({
  id: 'message-style/history',
  title: 'A conversation: the assistant names a word, the user changes another one twice',
  hinges: ['request /input/*/role = assistant'],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) =>
        kit.create({
          input: [
            kit.message('user', 'Name a word.'),
            kit.message('assistant', plant(variant(kit.nonce, 1), 'word of the assistant')),
            kit.message('user', plant(variant(kit.nonce, 2), 'word of the user')),
            kit.message('user', plant(variant(kit.nonce, 3), 'word of the user')),
            kit.message(
              'user',
              'What is the word of the assistant, and what is the latest word of the user?',
            ),
          ],
          ...choices(kit, {
            assistant: [...decoys(kit.nonce), variant(kit.nonce, 1)],
            latest: [...decoys(kit.nonce), variant(kit.nonce, 2), variant(kit.nonce, 3)],
          }),
        }),
      expect: 'success',
    },
  },
})

export const assistantParts = defineScenario({
  id: 'message-style/assistant-parts',
  needs: ['expensive'],
  title: 'Earlier answers as output messages with output_text parts',
  hinges: ['request /input/*/content/*/type = output_text'],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) =>
        kit.create({
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
                  text: plant(variant(kit.nonce, 4), 'word of the assistant'),
                  annotations: [],
                  logprobs: [],
                },
              ],
            },
            user('What is the word of the assistant?'),
          ],
          ...choice(kit, [...decoys(kit.nonce), variant(kit.nonce, 4)]),
        }),
      expect: 'success',
    },
  },
})
