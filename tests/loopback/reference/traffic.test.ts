// What OpenAI's own recorded traffic looks like (2025 to 2026, 171 exchanges that other projects
// published), written down as keys and orders: the reference answers alike. Where it departs, the
// reason is in reference/README.md.

import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import type { Any } from './client.ts'
import { clientOf } from './client.ts'

const reference = await startReference()
const client = clientOf(reference)
afterAll(() => reference.close())

const keys = (value: object): string => Object.keys(value).toSorted().join(' ')

const RESPONSE =
  'background completed_at created_at error frequency_penalty id incomplete_details instructions ' +
  'max_output_tokens max_tool_calls metadata model object output parallel_tool_calls ' +
  'presence_penalty previous_response_id prompt_cache_key prompt_cache_retention reasoning ' +
  'safety_identifier service_tier status store temperature text tool_choice tools top_logprobs ' +
  'top_p truncation usage'

const lookUp = {
  type: 'function',
  name: 'look_up',
  description: 'Looks up.',
  parameters: {
    type: 'object',
    properties: { topic: { type: 'string' } },
    required: ['topic'],
    additionalProperties: false,
  },
  strict: true,
}
const run = (tool: object, include: string[] = []): object => ({
  input: 'Search the web for tea.',
  tools: [tool],
  tool_choice: 'required',
  include,
})
const server = { type: 'mcp', server_label: 'notes', server_url: 'https://example.com/mcp' }

/** A request, then for each output item its type and its keys. */
const ITEMS: readonly (readonly [string, object, readonly string[]])[] = [
  ['text', { input: 'Hi' }, ['message: content id role status type']],
  [
    'function',
    { input: 'Call look_up.', tools: [lookUp] },
    ['function_call: arguments call_id id name status type'],
  ],
  [
    'reasoning',
    { input: 'Hi', reasoning: { effort: 'low' }, include: ['reasoning.encrypted_content'] },
    ['reasoning: encrypted_content id summary type', 'message: content id role status type'],
  ],
  [
    'web search',
    run({ type: 'web_search' }),
    ['web_search_call: action id status type', 'message: content id role status type'],
  ],
  [
    'file search',
    run({ type: 'file_search', vector_store_ids: ['vs_1'] }),
    ['file_search_call: id queries results status type', 'message: content id role status type'],
  ],
  [
    'code',
    run({ type: 'code_interpreter', container: { type: 'auto' } }),
    [
      'code_interpreter_call: code container_id id outputs status type',
      'message: content id role status type',
    ],
  ],
  [
    'image',
    run({ type: 'image_generation' }),
    [
      'image_generation_call: background id output_format quality result revised_prompt size status type',
      'message: content id role status type',
    ],
  ],
  [
    'server',
    run({ ...server, require_approval: 'never' }),
    [
      'mcp_list_tools: id server_label tools type',
      'mcp_call: approval_request_id arguments error id name output server_label status type',
      'message: content id role status type',
    ],
  ],
  [
    'approval',
    run(server),
    [
      'mcp_list_tools: id server_label tools type',
      'mcp_approval_request: arguments id name server_label type',
    ],
  ],
  [
    'custom',
    run({ type: 'custom', name: 'write' }),
    ['custom_tool_call: call_id id input name status type'],
  ],
  ['shell', run({ type: 'shell' }), ['shell_call: action call_id environment id status type']],
  [
    'tool search',
    run({ type: 'tool_search' }),
    ['tool_search_call: arguments call_id execution id status type'],
  ],
]

test.each(ITEMS)('%s: the same keys as OpenAI', async (_, body, items) => {
  const { body: response } = await client.create(body)
  expect(keys(response)).toBe(RESPONSE)
  expect(response.output.map((item: Any) => `${item.type}: ${keys(item)}`)).toEqual(items)
  expect(keys(response.usage)).toBe(
    'input_tokens input_tokens_details output_tokens output_tokens_details total_tokens',
  )
  for (const part of response.output.at(-1).content ?? []) {
    expect(keys(part)).toBe('annotations logprobs text type')
  }
})

const MESSAGE = [
  'response.output_item.added: item output_index sequence_number type',
  'response.content_part.added: content_index item_id output_index part sequence_number type',
  'response.output_text.delta: content_index delta item_id logprobs obfuscation output_index sequence_number type',
  'response.output_text.done: content_index item_id logprobs output_index sequence_number text type',
  'response.content_part.done: content_index item_id output_index part sequence_number type',
  'response.output_item.done: item output_index sequence_number type',
]
const CITED = MESSAGE.toSpliced(
  3,
  0,
  'response.output_text.annotation.added: annotation annotation_index content_index item_id output_index sequence_number type',
)
const item = (...inside: readonly string[]): readonly string[] => [
  MESSAGE[0]!,
  ...inside,
  MESSAGE.at(-1)!,
]
const phase = (name: string): string =>
  `response.${name}: item_id output_index sequence_number type`

/** The events between the opening and the terminal event, repeated ones once. */
const EVENTS: readonly (readonly [string, object, readonly string[]])[] = [
  ['text', { input: 'Hi' }, MESSAGE],
  [
    'function',
    { input: 'Call look_up.', tools: [lookUp] },
    item(
      'response.function_call_arguments.delta: delta item_id obfuscation output_index sequence_number type',
      'response.function_call_arguments.done: arguments item_id output_index sequence_number type',
    ),
  ],
  ['reasoning', { input: 'Hi', reasoning: { effort: 'low' } }, [...item(), ...MESSAGE]],
  [
    'web search',
    run({ type: 'web_search' }),
    [
      ...item(
        phase('web_search_call.in_progress'),
        phase('web_search_call.searching'),
        phase('web_search_call.completed'),
      ),
      ...CITED,
    ],
  ],
  [
    'code',
    run({ type: 'code_interpreter', container: { type: 'auto' } }),
    [
      ...item(
        phase('code_interpreter_call.in_progress'),
        'response.code_interpreter_call_code.delta: delta item_id obfuscation output_index sequence_number type',
        'response.code_interpreter_call_code.done: code item_id output_index sequence_number type',
        phase('code_interpreter_call.interpreting'),
        phase('code_interpreter_call.completed'),
      ),
      ...MESSAGE,
    ],
  ],
  [
    'server',
    run({ ...server, require_approval: 'never' }),
    [
      ...item(phase('mcp_list_tools.in_progress'), phase('mcp_list_tools.completed')),
      ...item(
        phase('mcp_call.in_progress'),
        'response.mcp_call_arguments.delta: delta item_id obfuscation output_index sequence_number type',
        'response.mcp_call_arguments.done: arguments item_id output_index sequence_number type',
        phase('mcp_call.completed'),
      ),
      ...MESSAGE,
    ],
  ],
]

test.each(EVENTS)('%s: the same events in the same order as OpenAI', async (_, body, middle) => {
  const events = await client.stream(body)
  const told = events.map((event) => `${event.type}: ${keys(event)}`)
  expect(told.filter((one, index) => one !== told[index - 1])).toEqual([
    'response.created: response sequence_number type',
    'response.in_progress: response sequence_number type',
    ...middle,
    'response.completed: response sequence_number type',
  ])
  expect(keys(events[0].response)).toBe(RESPONSE)
  expect(events[0].response).toMatchObject({ status: 'in_progress', output: [], usage: null })
})

test('a failure is told twice: as an error, nested, and as the response that failed', async () => {
  const events = await client.stream({ input: 'Please fail while answering.' })
  expect(events.map((event) => event.type)).toEqual([
    'response.created',
    'response.in_progress',
    'error',
    'response.failed',
  ])
  expect(keys(events[2].error)).toBe('code message param type')
  expect(keys(events[3].response.error)).toBe('code message')
})

test('every answer carries the headers of OpenAI', async () => {
  for (const answered of [await client.create({ input: 'Hi' }), await client.create({})]) {
    const { headers } = answered
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('x-request-id')).toMatch(/^req_/)
    expect(headers.get('openai-version')).toBe('2020-10-01')
    expect(headers.get('openai-processing-ms')).toMatch(/^\d+$/)
    expect(headers.get('x-ratelimit-remaining-requests')).toMatch(/^\d+$/)
    expect(headers.get('x-ratelimit-reset-tokens')).toMatch(/^(?:\d+m)?(?:\d+s|\d+ms)$/)
  }
})
