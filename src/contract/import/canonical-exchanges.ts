// Requests, replies and events that every Responses API may send or be sent: what a document is tried
// with before anybody is judged by it. Values follow OpenAI's reference and its recorded traffic.

import type { Json, JsonObject, Operation } from '../../types/index.ts'

const SMALLEST_REQUEST: JsonObject = { model: 'gpt-5', input: 'Hello' }

export const REQUESTS: readonly JsonObject[] = [
  SMALLEST_REQUEST,
  {
    model: 'gpt-5',
    instructions: 'Answer in English.',
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }],
    tools: [
      {
        type: 'function',
        name: 'look_up',
        description: 'Looks something up.',
        parameters: { type: 'object', properties: {} },
        strict: true,
      },
    ],
    tool_choice: 'auto',
    reasoning: { effort: 'low' },
    text: { format: { type: 'text' } },
    metadata: { key: 'value' },
    max_output_tokens: 100,
    temperature: 1,
    top_p: 1,
    stream: false,
    store: true,
  },
]

const MESSAGE: JsonObject = {
  type: 'message',
  id: 'msg_0123456789abcdef',
  status: 'completed',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Hello.', annotations: [], logprobs: [] }],
}

const CALL: JsonObject = {
  type: 'function_call',
  id: 'fc_0123456789abcdef',
  call_id: 'call_0123456789abcdef',
  name: 'look_up',
  arguments: '{"place":"Paris"}',
  status: 'completed',
}

const REASONING: JsonObject = { type: 'reasoning', id: 'rs_0123456789abcdef', summary: [] }

const TOOL: JsonObject = {
  type: 'function',
  name: 'look_up',
  description: 'Looks something up.',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
  strict: true,
}

const COMPLETED: JsonObject = {
  id: 'resp_0123456789abcdef',
  object: 'response',
  created_at: 1_741_476_542,
  completed_at: 1_741_476_543,
  status: 'completed',
  background: false,
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  model: 'gpt-5-2025-08-07',
  output: [MESSAGE],
  frequency_penalty: 0,
  parallel_tool_calls: true,
  presence_penalty: 0,
  previous_response_id: null,
  prompt_cache_key: null,
  reasoning: { effort: null, summary: null },
  safety_identifier: null,
  service_tier: 'default',
  store: true,
  temperature: 1,
  text: { format: { type: 'text' }, verbosity: 'medium' },
  tool_choice: 'auto',
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: 'disabled',
  usage: {
    input_tokens: 36,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: 87,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 123,
  },
  user: null,
  metadata: {},
}

const BEGUN: JsonObject = {
  ...COMPLETED,
  status: 'in_progress',
  output: [],
  usage: null,
  completed_at: null,
}

const INCOMPLETE: JsonObject = {
  ...COMPLETED,
  status: 'incomplete',
  incomplete_details: { reason: 'max_output_tokens' },
  completed_at: null,
  output: [{ ...MESSAGE, status: 'incomplete' }],
}

// `user` comes back where it was sent, and from some servers as null.
const { user: _, ...WITHOUT_USER } = COMPLETED
const REFUSED: JsonObject = {
  ...WITHOUT_USER,
  output: [{ ...MESSAGE, content: [{ type: 'refusal', refusal: 'I cannot help with that.' }] }],
}

const FAILED: JsonObject = {
  ...COMPLETED,
  status: 'failed',
  error: { code: 'server_error', message: 'The model failed.' },
  completed_at: null,
  output: [],
  usage: null,
}

const RESPONSES: readonly JsonObject[] = [
  COMPLETED,
  {
    ...COMPLETED,
    instructions: 'Answer in English.',
    max_output_tokens: 100,
    metadata: { key: 'value' },
    output: [REASONING, CALL],
    previous_response_id: 'resp_fedcba9876543210',
    reasoning: { effort: 'low', summary: 'auto' },
    tools: [TOOL],
    tool_choice: { type: 'function', name: 'look_up' },
    user: 'somebody',
  },
  BEGUN,
  INCOMPLETE,
  REFUSED,
  FAILED,
]

const ASKED: JsonObject = {
  type: 'message',
  id: 'msg_fedcba9876543210',
  status: 'completed',
  role: 'user',
  content: [{ type: 'input_text', text: 'Hello' }],
}

/** What each operation answers with. */
export const REPLIES: Readonly<Partial<Record<Operation, readonly JsonObject[]>>> = {
  create: RESPONSES,
  retrieve: RESPONSES,
  cancel: [{ ...BEGUN, background: true, status: 'cancelled' }],
  delete: [{ id: COMPLETED['id']!, object: 'response.deleted', deleted: true }],
  'input-items': [
    {
      object: 'list',
      data: [ASKED],
      first_id: ASKED['id']!,
      last_id: ASKED['id']!,
      has_more: false,
    },
  ],
  compact: [
    {
      id: COMPLETED['id']!,
      object: 'response.compaction',
      created_at: COMPLETED['created_at']!,
      output: [
        ASKED,
        { type: 'compaction', id: 'cmp_0123456789abcdef', encrypted_content: 'gAAAAAB' },
      ],
      usage: COMPLETED['usage']!,
    },
  ],
  'input-tokens': [{ object: 'response.input_tokens', input_tokens: 11 }],
}

const AT = { item_id: MESSAGE['id']!, output_index: 0, content_index: 0 }
const PART = { type: 'output_text', text: '', annotations: [], logprobs: [] }

export const EVENTS: readonly JsonObject[] = [
  { type: 'response.created', response: BEGUN },
  { type: 'response.in_progress', response: BEGUN },
  {
    type: 'response.output_item.added',
    output_index: 0,
    item: { ...MESSAGE, status: 'in_progress', content: [] },
  },
  { type: 'response.content_part.added', ...AT, part: PART },
  { type: 'response.output_text.delta', ...AT, delta: 'Hello.', logprobs: [], obfuscation: 'x' },
  {
    type: 'response.output_text.delta',
    ...AT,
    delta: 'Hello.',
    logprobs: [
      { token: 'Hello.', logprob: -0.1, top_logprobs: [{ token: 'Hello.', logprob: -0.1 }] },
    ],
    obfuscation: 'x',
  },
  { type: 'response.output_text.done', ...AT, text: 'Hello.', logprobs: [] },
  { type: 'response.content_part.done', ...AT, part: { ...PART, text: 'Hello.' } },
  { type: 'response.output_item.done', output_index: 0, item: MESSAGE },
  {
    type: 'response.output_item.added',
    output_index: 1,
    item: { ...CALL, status: 'in_progress', arguments: '' },
  },
  {
    type: 'response.function_call_arguments.delta',
    item_id: CALL['id']!,
    output_index: 1,
    delta: '{"place":"Paris"}',
    obfuscation: 'x',
  },
  {
    type: 'response.function_call_arguments.done',
    item_id: CALL['id']!,
    output_index: 1,
    name: 'look_up',
    arguments: '{"place":"Paris"}',
  },
  { type: 'response.completed', response: COMPLETED },
  { type: 'response.incomplete', response: INCOMPLETE },
  { type: 'response.failed', response: FAILED },
].map((event, index): JsonObject => ({ ...event, sequence_number: index }) as JsonObject)

export const ERRORS: readonly Json[] = [
  {
    error: { message: 'Unknown parameter.', type: 'invalid_request_error', param: 'x', code: null },
  },
  {
    error: {
      message: 'No such model.',
      type: 'invalid_request_error',
      param: null,
      code: 'no_model',
    },
  },
]
