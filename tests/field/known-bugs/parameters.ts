// Parameters that somebody's server refused, or took and never told.

import { mapResponse, without } from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/base/json.ts'
import { dropParameter, mapItems, mapUsage } from '../../../suites/common/mutants.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import {
  declined,
  has,
  isCreate,
  listIn,
  mentions,
  refusing,
  sendsItem,
  type Stories,
} from './story.ts'

const unsupported = (...names: readonly string[]): Pick<Stories[string], 'reply'> => ({
  reply: (reply, { body, method, path }) => {
    const name = names.find((one) => has(`/${one}`)(body))
    return name === undefined || method !== 'POST' || path !== '/responses' || reply.status >= 400
      ? reply
      : {
          ...declined(400, ''),
          body: { json: { detail: `Unsupported parameter: ${name}` } },
        }
  },
})

export const parameters: Stories = {
  'retention-is-refused': {
    story: 'prompt_cache_retention is a parameter that the upstream does not know',
    source: [
      'router-for-me/CLIProxyAPI#897',
      'automazeio/vibeproxy#311',
      'router-for-me/CLIProxyAPI#2466',
      'router-for-me/CLIProxyAPI#5068',
    ],
    ...unsupported('prompt_cache_retention'),
  },
  'cache-keys-are-refused': {
    story: 'prompt_cache_key is refused by a server that knows no parameter but its own',
    source: ['Stack-Cairn/LiveAgent#435'],
    ...refusing(
      has('/prompt_cache_key'),
      400,
      'Validation: Unsupported parameter(s): prompt_cache_key',
    ),
  },
  'identifiers-are-refused': {
    story:
      'prompt_cache_retention, safety_identifier and user are parameters that the upstream does not know',
    source: ['diegosouzapw/OmniRoute#3317'],
    ...unsupported('prompt_cache_retention', 'safety_identifier', 'user'),
  },
  'metadata-is-refused': {
    story: 'metadata is a parameter that the upstream does not know',
    source: ['170-carry/codex-tools#54'],
    ...unsupported('metadata'),
  },
  'answers-need-a-part': {
    story: 'an earlier answer without a single part is an internal error',
    source: ['vllm-project/vllm#35508'],
    ...refusing(
      sendsItem(
        ({ role, content }) =>
          role === 'assistant' && Array.isArray(content) && content.length === 0,
      ),
      500,
      'list index out of range',
    ),
  },
  'results-in-parts-are-refused': {
    story: 'the result of a call has to be a string',
    source: ['ogx-ai/ogx#4978'],
    ...refusing(
      sendsItem(
        ({ type, output }) => type === 'function_call_output' && typeof output !== 'string',
      ),
      400,
      'output: Input should be a valid string',
      'input',
    ),
  },
  'tool-groups-are-refused': {
    story: 'a group of tools under a namespace is an invalid tool',
    source: ['raullenchai/Rapid-MLX#993'],
    ...refusing(
      (body) => mentions(field(body, '/tools'), ({ type }) => type === 'namespace'),
      422,
      "tools.0.type: Input should be 'function'",
      'tools',
    ),
  },
  'background-streams-fail': {
    story: 'a background run that is also to be streamed is an internal error',
    source: ['EricLBuehler/mistral.rs#1989'],
    ...refusing(
      (body) => field(body, '/background') === true && field(body, '/stream') === true,
      500,
      'Internal server error',
    ),
  },
  'strict-is-a-bad-gateway': {
    story: 'a strict schema is checked after the fact, and what does not fit it is a 502',
    source: ['raullenchai/Rapid-MLX#884'],
    reply: (reply, request) =>
      isCreate(request) && field(request.body, '/text/format/strict') === true && reply.status < 400
        ? declined(502, 'strict_schema_violation: 200 is greater than the maximum of 100')
        : reply,
  },
  'tools-are-told-as-they-came': {
    story:
      'tools are told as they came, without the strict and the description that a client left out',
    source: ['theopenco/llmgateway#2287'],
    dialect: 'open-responses',
    reply: (reply, { body }) =>
      mapResponse(reply, (response) =>
        isObject(body) && body['tools'] !== undefined
          ? { ...response, tools: body['tools'] }
          : response,
      ),
  },
  'truncation-and-tier-are-not-told': {
    story: 'responses do not say which truncation and service_tier they were made with',
    source: ['raullenchai/Rapid-MLX#817'],
    reply: (reply) =>
      mapResponse(reply, (response) => without(without(response, 'truncation'), 'service_tier')),
  },
  'cached-tokens-are-not-told': {
    story: 'usage does not say how much of the input was cached',
    source: ['caigee-cmd/cli2api#221'],
    reply: (reply) =>
      mapUsage(reply, (usage) => ({
        ...usage,
        input_tokens_details: without(
          (usage['input_tokens_details'] ?? {}) as JsonObject,
          'cached_tokens',
        ),
      })),
  },
  'logprobs-are-null': {
    story: 'logprobs of a text are null where nobody asked for them, and the document says a list',
    source: ['ogx-ai/ogx#4990'],
    dialect: 'open-responses',
    reply: (reply) => mapItems(reply, 'message', nullLogprobs),
  },
  'sources-beside-the-action': {
    story: 'the sources of a search stand beside its action, with a title and without a type',
    source: ['praxis-proxy/ai#561', 'praxis-proxy/ai#686'],
    reply: (reply) =>
      mapItems(reply, 'web_search_call', ({ action, ...item }) =>
        isObject(action)
          ? {
              ...item,
              action: without(action, 'sources'),
              sources: [{ title: 'A page', url: 'https://example.com/' }],
            }
          : item,
      ),
  },
  'chat-format-is-dropped': {
    story: 'response_format of another API is left out without a word',
    source: ['raullenchai/Rapid-MLX#912'],
    request: (request) => dropParameter(request, 'response_format'),
  },
}

function nullLogprobs(item: JsonObject): JsonObject {
  const content = listIn(item, '/content').map((part) =>
    isObject(part) && part['type'] === 'output_text' ? { ...part, logprobs: null } : part,
  )
  return { ...item, content }
}
