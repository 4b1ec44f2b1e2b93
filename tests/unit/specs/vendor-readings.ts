// What a careful reader finds in the documents of the five vendors.
// `found` are rows that a rule computes from samples and tables; `declared` is what no rule can see and the
// contract therefore states itself; `left` is what the audit does not say, each with its reason.

import type { DocumentRow } from '../../../src/types/index.ts'

export type WantedRow = Pick<DocumentRow, 'kind' | 'at'> & {
  /** What the row has to name. */
  readonly names?: readonly string[]
  readonly yardstick?: 'open-responses'
}

interface Reading {
  readonly says: string
  readonly found?: readonly WantedRow[]
  readonly declared?: { readonly at: string; readonly because: string }
  readonly left?: string
}

const TWO_PAGES = 'it takes two pages to see it'
const PROSE = 'it stands in prose'

const against = (at: string, ...names: readonly string[]): WantedRow => ({
  kind: 'contradiction',
  at,
  names,
})
const differs = (at: string, ...names: readonly string[]): WantedRow => ({
  kind: 'difference',
  at,
  names,
})
const silent = (at: string, ...names: readonly string[]): WantedRow => ({ kind: 'silence', at, names })

export const READINGS: Readonly<
  Record<
    string,
    { readonly contradictions: readonly Reading[]; readonly deviations: readonly Reading[] }
  >
> = {
  sunra: {
    contradictions: [
      {
        says: 'the response id has a hyphen, the message id an underscore',
        declared: {
          at: 'response /id',
          because: 'neither table nor yardstick gives ids a pattern',
        },
      },
      {
        says: 'the English page shows another response',
        declared: { at: 'response /*', because: TWO_PAGES },
      },
      {
        says: 'the English page has more request fields',
        declared: { at: 'request /*', because: TWO_PAGES },
      },
    ],
    deviations: [
      {
        says: 'ids begin with resp-',
        left: 'OpenAI promises no prefix; checks of live answers look at it',
      },
      {
        says: 'status lacks incomplete and queued',
        found: [differs('response /status', 'queued', 'incomplete')],
      },
      { says: 'no incomplete_details', found: [silent('response /', 'incomplete_details')] },
      {
        says: 'two penalties in the request',
        found: [differs('request /frequency_penalty'), differs('request /presence_penalty')],
      },
      {
        says: 'fields that OpenAI requires are missing from the response',
        found: [
          silent('response /', 'instructions', 'metadata', 'parallel_tool_calls', 'tool_choice'),
          silent('response /', 'tools', 'previous_response_id', 'reasoning', 'text', 'truncation'),
        ],
      },
      {
        says: 'the request leaves out fields of OpenAI',
        found: [
          silent('request /', 'previous_response_id', 'include', 'truncation', 'background'),
          silent('request /', 'prompt', 'conversation', 'service_tier', 'max_tool_calls'),
          silent('request /', 'top_logprobs', 'prompt_cache_key', 'safety_identifier'),
          silent('request /', 'stream_options'),
        ],
      },
    ],
  },
  lemondata: {
    contradictions: [
      {
        says: 'the sample has a model, the table has none',
        found: [against('sample basic response /model')],
      },
      {
        says: 'blocks are input_text on the way in and text on the way out',
        declared: { at: 'response /output/*/content/*/type', because: 'the two names are no rule' },
      },
      {
        says: 'defaults of numbers and booleans are strings',
        found: [
          against('request /temperature', '"1"'),
          against('request /stream', '"false"'),
          against('request /store', '"true"'),
          against('request /parallel_tool_calls', '"true"'),
        ],
      },
      {
        says: 'the authentication page sends a string where this page takes an array',
        found: [against('sample authentication request /input', '"Hello!"')],
      },
      {
        says: 'the compatibility guide takes a string as well',
        declared: { at: 'request /input', because: TWO_PAGES },
      },
      {
        says: 'other revisions say created_at',
        declared: { at: 'response /created', because: TWO_PAGES },
      },
      {
        says: 'reasoning_effort in the guide, reasoning.effort on the page',
        declared: { at: 'request /reasoning/effort', because: TWO_PAGES },
      },
      {
        says: 'param is "always present", and samples leave it out',
        found: [
          against('sample wrong-key response /error/param'),
          against('sample forbidden-model response /error/param'),
          against('sample too-large response /error/param'),
          against('sample too-many response /error/param'),
          against('sample no-channel response /error/param'),
        ],
      },
      {
        says: 'one error sample has no type',
        found: [against('sample no-channel response /error/type')],
      },
      {
        says: 'a wrong key, a missing balance and a rate limit have two types each; access_denied has none',
        declared: { at: 'error /error/type', because: TWO_PAGES },
      },
      {
        says: 'model_not_found under 400, "model not found" under 404',
        declared: { at: 'error /error/code = model_not_found', because: PROSE },
      },
    ],
    deviations: [
      { says: 'created for created_at', found: [differs('response /created', 'created_at')] },
      {
        says: 'content of type text',
        found: [differs('sample basic response /output/0/content/0/type', '"text"')],
      },
      { says: 'no annotations', left: 'a part of an unknown type has nothing to be compared with' },
      {
        says: 'a message without id and status',
        found: [
          differs('sample basic response /output/0/id'),
          differs('sample basic response /output/0/status'),
        ],
      },
      { says: 'a response without status', found: [differs('sample basic response /status')] },
      {
        says: 'usage without details',
        found: [
          differs('sample basic response /usage/input_tokens_details'),
          differs('sample basic response /usage/output_tokens_details'),
        ],
      },
      { says: 'input is an array only', found: [differs('request /input', 'array only')] },
      {
        says: 'effort lacks values',
        found: [differs('request /reasoning/effort', 'none', 'minimal', 'xhigh')],
      },
      {
        says: 'tool_choice, include, truncation, user, background are not on the page',
        left: 'the compatibility guide forwards unknown fields, so they are conditional, not silent',
      },
    ],
  },
  crun: {
    contradictions: [
      {
        says: 'upload first, and a public address in the sample',
        declared: { at: 'request /input/*/content/*/file_url', because: PROSE },
      },
      {
        says: 'two ways to authenticate, one in the table',
        found: [against('auth X-API-KEY', 'Authorization and X-API-KEY')],
      },
      {
        says: 'the quickstart keeps no state',
        declared: { at: 'promise stateful', because: TWO_PAGES },
      },
      {
        says: 'json_schema in the prose, json_object in the table',
        declared: { at: 'request /text/format/type', because: PROSE },
      },
    ],
    deviations: [
      {
        says: 'output_text at the top',
        found: [{ kind: 'difference', at: 'response /output_text', yardstick: 'open-responses' }],
      },
      {
        says: 'a message without status',
        found: [differs('sample basic response /output/0/status')],
      },
      {
        says: 'output_text without annotations',
        found: [differs('sample basic response /output/0/content/0/annotations')],
      },
      {
        says: 'usage without details',
        found: [
          differs('sample basic response /usage/input_tokens_details'),
          differs('sample basic response /usage/output_tokens_details'),
        ],
      },
      {
        says: 'fields that OpenAI requires are missing from the response',
        found: [
          silent('response /', 'error', 'incomplete_details', 'instructions', 'metadata'),
          silent('response /', 'parallel_tool_calls', 'temperature', 'tool_choice', 'tools'),
        ],
      },
      { says: 'the path begins with /api', found: [differs('operation create', '/api/v1')] },
      { says: 'status without values', found: [silent('response /status')] },
      {
        says: 'in-memory for in_memory',
        found: [differs('request /prompt_cache_retention', 'in-memory')],
      },
    ],
  },
  anyfast: {
    contradictions: [
      {
        says: 'placeholders in the request',
        found: [
          against('sample basic request /tools/0'),
          against('sample basic request /tool_choice', '<string>'),
          against('sample basic request /stop', '<string>'),
          against('sample basic request /user', '<string>'),
        ],
      },
      {
        says: 'an empty annotation in the answer',
        found: [differs('sample basic response /output/0/content/0/annotations/0/type')],
      },
      {
        says: '2 tokens asked, 15 spent, completed',
        found: [against('sample basic response /usage/output_tokens', '2', '15', 'completed')],
      },
      {
        says: 'reasoning and verbosity come back differently',
        found: [
          against('sample basic response /reasoning/effort', 'minimal', 'high'),
          against('sample basic response /text/verbosity', 'low', 'medium'),
        ],
      },
      {
        says: 'text or images, and a sibling page with strings only',
        declared: { at: 'request /input/*/content', because: TWO_PAGES },
      },
      {
        says: 'two lists of efforts',
        declared: { at: 'request /reasoning/effort', because: TWO_PAGES },
      },
      {
        says: 'the introduction does not list the endpoint',
        declared: { at: 'operation create', because: TWO_PAGES },
      },
    ],
    deviations: [
      { says: 'input is an array only', found: [differs('request /input', 'array only')] },
      { says: 'messages without type', left: 'OpenAI takes messages without type as well' },
      { says: 'no developer role', left: 'the page names no roles; its sibling does' },
      {
        says: 'fields of Chat Completions',
        found: ['stop', 'n', 'frequency_penalty', 'presence_penalty'].map((name) =>
          differs(`request /${name}`),
        ),
      },
      { says: 'tool_choice is a string only', found: [differs('request /tool_choice', 'string')] },
      {
        says: 'status lacks cancelled and queued',
        found: [differs('response /status', 'cancelled', 'queued')],
      },
      {
        says: 'fields that OpenAI requires are missing from the response',
        found: [
          silent('response /', 'error', 'incomplete_details', 'instructions', 'metadata'),
          silent('response /', 'parallel_tool_calls', 'temperature', 'tool_choice', 'tools'),
          silent('response /', 'top_p', 'previous_response_id', 'truncation'),
        ],
      },
      {
        says: 'the request leaves out fields of OpenAI',
        found: [
          silent('request /', 'instructions', 'previous_response_id', 'metadata'),
          silent('request /', 'parallel_tool_calls', 'truncation', 'include'),
        ],
      },
      {
        says: 'max_output_tokens from 1',
        found: [differs('request /max_output_tokens', '1', '16')],
      },
    ],
  },
  'new-api': {
    contradictions: [
      {
        says: 'a request without input, which the relay refuses',
        declared: { at: 'request /input', because: 'it takes the source of the relay to see it' },
      },
      {
        says: 'content is a string in the sample and a list in the table',
        found: [against('sample basic response /output/0/content', 'an array')],
      },
      {
        says: 'placeholders in the answer',
        found: [
          against('sample basic response /output/0/type', '"string"'),
          against('sample basic response /output/0/status', '"string"'),
        ],
      },
      {
        says: 'one id for the response and its item',
        declared: { at: 'response /id', because: 'no table says that ids differ' },
      },
      {
        says: 'created one second after the epoch',
        declared: { at: 'response /created_at', because: 'any integer fits the table' },
      },
      {
        says: 'usage is tabled and not in the sample',
        left: 'what a sample leaves out is not shown, never a contradiction',
      },
      {
        says: 'the two official documents disagree on usage and content',
        declared: { at: 'response /usage', because: TWO_PAGES },
      },
    ],
    deviations: [
      {
        says: 'usage in the names of Chat Completions',
        found: [
          differs('response /usage/prompt_tokens', 'input_tokens'),
          differs('response /usage/completion_tokens', 'output_tokens'),
          differs('response /usage/prompt_tokens_details', 'input_tokens_details'),
          differs('response /usage/completion_tokens_details', 'output_tokens_details'),
        ],
      },
      {
        says: 'status lacks cancelled and queued',
        found: [differs('response /status', 'cancelled', 'queued')],
      },
      {
        says: 'no error and no incomplete_details',
        found: [silent('response /', 'error', 'incomplete_details')],
      },
      {
        says: 'nothing is required',
        left: 'a table that marks nothing promises less, no other shape',
      },
      {
        says: 'no annotations',
        found: [differs('response /output/*/content/*/annotations')],
      },
      { says: 'input is optional', left: 'OpenAI does not require it either' },
      {
        says: 'effort lacks values',
        found: [differs('request /reasoning/effort', 'none', 'minimal', 'xhigh')],
      },
    ],
  },
}
