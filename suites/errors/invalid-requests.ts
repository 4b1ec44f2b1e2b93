// The error grid: each request has one mistake, and is right in everything else.

import type {
  ApiPath,
  JsonObject,
  RequestBuilder,
  RequestBody,
  RequirementId,
} from '../../src/types/index.ts'

export interface InvalidRequest {
  readonly name: string
  /** What is wrong, to complete "a 4xx status, because …". */
  readonly because: string
  /** JSON pointer of the culprit; absent when the body as a whole or its meaning is wrong. */
  readonly at?: string
  /** Put into a body that is right otherwise. */
  readonly change?: (builder: RequestBuilder) => JsonObject
  /** Keys that such a body must not have. */
  readonly drop?: readonly string[]
  /** A body that is no JSON object at all. */
  readonly raw?: RequestBody & { readonly raw: string }
  readonly covers: readonly RequirementId[]
}

/** A value of the wrong JSON type; `covers`, the telling one first: by which it is held against who takes it. */
function mistyped(
  key: string,
  value: unknown,
  wanted: string,
  covers: readonly RequirementId[] = SETTING,
): InvalidRequest {
  return {
    name: `${dashed(key)}-is-${kindOf(value)}`,
    because: `${key} is ${kindOf(value).replaceAll('-', ' ')}, not ${wanted}`,
    at: `/${key}`,
    change: () => ({ [key]: value }) as JsonObject,
    covers,
  }
}

/** A word that is none of the documented ones. */
function unlisted(at: string, value: string, change: JsonObject, covers = ENUM): InvalidRequest {
  const name = at.slice(1).replaceAll(/\/\d+/g, '').replaceAll(/[/_]/g, '-')
  return {
    name: `${name}-unknown`,
    because: `"${value}" is no ${last(at)}`,
    at,
    change: () => change,
    covers,
  }
}

/** A number outside the documented range. */
function outside(key: string, value: number, limit: string, covers = RANGE): InvalidRequest {
  const side = limit.startsWith('at least') ? 'low' : 'high'
  const change = (): JsonObject => ({ [key]: value })
  return {
    name: `${dashed(key)}-too-${side}`,
    because: `${key} is ${value}, not ${limit}`,
    at: `/${key}`,
    change,
    covers,
  }
}

/** A parameter of the Chat Completions API. */
function fromChat(key: string, value: unknown): InvalidRequest {
  const change = (): JsonObject => ({ [key]: value }) as JsonObject
  const because = `${key} is a parameter of another API`
  return {
    name: `chat-${dashed(key)}`,
    because,
    at: `/${key}`,
    change,
    covers: ['par-chat-parameters-rejected'],
  }
}

/** Taken, it is the first; broken, the second. */
const SETTING: readonly RequirementId[] = ['error-wrong-type-of-a-setting', 'error-wrong-type']
const TYPE: readonly RequirementId[] = ['error-wrong-type']
const ENUM: readonly RequirementId[] = ['error-invalid-enum']
const RANGE: readonly RequirementId[] = ['error-numeric-range']
const LIMITS: readonly RequirementId[] = ['par-metadata-limits']

function metadata(name: string, because: string, value: JsonObject): InvalidRequest {
  return { name, because, at: '/metadata', change: () => ({ metadata: value }), covers: LIMITS }
}

const user = (more: JsonObject): JsonObject => ({
  input: [{ type: 'message', role: 'user', ...more }],
})

export const invalidRequests: readonly InvalidRequest[] = [
  // Types.
  mistyped('temperature', 'hot', 'a number'),
  mistyped('top_p', 'all', 'a number'),
  mistyped('input', 42, 'a string or a list', TYPE),
  mistyped('instructions', 7, 'a string'),
  mistyped('model', 5, 'a string', TYPE),
  mistyped('tools', {}, 'a list'),
  mistyped('tool_choice', 3, 'a string or an object'),
  mistyped('max_output_tokens', 'many', 'an integer'),
  {
    ...mistyped('max_output_tokens', 100.5, 'an integer'),
    name: 'max-output-tokens-is-a-fraction',
  },
  mistyped('metadata', 'none', 'an object'),
  mistyped('parallel_tool_calls', 'yes', 'a boolean'),
  mistyped('store', 'yes', 'a boolean'),
  mistyped('stream', 'yes', 'a boolean'),
  mistyped('text', 'json', 'an object'),
  mistyped('reasoning', 'high', 'an object'),
  mistyped('include', 'everything', 'a list'),
  mistyped('previous_response_id', 5, 'a string'),
  // Words.
  unlisted('/truncation', 'sometimes', { truncation: 'sometimes' }),
  unlisted('/input/0/role', 'robot', {
    input: [{ type: 'message', role: 'robot', content: 'Hello.' }],
  }),
  unlisted('/tool_choice', 'maybe', { tool_choice: 'maybe' }),
  unlisted('/service_tier', 'platinum', { service_tier: 'platinum' }),
  unlisted('/prompt_cache_retention', 'forever', { prompt_cache_retention: 'forever' }),
  unlisted('/include/0', 'everything', { include: ['everything'] }, ['par-include-values']),
  unlisted('/text/format/type', 'xml', { text: { format: { type: 'xml' } } }),
  unlisted('/text/verbosity', 'loud', { text: { verbosity: 'loud' } }),
  unlisted('/reasoning/effort', 'extreme', { reasoning: { effort: 'extreme' } }),
  // Ranges.
  outside('temperature', 2.1, 'at most 2'),
  outside('temperature', -0.1, 'at least 0'),
  outside('top_p', 1.1, 'at most 1'),
  outside('top_p', -0.1, 'at least 0'),
  outside('top_logprobs', 21, 'at most 20'),
  outside('top_logprobs', -1, 'at least 0'),
  outside('max_output_tokens', 0, 'at least 16'),
  {
    ...outside('max_output_tokens', 15, 'at least 16'),
    name: 'max-output-tokens-below-16',
  },
  outside('max_tool_calls', 0, 'at least 1', ['tool-max-tool-calls']),
  {
    name: 'safety-identifier-too-long',
    because: 'a safety_identifier has at most 128 characters',
    at: '/safety_identifier',
    change: () => ({ safety_identifier: 's'.repeat(129) }),
    covers: ['par-safety-identifier'],
  },
  metadata('metadata-with-17-pairs', 'metadata holds at most 16 pairs', pairs(17)),
  metadata('metadata-with-a-long-key', 'a key of metadata has at most 64 characters', {
    ['k'.repeat(65)]: 'v',
  }),
  metadata('metadata-with-a-long-value', 'a value of metadata has at most 512 characters', {
    k: 'v'.repeat(513),
  }),
  metadata('metadata-with-a-number', 'the values of metadata are strings', { k: 1 }),
  // Names.
  {
    name: 'unknown-parameter',
    because: 'x_conformance_unknown is no parameter',
    at: '/x_conformance_unknown',
    change: () => ({ x_conformance_unknown: 1 }),
    covers: ['error-unknown-parameter'],
  },
  fromChat('messages', [{ role: 'user', content: 'Hello.' }]),
  fromChat('max_tokens', 100),
  fromChat('max_completion_tokens', 100),
  fromChat('n', 2),
  fromChat('stop', ['.']),
  fromChat('functions', []),
  {
    ...fromChat('response_format', { type: 'json_object' }),
    covers: ['so-chat-response-format-rejected'],
  },
  // What is missing.
  {
    name: 'no-model',
    because: 'model is missing',
    at: '/model',
    drop: ['model'],
    covers: ['error-missing-model'],
  },
  {
    name: 'no-input',
    because: 'input is missing',
    at: '/input',
    drop: ['input'],
    covers: ['error-missing-input'],
  },
  {
    name: 'message-without-content',
    because: 'the message has no content',
    at: '/input/0/content',
    change: () => user({}),
    covers: ['error-param-path'],
  },
  {
    name: 'text-part-without-text',
    because: 'the input_text part has no text',
    at: '/input/0/content/0/text',
    change: () => user({ content: [{ type: 'input_text' }] }),
    covers: ['error-param-path'],
  },
  // What means nothing.
  {
    name: 'unknown-model',
    because: 'there is no such model',
    at: '/model',
    change: (builder) => ({ model: `nonexistent-${builder.nonce.toLowerCase()}` }),
    covers: ['error-unknown-model'],
  },
  // Bodies.
  {
    name: 'malformed-json',
    because: 'the body is not valid JSON',
    raw: { raw: '{"model": ', contentType: 'application/json' },
    covers: ['error-malformed-json-400'],
  },
  {
    name: 'empty-body',
    because: 'the body is empty',
    raw: { raw: '', contentType: 'application/json' },
    covers: ['error-malformed-json-400'],
  },
  {
    name: 'list-as-body',
    because: 'the body is a list, not an object',
    raw: { raw: '[]', contentType: 'application/json' },
    covers: TYPE,
  },
  {
    name: 'text-as-body',
    because: 'the body is a string, not an object',
    raw: { raw: '"Hello."', contentType: 'application/json' },
    covers: TYPE,
  },
]

/** On what the promise of a parameter turns. */
export function apiPathsOf({ at }: InvalidRequest): readonly ApiPath[] {
  const [, key = ''] = (at ?? '').split('/')
  return ['', 'model', 'input', 'x_conformance_unknown'].includes(key) ? [] : [`request /${key}`]
}

function pairs(count: number): JsonObject {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']))
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a-list'
  return value !== null && typeof value === 'object' ? 'an-object' : `a-${typeof value}`
}

function dashed(key: string): string {
  return key.replaceAll('_', '-')
}

function last(pointer: string): string {
  return pointer.split('/').findLast((token) => !/^\d+$/.test(token)) ?? pointer
}
