import { defineScenario, idOf } from '../../src/define.ts'
import { field, items, sent } from '../../src/read.ts'
import type { Hinge, JsonObject, Kit, Scenario } from '../../src/types.ts'
import { ASK_WORD, choice, choices, decoys, plant, variant } from '../../src/recall.ts'

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

/** A request whose acceptance is the very question: a check says what a refusal means. */
function accepted(
  name: string,
  title: string,
  hinges: readonly Hinge[],
  input: readonly JsonObject[],
  more: Partial<Scenario> = {},
): Scenario<'ask'> {
  return defineScenario({
    id: `message-style/${name}`,
    title,
    hinges,
    tier: 'core',
    ...more,
    steps: { ask: { request: (kit) => kit.create({ input }), expect: 'either' } },
  })
}

const thenReady = user('Reply with the single word: ready.')

export const bareParts = accepted(
  'bare-parts',
  'An earlier answer as output_text without id, status and annotations',
  ['request /input/*/content/*/type = output_text'],
  [
    user('Name a word.'),
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Tree.' }] },
    thenReady,
  ],
  { needs: ['expensive'] },
)

export const refusalPart = accepted(
  'refusal-part',
  'An earlier answer that was a refusal',
  ['request /input/*/content/*/type = refusal'],
  [
    user('Open the vault.'),
    {
      type: 'message',
      id: 'msg_0123456789abcdee',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'refusal', refusal: 'I cannot do that.' }],
    },
    thenReady,
  ],
  { needs: ['expensive'] },
)

export const nullFields = accepted(
  'null-fields',
  'A message with null for id and status',
  ['request /input/*/id'],
  [{ ...thenReady, id: null, status: null }],
  { needs: ['expensive'] },
)

export const phases = accepted(
  'phases',
  'Earlier answers with a phase',
  ['request /input/*/phase'],
  [
    user('Think of a word, then name it.'),
    { type: 'message', role: 'assistant', phase: 'commentary', content: 'I think of a tree.' },
    { type: 'message', role: 'assistant', phase: 'final_answer', content: 'Tree.' },
    thenReady,
  ],
  { needs: ['expensive'] },
)

export const breakpoint = accepted(
  'cache-breakpoint',
  'A part with an explicit cache breakpoint',
  ['request /input/*/content/*/prompt_cache_breakpoint'],
  [
    {
      type: 'message',
      role: 'user',
      content: [
        {
          type: 'input_text',
          text: 'Reply with the single word: ready.',
          prompt_cache_breakpoint: { mode: 'explicit' },
        },
      ],
    },
  ],
  { tier: 'feature', needs: ['expensive'] },
)

/** A choice that is known from the answer alone, where the words can stand in a schema. */
function choosing(kit: Kit): JsonObject {
  const words = decoys(kit.nonce)
  if (!kit.promises('request /text/format/type = json_schema')) {
    const text = `Choose one of these words: ${words.join(', ')}. Reply with the word only.`
    return { input: [kit.message('user', text)] }
  }
  const schema = {
    type: 'object',
    properties: { word: { type: 'string', enum: words } },
    required: ['word'],
    additionalProperties: false,
  }
  return {
    input: [kit.message('user', 'Choose any one of the allowed words.')],
    text: { format: { type: 'json_schema', name: 'choice', strict: true, schema } },
  }
}

const CHOSEN = 'Which word did you choose? Reply with the word only.'

export const replay = defineScenario<'first' | 'second'>({
  id: 'message-style/replay',
  title: 'Everything that an answer put out, sent back as it came',
  hinges: ['request /input/*/role = assistant'],
  tier: 'core',
  steps: {
    first: { request: (kit) => kit.create(choosing(kit)), expect: 'success' },
    second: {
      request: (kit) => {
        const prior = kit.prior('first')
        const asked = field(sent(prior), '/input')
        return kit.create({
          input: [
            ...(Array.isArray(asked) ? asked : []),
            ...items(prior),
            kit.message('user', CHOSEN),
          ],
          ...choice(kit, decoys(kit.nonce)),
        })
      },
      expect: 'either',
    },
  },
})

export const reference = defineScenario<'first' | 'second'>({
  id: 'message-style/item-reference',
  title: 'A stored answer, referred to by the id of its message',
  hinges: ['request /input/*/type = item_reference'],
  tier: 'feature',
  fresh: true,
  steps: {
    first: {
      request: (kit) => kit.create({ ...choosing(kit), store: true }),
      expect: 'success',
    },
    second: {
      request: (kit) =>
        kit.create({
          input: [
            {
              type: 'item_reference',
              id: items(kit.prior('first'), 'message')[0]?.['id'] ?? 'msg_missing',
            },
            kit.message('user', CHOSEN),
          ],
          ...choice(kit, decoys(kit.nonce)),
        }),
      expect: 'success',
    },
  },
})

function refused(
  name: string,
  title: string,
  invalidAt: string,
  input: readonly JsonObject[],
  more: Partial<Scenario> = {},
): Scenario<'ask'> {
  return defineScenario({
    id: `message-style/${name}`,
    title,
    hinges: [],
    tier: 'core',
    ...more,
    steps: { ask: { request: (kit) => kit.create({ input }), expect: 'refusal', invalidAt } },
  })
}

const typed = (role: string, type: string): JsonObject => ({
  type: 'message',
  role,
  content: [{ type, text: 'Reply with the single word: ready.' }],
})

export const chatPart = refused(
  'chat-part',
  'A part in the spelling of Chat Completions',
  '/input/0/content/0/type',
  [typed('user', 'text')],
  { needs: ['expensive'] },
)

export const unknownItem = refused(
  'unknown-item',
  'An item of a type that does not exist',
  '/input/0/type',
  [{ type: 'bogus_item', text: 'Hello.' }, thenReady],
)

export const inputByAssistant = refused(
  'input-by-assistant',
  'An input_text part in a message of the assistant',
  '/input/0/content/0/type',
  [typed('assistant', 'input_text'), thenReady],
  { needs: ['expensive'] },
)

export const outputByUser = refused(
  'output-by-user',
  'An output_text part in a message of the user',
  '/input/0/content/0/type',
  [typed('user', 'output_text')],
  { needs: ['expensive'] },
)

const SPACED = '  \n Reply with the single word: ready. \n  '

export const whitespace = defineScenario<'create' | 'items'>({
  id: 'message-style/whitespace',
  title: 'A text with white space around it, read back from the stored input',
  hinges: ['operation input-items', 'request /store'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    create: {
      request: (kit) => kit.create({ input: [kit.message('user', SPACED)], store: true }),
      expect: 'success',
    },
    items: {
      request: (kit) => ({
        operation: 'input-items',
        method: 'GET',
        path: `/responses/${encodeURIComponent(idOf(kit.prior('create')))}/input_items`,
      }),
      expect: 'success',
    },
  },
})
