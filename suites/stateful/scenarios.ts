import { defineScenario, idOf, needed, unsure } from '../../src/authoring/define.ts'
import { field, items } from '../../src/authoring/read.ts'
import { ASK_WORD, choice, decoys, said, variant, wordsIn } from '../../src/authoring/code-word.ts'
import type {
  Exchange,
  Json,
  JsonObject,
  Judgement,
  Kit,
  WireRequest,
} from '../../src/types/index.ts'

const PREVIOUS = 'request /previous_response_id'

/** Shows whether previous_response_id is heard at all; every step that sends it rests on that. */
export const HEARD = 'stateful/remembers-its-own-answer'

/** The words that the steps of `chain` plant: in the instructions, and in the fork only. */
export function planted(nonce: string): { readonly instructed: string; readonly forked: string } {
  return { instructed: variant(nonce, 1), forked: variant(nonce, 2) }
}

/** The doubt whether the turns of `chain` are linked at all: what does not carry over then proves nothing. */
export function unlinked(third: Exchange, nonce: string): Judgement | undefined {
  const words = wordsIn(said(third))
  if ([nonce, ...Object.values(planted(nonce))].some((word) => words.includes(word))) return
  return unsure(
    'prerequisite',
    'the third turn knows nothing of the first: see stateful/remembers-over-three-turns',
  )
}

function picks(nonce: string): readonly string[] {
  return [variant(nonce, 3), variant(nonce, 4), variant(nonce, 5), variant(nonce, 6)]
}

export const chain = defineScenario<'first' | 'second' | 'fork' | 'third'>({
  id: 'stateful/chain',
  title: 'Three turns linked by previous_response_id, and a fork of the first',
  hinges: [PREVIOUS],
  tier: 'core',
  fresh: true,
  steps: {
    first: {
      request: (kit) =>
        kit.ask(
          `The code word is ${kit.nonce}. Keep it in mind. Now pick another word of this form, ` +
            'one that the answer format offers, and reply with that word only.',
          {
            instructions: `The secret word of these instructions is ${planted(kit.nonce).instructed}.`,
            max_output_tokens: 4000,
            metadata: { turn: 'first' },
            store: true,
            ...pick(kit),
          },
        ),
      expect: 'success',
    },
    second: {
      request: (kit) =>
        kit.ask('Which word did you pick? Reply with that word only.', {
          previous_response_id: idOf(kit.prior('first')),
          store: true,
          ...choice(kit, picks(kit.nonce)),
        }),
      expect: 'success',
      rests: HEARD,
    },
    fork: {
      request: (kit) =>
        kit.ask(`The code word has changed to ${planted(kit.nonce).forked}. ${ASK_WORD}`, {
          previous_response_id: idOf(kit.prior('first')),
          store: true,
          ...choice(kit, [...decoys(kit.nonce), planted(kit.nonce).forked, kit.nonce]),
        }),
      expect: 'success',
      rests: HEARD,
    },
    third: {
      request: (kit) =>
        kit.ask(
          'What is the code word? And which words of this form have you been told so far, by ' +
            'anybody? If you were not told the code word, choose the value that says so.',
          {
            previous_response_id: idOf(kit.prior('second')),
            store: true,
            ...told(kit),
          },
        ),
      expect: 'success',
      rests: HEARD,
    },
  },
})

/**
 * The code word to choose, and every word that is known to list. What must not be known is not among
 * the values: who names it has been told.
 */
function told(kit: Kit): JsonObject {
  const { text } = choice(kit, [...decoys(kit.nonce), kit.nonce])
  if (text === undefined) return {}
  const word = field(text, '/format/schema/properties/word')!
  const known = {
    type: 'array',
    description: 'Every code word that you have been told.',
    items: { type: 'string' },
  }
  const schema = {
    type: 'object',
    properties: { word, known },
    required: ['word', 'known'],
    additionalProperties: false,
  }
  return { text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } } }
}

/** A choice among the words alone: here the model cannot fail to know. */
function pick(kit: Kit): JsonObject {
  const { text } = choice(kit, [])
  if (text === undefined) return {}
  const schema = {
    type: 'object',
    properties: { word: { type: 'string', enum: picks(kit.nonce) } },
    required: ['word'],
    additionalProperties: false,
  }
  return { text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } } }
}

/** The word of `streamed`, which no other scenario plants: its first answer serves others too. */
export function streamedWord(nonce: string): string {
  return variant(nonce, 8)
}

/** A streamed turn to be kept, for every scenario that goes on with one. */
export function streamedTurn(kit: Pick<Kit, 'ask' | 'nonce'>): WireRequest {
  return kit.ask(
    `The code word is ${streamedWord(kit.nonce)}. Reply with the single word: ready.`,
    {
      stream: true,
      store: true,
    },
  )
}

export const streamed = defineScenario<'first' | 'next'>({
  id: 'stateful/streamed',
  title: 'A streamed response, continued',
  hinges: [PREVIOUS, 'request /stream = true'],
  tier: 'core',
  steps: {
    first: { request: streamedTurn, expect: 'success' },
    next: {
      request: (kit) =>
        kit.ask(ASK_WORD, {
          previous_response_id: idOf(kit.prior('first')),
          store: true,
          ...choice(kit, [...decoys(kit.nonce), streamedWord(kit.nonce)]),
        }),
      expect: 'success',
      rests: HEARD,
    },
  },
})

const LOOKUP: JsonObject = {
  type: 'function',
  name: 'look_up',
  description: 'Looks up the code word.',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
  strict: true,
}

export const toolLoop = defineScenario<'call' | 'answer'>({
  id: 'stateful/tool-loop',
  title: 'A function call, continued with previous_response_id and its output alone',
  hinges: [PREVIOUS, 'request /input/*/type = function_call_output'],
  tier: 'core',
  fresh: true,
  steps: {
    call: {
      request: (kit) =>
        kit.ask(`Look up the code word. ${ASK_WORD}`, {
          tools: [LOOKUP],
          tool_choice: kit.force('look_up'),
          store: true,
        }),
      expect: 'success',
    },
    answer: {
      request: (kit) =>
        kit.create({
          previous_response_id: idOf(kit.prior('call')),
          input: [
            {
              type: 'function_call_output',
              call_id: callId(kit.prior('call')),
              output: `The code word is ${kit.nonce}.`,
            },
          ],
          tools: [LOOKUP],
          tool_choice: 'none',
          store: true,
          ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
        }),
      expect: 'success',
      rests: HEARD,
    },
  },
})

function callId(exchange: Exchange): Json {
  return needed(items(exchange, 'function_call')[0]?.['call_id'], 'call_id')
}

export const unknown = defineScenario({
  id: 'stateful/unknown-previous',
  title: 'A previous_response_id that nobody has given out',
  hinges: [PREVIOUS],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Reply with the single word: ready.', {
          previous_response_id: `resp_${kit.nonce.replaceAll('-', '').toLowerCase()}`,
        }),
      expect: 'refusal',
      rests: HEARD,
    },
  },
})
