import { defineScenario, idOf, needed, unsure } from '../../src/authoring/define.ts'
import { field, items } from '../../src/authoring/read.ts'
import {
  answerTextOf,
  ASK_WORD,
  choiceFormatOf,
  codeWordsOf,
  variantOf,
  wordFormatOf,
  wordFormatsOf,
} from '../../src/authoring/code-word.ts'
import {
  buildStrictFormat,
  buildStrictFunction,
  wordPropertiesOf,
} from '../../src/authoring/strict-schema.ts'
import type {
  Exchange,
  Json,
  JsonObject,
  Judgement,
  RequestBuilder,
  WireRequest,
} from '../../src/types/index.ts'

const PREVIOUS = 'request /previous_response_id'

/** Shows whether previous_response_id is heard at all; every step that sends it rests on that. */
export const HEARD_CHECK = 'stateful/remembers-its-own-answer'

/** The words that the steps of `chain` plant: in the instructions, and in the fork only. */
export function plantedWordsOf(nonce: string): {
  readonly instructed: string
  readonly forked: string
} {
  return { instructed: variantOf(nonce, 1), forked: variantOf(nonce, 2) }
}

/** The doubt whether the turns of `chain` are linked at all: what does not carry over then proves nothing. */
export function doubtUnlinked(third: Exchange, nonce: string): Judgement | undefined {
  const words = codeWordsOf(answerTextOf(third))
  if ([nonce, ...Object.values(plantedWordsOf(nonce))].some((word) => words.includes(word))) return
  return unsure(
    'prerequisite',
    'the third turn knows nothing of the first: see stateful/remembers-over-three-turns',
    { check: 'stateful/remembers-over-three-turns' },
  )
}

function picks(nonce: string): readonly string[] {
  return [variantOf(nonce, 3), variantOf(nonce, 4), variantOf(nonce, 5), variantOf(nonce, 6)]
}

export const chainScenario = defineScenario<'first' | 'second' | 'fork' | 'third'>({
  id: 'stateful/chain',
  title: 'Three turns linked by previous_response_id, and a fork of the first',
  apiPaths: [PREVIOUS],
  tier: 'core',
  fresh: true,
  steps: {
    first: {
      request: (builder) =>
        builder.createRequest(
          `The code word is ${builder.nonce}. Now pick another word of this form, one that the ` +
            'answer format offers, and reply with that word only.',
          {
            instructions: `The secret word of these instructions is ${plantedWordsOf(builder.nonce).instructed}.`,
            max_output_tokens: 4000,
            metadata: { turn: 'first' },
            store: true,
            ...pick(builder),
          },
        ),
      expect: 'success',
    },
    second: {
      request: (builder) =>
        builder.createRequest('Which word did you pick? Reply with it only.', {
          previous_response_id: idOf(builder.prior('first')),
          store: true,
          ...choiceFormatOf(builder, { word: picks(builder.nonce) }),
        }),
      expect: 'success',
      rests: HEARD_CHECK,
    },
    fork: {
      request: (builder) =>
        builder.createRequest(
          `The code word has changed to ${plantedWordsOf(builder.nonce).forked}. ${ASK_WORD}`,
          {
            previous_response_id: idOf(builder.prior('first')),
            store: true,
            ...wordFormatsOf(builder, {
              word: [plantedWordsOf(builder.nonce).forked, builder.nonce],
            }),
          },
        ),
      expect: 'success',
      rests: HEARD_CHECK,
    },
    third: {
      request: (builder) =>
        builder.createRequest(
          'What is the code word? And which words of this form were you told so far, by anybody?',
          {
            previous_response_id: idOf(builder.prior('second')),
            store: true,
            ...told(builder),
          },
        ),
      expect: 'success',
      rests: HEARD_CHECK,
    },
  },
})

/**
 * The code word to choose, and every word that is known to list. What must not be known is not among
 * the values: who names it has been told.
 */
function told(builder: RequestBuilder): JsonObject {
  const { text } = wordFormatOf(builder)
  if (text === undefined) return {}
  const word = field(text, '/format/schema/properties/word')!
  const known = {
    type: 'array',
    description: 'Every word that you were told.',
    items: { type: 'string' },
  }
  return buildStrictFormat({ word, known })
}

/** A choice among the words alone: here the model cannot fail to know. */
function pick(builder: RequestBuilder): JsonObject {
  const { text } = choiceFormatOf(builder, {})
  if (text === undefined) return {}
  return buildStrictFormat(wordPropertiesOf({ word: picks(builder.nonce) }))
}

const READY = 'Reply with the single word: ready.'

export const countedHistoryScenario = defineScenario<'first' | 'alone' | 'next'>({
  id: 'stateful/counted',
  title: 'One question, alone and behind an earlier turn',
  apiPaths: [PREVIOUS],
  tier: 'core',
  steps: {
    first: {
      request: (builder) => builder.createRequest(READY, { store: true }),
      expect: 'success',
    },
    alone: { request: (builder) => builder.createRequest(READY), expect: 'success' },
    next: {
      request: (builder) =>
        builder.createRequest(READY, { previous_response_id: idOf(builder.prior('first')) }),
      expect: 'success',
      rests: HEARD_CHECK,
    },
  },
})

/** The word of `streamed`, which no other scenario plants: its first answer serves others too. */
export function streamedWordOf(nonce: string): string {
  return variantOf(nonce, 8)
}

/** A streamed turn to be kept, for every scenario that goes on with one. */
export function buildStreamedTurn(
  builder: Pick<RequestBuilder, 'createRequest' | 'nonce'>,
): WireRequest {
  return builder.createRequest(
    `The code word is ${streamedWordOf(builder.nonce)}. Reply with the single word: ready.`,
    {
      stream: true,
      store: true,
    },
  )
}

export const streamedChainScenario = defineScenario<'first' | 'next'>({
  id: 'stateful/streamed',
  title: 'A streamed response, continued',
  apiPaths: [PREVIOUS, 'request /stream = true'],
  tier: 'core',
  steps: {
    first: { request: buildStreamedTurn, expect: 'success' },
    next: {
      request: (builder) =>
        builder.createRequest(ASK_WORD, {
          previous_response_id: idOf(builder.prior('first')),
          store: true,
          ...wordFormatOf(builder, streamedWordOf(builder.nonce)),
        }),
      expect: 'success',
      rests: HEARD_CHECK,
    },
  },
})

const LOOKUP = buildStrictFunction('look_up', 'Looks up the code word.')

export const chainedToolLoopScenario = defineScenario<'call' | 'answer'>({
  id: 'stateful/tool-loop',
  title: 'A function call, continued with previous_response_id and its output alone',
  apiPaths: [PREVIOUS, 'request /input/*/type = function_call_output'],
  tier: 'core',
  fresh: true,
  steps: {
    call: {
      request: (builder) =>
        builder.createRequest(`Look up the code word. ${ASK_WORD}`, {
          tools: [LOOKUP],
          tool_choice: builder.force('look_up'),
          store: true,
        }),
      expect: 'success',
    },
    answer: {
      request: (builder) =>
        builder.create({
          previous_response_id: idOf(builder.prior('call')),
          input: [
            {
              type: 'function_call_output',
              call_id: callId(builder.prior('call')),
              output: `The code word is ${builder.nonce}.`,
            },
          ],
          tools: [LOOKUP],
          tool_choice: 'none',
          store: true,
          ...wordFormatOf(builder),
        }),
      expect: 'success',
      rests: HEARD_CHECK,
    },
  },
})

function callId(exchange: Exchange): Json {
  return needed(items(exchange, 'function_call')[0]?.['call_id'], 'call_id')
}

export const unknownPreviousScenario = defineScenario({
  id: 'stateful/unknown-previous',
  title: 'A previous_response_id that nobody has given out',
  apiPaths: [PREVIOUS],
  tier: 'core',
  steps: {
    ask: {
      request: (builder) =>
        builder.createRequest('Reply with the single word: ready.', {
          previous_response_id: `resp_${builder.nonce.replaceAll('-', '').toLowerCase()}`,
        }),
      expect: 'refusal',
      rests: HEARD_CHECK,
    },
  },
})
