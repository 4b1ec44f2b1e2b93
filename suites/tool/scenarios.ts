import { defineScenario, needed } from '../../src/authoring/define.ts'
import { items } from '../../src/authoring/read.ts'
import type { Exchange, Hinge, JsonObject, Kit, Need, Scenario } from '../../src/types/index.ts'
import { ASK_WORD, choice, choices, decoys, plant, variant } from '../../src/authoring/code-word.ts'

export const FUNCTION: Hinge = 'request /tools/*/type = function'

/** A strict function whose arguments can only be words of these lists. */
export function strict(
  name: string,
  choices: Readonly<Record<string, readonly string[]>>,
): JsonObject {
  return {
    type: 'function',
    name,
    description: `Handles ${Object.keys(choices).join(' and ') || 'a request'}.`,
    strict: true,
    parameters: wordsOf(choices),
  }
}

export const RECORD = 'record_value'
const recorder = (kit: Kit): JsonObject => strict(RECORD, { value: [kit.nonce] })

/** One request with tools. */
function offer(
  name: string,
  title: string,
  hinges: readonly Hinge[],
  body: (kit: Kit) => { readonly prompt: string } & JsonObject,
  needs: readonly Need[] = [],
): Scenario<'ask'> {
  return defineScenario({
    id: `tool/${name}`,
    title,
    hinges,
    tier: 'core',
    needs,
    steps: {
      ask: {
        request: (kit) => {
          const { prompt, ...more } = body(kit)
          return kit.ask(prompt, more)
        },
        expect: 'success',
      },
    },
  })
}

export const required = offer(
  'required',
  'A question that needs no tool, with a tool call required',
  [FUNCTION, 'request /tool_choice = required'],
  (kit) => ({
    prompt: 'What is two plus two?',
    tools: [recorder(kit)],
    tool_choice: 'required',
  }),
)

export const forced = offer(
  'forced',
  'Two functions; the prompt points at one, tool_choice at the other',
  [FUNCTION, 'request /tool_choice/type = function'],
  (kit) => ({
    prompt: 'Call look_up.',
    tools: [strict('look_up', { value: [kit.nonce] }), recorder(kit)],
    tool_choice: { type: 'function', name: RECORD },
  }),
)

export const none = offer(
  'none',
  'A prompt that begs for a tool call, with tool_choice none',
  [FUNCTION, 'request /tool_choice = none'],
  (kit) => ({ prompt: `Call ${RECORD}.`, tools: [recorder(kit)], tool_choice: 'none' }),
)

/** The longest name that both yardsticks allow. */
const LONGEST_NAME = 'a_function_name_of_exactly_64_characters'.padEnd(64, '_x')

export const offered = offer(
  'offered',
  'A function without description and strict, and no tool_choice',
  [FUNCTION],
  () => ({
    prompt: 'Reply with the single word: ready.',
    tools: [{ type: 'function', name: LONGEST_NAME, parameters: wordsOf({ value: ['a', 'b'] }) }],
  }),
)

const PLACES = ['harbour', 'station', 'market']
const everywhere = (parallel: boolean) => () => ({
  prompt: `Call look_up once for each of: ${PLACES.join(', ')}.`,
  tools: [strict('look_up', { place: PLACES })],
  tool_choice: 'required',
  parallel_tool_calls: parallel,
})

export const parallel = offer(
  'parallel',
  'Three calls asked for, parallel calls allowed',
  [FUNCTION, 'request /parallel_tool_calls'],
  everywhere(true),
)

export const oneByOne = offer(
  'one-by-one',
  'Three calls asked for, parallel calls forbidden',
  [FUNCTION, 'request /parallel_tool_calls'],
  everywhere(false),
)

export const allowed = defineScenario({
  ...offer(
    'allowed',
    'Three functions of which one is allowed, and the prompt begs for another',
    [FUNCTION, 'request /tool_choice/type = allowed_tools'],
    (kit) => ({
      prompt: 'Call look_up.',
      tools: [strict('look_up', { value: [kit.nonce] }), recorder(kit), strict('forget', {})],
      tool_choice: {
        type: 'allowed_tools',
        mode: 'required',
        tools: [{ type: 'function', name: RECORD }],
      },
    }),
  ),
  tier: 'feature',
})

/** The schema of an object with one word for each name. */
export function wordsOf(choices: Readonly<Record<string, readonly string[]>>): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(choices).map(([name, choice]) => [name, { type: 'string', enum: choice }]),
    ),
    required: Object.keys(choices),
    additionalProperties: false,
  }
}

/** The question for two words at once. */
function both(kit: Kit): JsonObject {
  return choices(kit, {
    first: [...decoys(kit.nonce), variant(kit.nonce, 1)],
    second: [...decoys(kit.nonce), variant(kit.nonce, 2)],
  })
}

// ── results ──────────────────────────────────────────────────────────────────

const key = (name: string): JsonObject => strict(name, {})

function output(call: JsonObject | undefined, text: string): JsonObject {
  return {
    type: 'function_call_output',
    call_id: needed(call?.['call_id'], 'call_id'),
    output: text,
  }
}

function calls(exchange: Exchange): readonly JsonObject[] {
  return items(exchange, 'function_call')
}

export const loop = defineScenario<'first' | 'second' | 'answer'>({
  id: 'tool/loop',
  title: 'Two tools one after the other, and an answer from both results',
  hinges: [FUNCTION, 'request /input/*/type = function_call_output'],
  tier: 'core',
  steps: {
    first: {
      request: (kit) =>
        kit.create({
          input: [kit.message('user', LOOP)],
          tools: [key('first_key')],
          tool_choice: kit.force('first_key'),
        }),
      expect: 'success',
    },
    second: {
      request: (kit) =>
        kit.create({
          input: [kit.message('user', LOOP), ...heard(kit, 'first')],
          tools: [key('second_key')],
          tool_choice: kit.force('second_key'),
        }),
      expect: 'success',
    },
    answer: {
      request: (kit) =>
        kit.create({
          input: [kit.message('user', LOOP), ...heard(kit, 'first'), ...heard(kit, 'second')],
          tools: [key('first_key'), key('second_key')],
          tool_choice: 'none',
          ...both(kit),
        }),
      expect: 'success',
    },
  },
})

const LOOP = 'Find out the first word with first_key and the second word with second_key.'

/** What a step put out, and the result of its call. */
function heard(kit: Kit<'first' | 'second' | 'answer'>, step: 'first' | 'second'): JsonObject[] {
  const exchange = kit.prior(step)
  const text = plant(variant(kit.nonce, step === 'first' ? 1 : 2), `${step} word`)
  return [...items(exchange), output(calls(exchange)[0], text)]
}

export const call = (id: string, value: string): JsonObject => ({
  type: 'function_call',
  call_id: id,
  name: RECORD,
  arguments: JSON.stringify({ value }),
})

/** A conversation in which calls were made and answered, written by us. */
function told(
  name: string,
  title: string,
  input: (kit: Kit) => readonly JsonObject[],
  more: (kit: Kit) => JsonObject,
  needs: readonly Need[] = [],
): Scenario<'ask'> {
  return defineScenario({
    id: `tool/${name}`,
    title,
    hinges: [FUNCTION, 'request /input/*/type = function_call_output'],
    tier: 'core',
    needs,
    steps: {
      ask: {
        request: (kit) => kit.create({ input: input(kit), ...more(kit) }),
        expect: 'success',
      },
    },
  })
}

const withTools = (kit: Kit): JsonObject => ({
  tools: [strict(RECORD, { value: ['a', 'b'] })],
  tool_choice: 'none',
  ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
})

export const outputParts = told(
  'output-parts',
  'The result of a call as a list of input_text parts',
  (kit) => [
    kit.message('user', ASK_WORD),
    call('call_a1', 'a'),
    {
      type: 'function_call_output',
      call_id: 'call_a1',
      output: [{ type: 'input_text', text: plant(kit.nonce) }],
    },
  ],
  withTools,
)

export const withoutTools = told(
  'without-tools',
  'Calls and results in the input of a request that offers no tools',
  (kit) => [
    kit.message('user', ASK_WORD),
    call('call_a1', 'a'),
    { type: 'function_call_output', call_id: 'call_a1', output: plant(kit.nonce) },
  ],
  (kit) => choice(kit, [...decoys(kit.nonce), kit.nonce]),
  ['expensive'],
)

export const pairing = told(
  'pairing',
  'Two calls, a message in between, and their results in the other order',
  (kit) => [
    kit.message('user', `Find out both words with ${RECORD}.`),
    call('call_a1', 'a'),
    call('call_b2', 'b'),
    kit.message('developer', 'Results may come in any order.'),
    {
      type: 'function_call_output',
      call_id: 'call_b2',
      output: plant(variant(kit.nonce, 2), 'second word'),
    },
    {
      type: 'function_call_output',
      call_id: 'call_a1',
      output: plant(variant(kit.nonce, 1), 'first word'),
    },
  ],
  (kit) => ({
    ...withTools(kit),
    ...both(kit),
  }),
)

// ── custom tools ─────────────────────────────────────────────────────────────

const NOTE: JsonObject = { type: 'custom', name: 'note', description: 'Takes any text.' }

export const custom = defineScenario<'call' | 'answer'>({
  id: 'tool/custom',
  title: 'A custom tool is called with free text, and its result is used',
  hinges: ['request /tools/*/type = custom'],
  tier: 'feature',
  steps: {
    call: {
      request: (kit) =>
        kit.ask('Call note.', { tools: [NOTE], tool_choice: { type: 'custom', name: 'note' } }),
      expect: 'success',
    },
    answer: {
      request: (kit) => {
        const prior = kit.prior('call')
        return kit.create({
          input: [
            kit.message('user', 'Call note.'),
            ...items(prior),
            {
              type: 'custom_tool_call_output',
              call_id: needed(items(prior, 'custom_tool_call')[0]?.['call_id'], 'call_id'),
              output: plant(variant(kit.nonce, 1)),
            },
            kit.message('user', ASK_WORD),
          ],
          tools: [NOTE],
          tool_choice: 'none',
          ...choice(kit, [...decoys(kit.nonce), variant(kit.nonce, 1)]),
        })
      },
      expect: 'success',
    },
  },
})

export const GRAMMAR = '^[A-F]{4}-[0-9]{2}$'

export const grammar = defineScenario({
  id: 'tool/grammar',
  title: 'A custom tool whose input has to match a regular expression',
  hinges: ['request /tools/*/format/type = grammar'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Call note.', {
          tools: [{ ...NOTE, format: { type: 'grammar', syntax: 'regex', definition: GRAMMAR } }],
          tool_choice: { type: 'custom', name: 'note' },
        }),
      expect: 'success',
    },
  },
})

// ── what is taken or not ─────────────────────────────────────────────────────

export const noParameters = defineScenario({
  id: 'tool/no-parameters',
  needs: ['expensive'],
  title: 'A function without parameters',
  hinges: [FUNCTION],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Call ping.', {
          tools: [{ type: 'function', name: 'ping', description: 'Says that it is alive.' }],
          tool_choice: kit.force('ping'),
        }),
      expect: 'either',
    },
  },
})
