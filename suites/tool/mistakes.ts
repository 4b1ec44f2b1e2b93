// Tools and conversations with a mistake, which must be refused.

import { defineScenario } from '../../src/authoring/define.ts'
import type { JsonObject, RequestBuilder, Scenario, WireRequest } from '../../src/types/index.ts'
import { buildCall, FUNCTION, RECORD, buildHandler, LETTER_SCHEMA } from './scenarios.ts'

/** The control of all of these: a function with which nothing is wrong, by any document. */
function askWithRightTool(builder: RequestBuilder<'ask'>): WireRequest {
  return builder.createRequest('Reply with the single word: ready.', {
    tools: [buildHandler('look_up', { value: ['a', 'b'] })],
  })
}

/** A request that must be refused. */
function refused(
  name: string,
  title: string,
  body: JsonObject,
  invalidAt?: string,
): Scenario<'ask'> {
  return defineScenario({
    id: `tool/${name}`,
    title,
    apiPaths: [FUNCTION],
    tier: 'core',
    steps: {
      ask: {
        request: (builder) => builder.createRequest('Reply with the single word: ready.', body),
        expect: 'refusal',
        ...(invalidAt === undefined ? {} : { invalidAt }),
        control: askWithRightTool,
      },
    },
  })
}

const plain = (name: string): JsonObject => buildHandler(name, { value: ['a', 'b'] })

export const unknownFunctionScenario = refused(
  'unknown-function',
  'tool_choice names a function that is not among the tools',
  { tools: [plain(RECORD)], tool_choice: { type: 'function', name: 'nope' } },
)

export const openToolSchemaScenario = refused(
  'open-schema',
  'A strict function whose object is left open',
  {
    tools: [
      {
        type: 'function',
        name: RECORD,
        strict: true,
        parameters: {
          type: 'object',
          properties: { value: { type: 'string' } },
          required: ['value'],
        },
      },
    ],
  },
)

export const badToolNameScenario = refused(
  'bad-name',
  'A function name with a space',
  { tools: [plain('bad name')] },
  '/tools/0/name',
)

export const emptyToolNameScenario = refused(
  'empty-name',
  'An empty function name',
  { tools: [plain('')] },
  '/tools/0/name',
)

export const longToolNameScenario = refused(
  'long-name',
  'A function name of 129 characters',
  { tools: [plain('n'.repeat(129))] },
  '/tools/0/name',
)

export const unknownToolTypeScenario = refused(
  'unknown-type',
  'A tool of a type that does not exist',
  { tools: [{ type: 'bogus' }] },
  '/tools/0/type',
)

export const nestedFunctionScenario = refused(
  'nested',
  'A function in the nesting of Chat Completions',
  {
    tools: [
      {
        type: 'function',
        function: { name: RECORD, parameters: LETTER_SCHEMA },
      },
    ],
  },
  '/tools/0',
)

export const choiceWithoutModeScenario = defineScenario({
  ...refused(
    'no-mode',
    'allowed_tools without a mode',
    {
      tools: [plain(RECORD)],
      tool_choice: { type: 'allowed_tools', tools: [{ type: 'function', name: RECORD }] },
    },
    '/tool_choice',
  ),
  apiPaths: [FUNCTION, 'request /tool_choice/type = allowed_tools'],
  tier: 'feature',
})

/** A conversation that does not hang together. */
function broken(name: string, title: string, input: readonly JsonObject[]): Scenario<'ask'> {
  return defineScenario({
    id: `tool/${name}`,
    title,
    apiPaths: ['request /input/*/type = function_call_output'],
    tier: 'core',
    steps: {
      ask: {
        request: (builder) =>
          builder.create({
            input: [...input, builder.message('user', 'Reply with the single word: ready.')],
            tools: [plain(RECORD)],
          }),
        expect: 'refusal',
        control: askWithRightTool,
      },
    },
  })
}

export const orphanedResultScenario = broken('orphan', 'The result of a call that nobody made', [
  { type: 'function_call_output', call_id: 'call_nowhere', output: 'a' },
])

export const unansweredCallScenario = broken('unanswered', 'A call without its result', [
  buildCall('call_a1', 'a'),
])
