import { defineScenario, needed } from '../../src/authoring/define.ts'
import { items } from '../../src/authoring/read.ts'
import {
  buildClosedSchema,
  buildStrictFunction,
  wordPropertiesOf,
} from '../../src/authoring/strict-schema.ts'
import type {
  Exchange,
  ApiPath,
  JsonObject,
  RequestBuilder,
  Need,
  Scenario,
  Step,
} from '../../src/types/index.ts'
import {
  ASK_WORD,
  judgeEachRecall,
  plantWord,
  variantOf,
  wordFormatOf,
  wordFormatsOf,
} from '../../src/authoring/code-word.ts'

export const FUNCTION: ApiPath = 'request /tools/*/type = function'

/** A strict function whose arguments can only be words of these lists. */
export function buildHandler(
  name: string,
  choices: Readonly<Record<string, readonly string[]>>,
): JsonObject {
  const description = `Handles ${Object.keys(choices).join(' and ') || 'a request'}.`
  return buildStrictFunction(name, description, wordPropertiesOf(choices))
}

export const RECORD = 'record_value'
export const buildRecorder = (builder: RequestBuilder): JsonObject =>
  buildHandler(RECORD, { value: [builder.nonce] })

/** One request with tools. */
export function defineOffer(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  body: Offer,
  needs: readonly Need[] = [],
): Scenario<'ask'> {
  return defineScenario({
    id: `tool/${name}`,
    title,
    apiPaths,
    tier: 'core',
    needs,
    steps: { ask: buildOffer(body) },
  })
}

/** A question with tools; it builds on no earlier step. */
export function buildOffer<Names extends string>(body: Offer): Step<Names> {
  return {
    request: (builder) => {
      const { prompt, ...more } = body(builder)
      return builder.createRequest(prompt, more)
    },
    expect: 'success',
  }
}

type Offer = (builder: RequestBuilder) => { readonly prompt: string } & JsonObject

/** A call of the one function is required, and the question needs none. */
export function requireCall(builder: RequestBuilder): ReturnType<Offer> {
  return {
    prompt: 'What is two plus two?',
    tools: [buildRecorder(builder)],
    tool_choice: 'required',
  }
}

export const requiredCallScenario = defineOffer(
  'required',
  'A question that needs no tool, with a tool call required',
  [FUNCTION, 'request /tool_choice = required'],
  requireCall,
)

export const forcedCallScenario = defineOffer(
  'forced',
  'Two functions; the prompt points at one, tool_choice at the other',
  [FUNCTION, 'request /tool_choice/type = function'],
  (builder) => ({
    prompt: 'Call look_up.',
    tools: [buildHandler('look_up', {}), buildRecorder(builder)],
    tool_choice: { type: 'function', name: RECORD },
  }),
)

export const noCallScenario = defineOffer(
  'none',
  'A prompt that begs for a tool call, with tool_choice none',
  [FUNCTION, 'request /tool_choice = none'],
  (builder) => ({
    prompt: `Call ${RECORD}.`,
    tools: [buildRecorder(builder)],
    tool_choice: 'none',
  }),
)

/** The longest name that OpenAI allows. */
const LONGEST_NAME = 'a_function_name_of_exactly_128_characters'.padEnd(128, '_x')

/** Arguments of a function that nobody is to call. */
export const LETTER_SCHEMA = buildClosedSchema(wordPropertiesOf({ value: ['a', 'b'] }))

const offer = (name: string): { readonly prompt: string } & JsonObject => ({
  prompt: 'Reply with the single word: ready.',
  tools: [{ type: 'function', name, parameters: LETTER_SCHEMA }],
})

export const offeredToolScenario = defineOffer(
  'offered',
  'A function without description and strict, and no tool_choice',
  [FUNCTION],
  () => offer(RECORD),
)

export const longestNameScenario = defineScenario<'short' | 'longest'>({
  id: 'tool/longest-name',
  title: 'A function whose name has 128 characters, and one with a short name',
  apiPaths: [FUNCTION],
  tier: 'core',
  steps: {
    short: { ...buildOffer(() => offer(RECORD)), expect: 'either' },
    longest: { ...buildOffer(() => offer(LONGEST_NAME)), expect: 'either' },
  },
})

const PLACES = ['harbour', 'station', 'market']
const everywhere = (parallelCallsScenario: boolean) => () => ({
  prompt: `Call look_up once for each of: ${PLACES.join(', ')}.`,
  tools: [buildHandler('look_up', { place: PLACES })],
  tool_choice: 'required',
  parallel_tool_calls: parallelCallsScenario,
})

export const parallelCallsScenario = defineOffer(
  'parallel',
  'Three calls asked for, parallel calls allowed',
  [FUNCTION, 'request /parallel_tool_calls'],
  everywhere(true),
)

export const oneByOneScenario = defineOffer(
  'one-by-one',
  'Three calls asked for, parallel calls forbidden',
  [FUNCTION, 'request /parallel_tool_calls'],
  everywhere(false),
)

export const allowedToolsScenario = defineScenario({
  ...defineOffer(
    'allowed',
    'Two functions of which one is allowed, and the prompt begs for the other',
    [FUNCTION, 'request /tool_choice/type = allowed_tools'],
    (builder) => ({
      prompt: 'Call look_up.',
      tools: [buildHandler('look_up', {}), buildRecorder(builder)],
      tool_choice: {
        type: 'allowed_tools',
        mode: 'required',
        tools: [{ type: 'function', name: RECORD }],
      },
    }),
  ),
  tier: 'feature',
})

/** The question for two words at once. */
function both(builder: RequestBuilder): JsonObject {
  return wordFormatsOf(builder, {
    first: variantOf(builder.nonce, 1),
    second: variantOf(builder.nonce, 2),
  })
}

// ── results ──────────────────────────────────────────────────────────────────

const key = (name: string): JsonObject => buildHandler(name, {})

function output(buildCall: JsonObject | undefined, text: string): JsonObject {
  return {
    type: 'function_call_output',
    call_id: needed(buildCall?.['call_id'], 'call_id'),
    output: text,
  }
}

function calls(exchange: Exchange): readonly JsonObject[] {
  return items(exchange, 'function_call')
}

export const toolLoopScenario = defineScenario<'first' | 'second' | 'answer'>({
  id: 'tool/loop',
  title: 'Two tools one after the other, and an answer from both results',
  apiPaths: [FUNCTION, 'request /input/*/type = function_call_output'],
  tier: 'core',
  steps: {
    first: {
      request: (builder) =>
        builder.create({
          input: [builder.message('user', LOOP)],
          tools: [key('first_key')],
          tool_choice: builder.force('first_key'),
        }),
      expect: 'success',
    },
    second: {
      request: (builder) =>
        builder.create({
          input: [builder.message('user', LOOP), ...heard(builder, 'first')],
          tools: [key('second_key')],
          tool_choice: builder.force('second_key'),
        }),
      expect: 'success',
    },
    answer: {
      request: (builder) =>
        builder.create({
          input: [
            builder.message('user', LOOP),
            ...heard(builder, 'first'),
            ...heard(builder, 'second'),
          ],
          tools: [key('first_key'), key('second_key')],
          tool_choice: 'none',
          ...both(builder),
        }),
      expect: 'success',
    },
  },
})

const LOOP = 'Get the first word with first_key and the second with second_key.'

/** What a step put out, and the result of its call. */
function heard(
  builder: RequestBuilder<'first' | 'second' | 'answer'>,
  step: 'first' | 'second',
): JsonObject[] {
  const exchange = builder.prior(step)
  const text = plantWord(variantOf(builder.nonce, step === 'first' ? 1 : 2), `${step} word`)
  return [...items(exchange), output(calls(exchange)[0], text)]
}

export const buildCall = (id: string, value: string): JsonObject => ({
  type: 'function_call',
  call_id: id,
  name: RECORD,
  arguments: JSON.stringify({ value }),
})

/** A conversation in which calls were made and answered, written by us. */
function told(
  name: string,
  title: string,
  input: (builder: RequestBuilder) => readonly JsonObject[],
  more: (builder: RequestBuilder) => JsonObject,
  needs: readonly Need[] = [],
): Scenario<'ask'> {
  return defineScenario({
    id: `tool/${name}`,
    title,
    apiPaths: [FUNCTION, 'request /input/*/type = function_call_output'],
    tier: 'core',
    needs,
    steps: {
      ask: {
        request: (builder) => builder.create({ input: input(builder), ...more(builder) }),
        expect: 'success',
      },
    },
  })
}

const withTools = {
  tools: [buildHandler(RECORD, { value: ['a', 'b'] })],
  tool_choice: 'none',
} as const

export const resultsWithoutToolsScenario = told(
  'without-tools',
  'Calls and results in the input of a request that offers no tools',
  (builder) => [
    builder.message('user', ASK_WORD),
    buildCall('call_a1', 'a'),
    { type: 'function_call_output', call_id: 'call_a1', output: plantWord(builder.nonce) },
  ],
  (builder) => wordFormatOf(builder),
  ['expensive'],
)

// ── two results ──────────────────────────────────────────────────────────────

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

/** An answer that says nothing, its call, and what came of it: nothing. */
const NOTHING: readonly JsonObject[] = [
  { type: 'message', role: 'user', content: `Call ${RECORD}.` },
  { type: 'message', role: 'assistant', content: [] },
  buildCall('call_c3', 'a'),
  { type: 'function_call_output', call_id: 'call_c3', output: '' },
]

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

export const emptyResultScenario = defineScenario<'parts' | 'ask'>({
  id: 'tool/empty-result',
  title: 'An answer without a part, a call, and a result without a character',
  apiPaths: [FUNCTION, 'request /input/*/type = function_call_output'],
  tier: 'core',
  steps: {
    parts: IN_PARTS,
    ask: {
      request: (builder) =>
        builder.create({
          input: [...NOTHING, builder.message('user', 'Reply with the single word: ready.')],
          ...withTools,
        }),
      expect: 'either',
      spared: ({ parts }) =>
        parts !== undefined && parts.status >= 200 && parts.status < 300 ? 'parts' : undefined,
    },
  },
})

// ── what is taken or not ─────────────────────────────────────────────────────

export const noParametersScenario = defineScenario({
  id: 'tool/no-parameters',
  needs: ['expensive'],
  title: 'A function without parameters',
  apiPaths: [FUNCTION],
  tier: 'core',
  steps: {
    ask: {
      request: (builder) =>
        builder.createRequest('Call ping.', {
          tools: [{ type: 'function', name: 'ping', description: 'Says that it is alive.' }],
          tool_choice: builder.force('ping'),
        }),
      expect: 'either',
    },
  },
})
