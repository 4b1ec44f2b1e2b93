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
