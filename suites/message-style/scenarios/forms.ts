// Forms of a message that must be taken, and forms that must not.

import type { ApiPath, JsonObject, Scenario, Step } from '../../../src/types/index.ts'
import { defineOneRequest } from '../../common/one-request.ts'

const user = (text: string): JsonObject => ({ type: 'message', role: 'user', content: text })
const thenReady = user('Reply with the single word: ready.')

/** A request whose acceptance is the very question: a check says what a refusal means. */
function accepted(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  input: readonly JsonObject[],
  more: Partial<Pick<Scenario, 'tier' | 'needs'>> = {},
): Scenario<'ask'> {
  const ask: Step = { request: (builder) => builder.create({ input }), expect: 'either' }
  return defineOneRequest(`message-style/${name}`, title, apiPaths, ask, more)
}

export const barePartsScenario = accepted(
  'bare-parts',
  'An earlier answer as output_text without id, status and annotations',
  ['request /input/*/content/*/type = output_text'],
  [
    user('Name a word.'),
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Tree.' }] },
    thenReady,
  ],
)

export const refusalPartScenario = accepted(
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

export const nullFieldsScenario = accepted(
  'null-fields',
  'A message with null for id and status',
  ['request /input/*/id'],
  [{ ...thenReady, id: null, status: null }],
  { needs: ['expensive'] },
)

export const phasesScenario = accepted(
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

export const breakpointScenario = accepted(
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

/** A request that is wrong in one place. */
function refused(
  name: string,
  title: string,
  invalidAt: string,
  input: readonly JsonObject[],
): Scenario<'ask'> {
  const request: Step['request'] = (builder) => builder.create({ input })
  return defineOneRequest(`message-style/${name}`, title, [], {
    request,
    expect: 'refusal',
    invalidAt,
  })
}

const typed = (role: string, type: string): JsonObject => ({
  type: 'message',
  role,
  content: [{ type, text: 'Reply with the single word: ready.' }],
})

export const chatPartScenario = refused(
  'chat-part',
  'A part in the spelling of Chat Completions',
  '/input/0/content/0/type',
  [typed('user', 'text')],
)

export const unknownItemScenario = refused(
  'unknown-item',
  'An item of a type that does not exist',
  '/input/0/type',
  [{ type: 'bogus_item', text: 'Hello.' }, thenReady],
)

export const inputByAssistantScenario = refused(
  'input-by-assistant',
  'An input_text part in a message of the assistant',
  '/input/0/content/0/type',
  [typed('assistant', 'input_text'), thenReady],
)

export const outputByUserScenario = refused(
  'output-by-user',
  'An output_text part in a message of the user',
  '/input/0/content/0/type',
  [typed('user', 'output_text')],
)
