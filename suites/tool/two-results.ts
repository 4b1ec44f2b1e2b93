// Two calls and their results: which is which, in parts, and of nothing.

import { defineScenario } from '../../src/authoring/define.ts'
import {
  judgeEachRecall,
  plantWord,
  variantOf,
  wordFormatsOf,
} from '../../src/authoring/code-word.ts'
import type { ApiPath, Exchange, JsonObject, Step } from '../../src/types/index.ts'
import { buildCall, buildHandler, FUNCTION, RECORD } from './scenarios.ts'

const withTools = {
  tools: [buildHandler(RECORD, { value: ['a', 'b'] })],
  tool_choice: 'none',
} as const

/** The words that the results of two calls bring. */
export function resultWordsOf(nonce: string): Readonly<Record<'first' | 'second', string>> {
  return { first: variantOf(nonce, 1), second: variantOf(nonce, 2) }
}

const PAIR = `Call ${RECORD} with a and with b. What came back for a is the first word, for b the second.`

/** Two calls, a message in between, and their results in the other order; the first may come in parts. */
function askForResults(isInParts: boolean): Step<'parts' | 'ask'>['request'] {
  return (builder) => {
    const { first, second } = resultWordsOf(builder.nonce)
    const result = plantWord(first)
    return builder.create({
      input: [
        ...(isInParts ? NOTHING : []),
        builder.message('user', PAIR),
        buildCall('call_a1', 'a'),
        buildCall('call_b2', 'b'),
        builder.message('developer', 'Any order will do.'),
        { type: 'function_call_output', call_id: 'call_b2', output: plantWord(second) },
        {
          type: 'function_call_output',
          call_id: 'call_a1',
          output: isInParts ? [{ type: 'input_text', text: result }] : result,
        },
      ],
      ...withTools,
      // Which result is which is told by the calls alone, and either word may be the answer to either.
      ...wordFormatsOf(builder, { first: [first, second], second: [first, second] }),
    })
  }
}

/** An answer, its call, and what came of it. */
const tellCall = (said: readonly JsonObject[], result: string): readonly JsonObject[] => [
  { type: 'message', role: 'user', content: `Call ${RECORD}.` },
  { type: 'message', role: 'assistant', content: said },
  buildCall('call_c3', 'a'),
  { type: 'function_call_output', call_id: 'call_c3', output: result },
]

const NOTHING = tellCall([], '')

function isEachHeard(exchange: Exchange | undefined, nonce: string): boolean {
  return (
    exchange !== undefined &&
    judgeEachRecall('parts', exchange, resultWordsOf(nonce), '').kind === 'holds'
  )
}

const IN_PARTS: Step<'parts' | 'ask'> = {
  request: askForResults(true),
  expect: 'either',
  once: true,
}

const RESULTS: readonly ApiPath[] = [FUNCTION, 'request /input/*/type = function_call_output']

export const pairingScenario = defineScenario<'parts' | 'ask'>({
  id: 'tool/pairing',
  title: 'Two calls, a message in between, and their results in the other order',
  apiPaths: RESULTS,
  tier: 'core',
  steps: {
    parts: IN_PARTS,
    ask: {
      request: askForResults(false),
      expect: 'success',
      spared: ({ parts }, nonce) => (isEachHeard(parts, nonce) ? 'parts' : undefined),
    },
  },
})

export const toolOutputPartsScenario = defineScenario<'parts' | 'ask'>({
  id: 'tool/output-parts',
  title: 'The result of a call as a list of input_text parts',
  apiPaths: RESULTS,
  tier: 'core',
  steps: {
    parts: IN_PARTS,
    ask: {
      request: (builder) => {
        const { first } = resultWordsOf(builder.nonce)
        return builder.create({
          input: [
            builder.message('user', `Call ${RECORD} with a. What came back is the first word.`),
            buildCall('call_a1', 'a'),
            {
              type: 'function_call_output',
              call_id: 'call_a1',
              output: [{ type: 'input_text', text: plantWord(first) }],
            },
          ],
          ...withTools,
          ...wordFormatsOf(builder, { first }),
        })
      },
      expect: 'success',
      spared: ({ parts }, nonce) => (isEachHeard(parts, nonce) ? 'parts' : undefined),
    },
  },
})

const afterCall = (told: readonly JsonObject[]): Step<'parts' | 'spoken' | 'ask'> => ({
  request: (builder) =>
    builder.create({
      input: [...told, builder.message('user', 'Reply with the single word: ready.')],
      ...withTools,
    }),
  expect: 'either',
  spared: ({ parts }) =>
    parts !== undefined && parts.status >= 200 && parts.status < 300 ? 'parts' : undefined,
})

export const emptyResultScenario = defineScenario<'parts' | 'spoken' | 'ask'>({
  id: 'tool/empty-result',
  title: 'An answer without a part, a call, and a result without a character',
  apiPaths: RESULTS,
  tier: 'core',
  steps: {
    parts: IN_PARTS as Step<'parts' | 'spoken' | 'ask'>,
    spoken: afterCall(tellCall([{ type: 'output_text', text: 'I call it.' }], 'done')),
    ask: afterCall(NOTHING),
  },
})
