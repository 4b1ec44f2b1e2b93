// Answers, tools, formats, input, errors and state as somebody met them in public.

import {
  mapBody,
  mapEvents,
  mapJson,
  mapObjects,
  mapResponse,
  without,
} from '../../../src/authoring/define.ts'
import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { field, isObject } from '../../../src/base/json.ts'
import type { Json, JsonObject, ReferenceRequest } from '../../../src/types/index.ts'
import { mapItems, mapUsage, replaceText } from '../../../suites/common/mutants.ts'
import { changeFrames } from '../../../suites/streaming/mutants.ts'
import {
  declined,
  isCreate,
  isStreamReply,
  listIn,
  mentions,
  misheard,
  respelled,
  type Stories,
} from './story.ts'

const UNKNOWN = declined(404, 'Previous response not found.', 'previous_response_id')

const KNOWN: readonly string[] = ['function', 'custom', 'web_search', 'image_generation', 'shell']

export const answers: Stories = {
  'created-at-is-a-float': {
    story: 'created_at is written as 1756892755.0',
    source: ['sgl-project/sglang#9963'],
    wire: (actions) =>
      changeFrames(actions, (text) => text.replaceAll(/("created_at":\d+)(?=[,}])/g, '$1.0')),
  },
  'usage-is-zero': {
    story: 'nothing is ever counted',
    source: ['sgl-project/sglang#25302'],
    reply: (reply) =>
      mapUsage(reply, () => ({
        input_tokens: 0,
        input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
        output_tokens: 0,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 0,
      })),
  },
  'truncation-is-completed': {
    story: 'an answer that ran out of tokens is called completed',
    source: ['jundot/omlx#2817', 'ollama/ollama#17239'],
    reply: (reply) =>
      mapEvents(
        mapResponse(reply, (response) =>
          response['status'] === 'incomplete'
            ? {
                ...response,
                status: 'completed',
                completed_at: response['created_at'] ?? null,
                incomplete_details: null,
                output: (response['output'] as readonly JsonObject[]).map((item) => ({
                  ...item,
                  status: 'completed',
                })),
              }
            : response,
        ),
        (event) =>
          event['type'] === 'response.incomplete'
            ? { ...event, type: 'response.completed' }
            : event,
      ),
  },
  'no-reason-for-truncation': {
    story: 'an incomplete answer does not say why',
    source: ['vllm-project/vllm#24561'],
    reply: (reply) =>
      mapResponse(reply, (response) =>
        response['status'] === 'incomplete' ? { ...response, incomplete_details: null } : response,
      ),
  },
  'no-completed-at': {
    story: 'completed_at is left out, which Open Responses requires',
    source: ['ogx-ai/ogx#4692'],
    dialect: 'open-responses',
    reply: (reply) => mapResponse(reply, (response) => without(response, 'completed_at')),
  },
  'errors-with-status-200': {
    story: 'an error arrives where a response is expected: with HTTP 200',
    source: ['OpenRouterTeam/python-sdk#44'],
    reply: (reply, request) =>
      reply.status >= 400 && isCreate(request) ? { ...reply, status: 200 } : reply,
  },
  'chat-ids': {
    story: 'the id of a chat completion is handed on as the id of the response',
    source: ['maximhq/bifrost#5319'],
    request: (request) => misheard(request, /chatcmpl-(?=[0-9a-f])/g, 'resp_'),
    reply: (reply) => respelled(reply, /\bresp_(?=[0-9a-f])/g, 'chatcmpl-'),
  },
  'own-message-ids': {
    story: 'ids of messages begin with another prefix, and OpenAI refuses them on replay',
    source: ['UKGovernmentBEIS/inspect_ai#1545'],
    request: (request) => misheard(request, /\bitem_(?=[0-9a-f]{20})/g, 'msg_'),
    reply: (reply) => respelled(reply, /\bmsg_(?=[0-9a-f])/g, 'item_'),
  },
  'image-items-with-chat-ids': {
    story: 'pictures are items with a suffix of the chat id',
    source: ['BerriAI/litellm#37946'],
    reply: (reply) => respelled(reply, /\big_(?=[0-9a-f])/g, 'chatcmpl-img-'),
  },
  'functions-only': {
    story: 'any tool that is no function is a bad request',
    source: ['ggml-org/llama.cpp#20156', 'unslothai/unsloth#5141'],
    reply: (reply, { body }) =>
      listIn(body, '/tools').some((tool) => field(tool, '/type') !== 'function')
        ? declined(400, "'type' of tool must be 'function'", 'tools')
        : reply,
  },
  'unknown-tools-crash': {
    story: 'a tool of an unknown type is an internal error',
    source: ['ggml-org/llama.cpp#20156'],
    reply: (reply, { body }) =>
      reply.status === 400 &&
      listIn(body, '/tools').some((tool) => !KNOWN.includes(String(field(tool, '/type'))))
        ? declined(500, 'Internal Server Error')
        : reply,
  },
  'arguments-are-objects': {
    story: 'the arguments of a call are an object instead of JSON text',
    source: ['QuantumNous/new-api#5800'],
    reply: (reply) =>
      mapItems(reply, 'function_call', (item) => ({
        ...item,
        arguments: JSON.parse(String(item['arguments'])) as Json,
      })),
  },
  'calls-cannot-be-replayed': {
    story: 'the server cannot parse its own function call when it is sent back',
    source: ['meituan-longcat/LongCat-2.0#14'],
    reply: (reply, { body }) =>
      listIn(body, '/input').some((item) => field(item, '/type') === 'function_call')
        ? declined(400, 'Failed to parse function call arguments.', 'input')
        : reply,
  },
  'no-tool-choice': {
    story: 'tool_choice is a bad request',
    source: ['ogx-ai/ogx#3548'],
    reply: (reply, { body }) =>
      field(body, '/tool_choice') === undefined
        ? reply
        : declined(400, 'tool_choice: Extra inputs are not permitted', 'tool_choice'),
  },
  'no-functions': {
    story: 'function tools are refused on this endpoint',
    source: ['sgl-project/sglang#14189'],
    reply: (reply, { body }) =>
      listIn(body, '/tools').some((tool) => field(tool, '/type') === 'function')
        ? declined(400, 'Only builtin tools are supported.', 'tools')
        : reply,
  },
  'call-flattened-to-text': {
    story: 'a function call becomes a message with an empty text',
    source: ['open-webui/open-webui#30095'],
    reply: (reply) =>
      mapItems(reply, 'function_call', ({ id }) => ({
        type: 'message',
        id: String(id).replace('fc_', 'msg_'),
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: '', annotations: [], logprobs: [] }],
      })),
  },
  'format-is-dropped': {
    story: 'text.format is echoed and not applied: prose with HTTP 200',
    source: [
      'unslothai/unsloth#8846',
      'NousResearch/hermes-agent#33864',
      'peonist-ai/halogen-flash-server#14',
      'BerriAI/litellm#15995',
    ],
    reply: (reply, { body }) =>
      // One sentence for many deltas would be a fault of its own.
      field(body, '/stream') !== true && String(field(body, '/text/format/type')).startsWith('json')
        ? replaceText(reply, (was) =>
            was.startsWith('{') ? 'Sure! Here is what you asked for.' : was,
          )
        : reply,
  },
  'text-is-stripped': {
    story: 'text is not on the list of parameters that are handed on',
    source: ['decolua/9router#2073'],
    request: (request) => mapBody(request, (body) => without(body, 'text')),
  },
  'native-parts-are-rejected': {
    story: 'input_text and input_image parts are refused',
    source: ['lablup/mlxcel#1310'],
    reply: (reply, { body }) =>
      mentions(body, ({ type }) => type === 'input_text' || type === 'input_image')
        ? declined(400, 'unknown variant `input_text`, expected `text` or `image_url`', 'input')
        : reply,
  },
  'images-are-dropped': {
    story: 'an adapter keeps the text of a message and drops its pictures',
    source: ['AntSeed/antseed#623'],
    request: (request) =>
      mapBody(request, (body) =>
        mapObjects(body, (object) => (object['type'] === 'input_image' ? undefined : object)),
      ),
  },
  'no-files': {
    story: 'input_file is not implemented',
    source: ['TU-Wien-dataLAB/aqueduct#111'],
    reply: (reply, { body }) =>
      mentions(body, ({ type }) => type === 'input_file')
        ? declined(501, 'input_file is not supported.', 'input')
        : reply,
  },
  'ids-encoded-twice': {
    story: 'a gateway encodes the previous id once more, and nobody knows it',
    source: ['BerriAI/litellm#32413'],
    request: (request) =>
      mapBody(request, (body) =>
        typeof body['previous_response_id'] === 'string'
          ? { ...body, previous_response_id: `resp_${btoa(body['previous_response_id'])}` }
          : body,
      ),
  },
  'stored-is-not-there': {
    story:
      'store is accepted, and afterwards there is a page of HTML and no such previous response',
    source: ['digitalocean/gradient-python#96'],
    reply(reply, { method, path, body }) {
      if (path.startsWith('/responses/') && method !== 'POST') {
        const headers = { 'content-type': 'text/html' }
        return { status: 404, headers, body: { raw: '<html><h1>404 Not Found</h1></html>' } }
      }
      return typeof field(body, '/previous_response_id') === 'string' ? UNKNOWN : reply
    },
  },
  'creates-and-nothing-else': {
    story: 'there is one route: everything else is the page of a web server',
    source: ['YanChiCu/LocalChatAPI_for_Codex', 'decolua/9router'],
    reply(reply, request) {
      if (isCreate(request)) return reply
      const headers = { 'content-type': 'text/html' }
      return { status: 404, headers, body: { raw: '<html><h1>404 Not Found</h1></html>' } }
    },
  },
  'previous-response-is-ignored': {
    story: 'previous_response_id is accepted and never looked up',
    source: ['openclaw/openclaw#37765', 'AntSeed/antseed#623'],
    request: (request) =>
      mapBody(request, (body) =>
        typeof body['previous_response_id'] === 'string'
          ? without(body, 'previous_response_id')
          : body,
      ),
    reply: (reply, { body }) =>
      typeof field(body, '/previous_response_id') === 'string'
        ? mapResponse(reply, (response) => ({
            ...response,
            previous_response_id: field(body, '/previous_response_id')!,
          }))
        : reply,
  },
  'default-store-is-refused': {
    story: 'whoever does not switch store off is refused with 501',
    source: ['vllm-project/vllm#22137'],
    reply: (reply, request) =>
      isCreate(request) && reply.status === 200 && field(request.body, '/store') !== false
        ? declined(501, 'Storing responses is not supported.', 'store')
        : reply,
  },
  'streamed-ids-are-unknown': {
    story: 'what was streamed can neither be read nor continued',
    source: ['lmstudio-ai/lmstudio-bug-tracker#1188', 'SamSaffron/term-llm#460'],
    ...forgettingStreams(),
  },
  'assistant-turn-is-lost': {
    story: 'a continued conversation has lost what the assistant said',
    source: ['sgl-project/sglang#25302'],
    ...forgettingAnswers(),
  },
  'flat-errors': {
    story: 'the error object is not nested: code, message and type at the top',
    source: ['ggml-org/llama.cpp#14702', 'lmstudio-ai/lmstudio-bug-tracker#1988'],
    reply: (reply) =>
      reply.status >= 400
        ? mapJson(reply, ({ type, error, ...rest }) =>
            isObject(error) && type === undefined ? error : { type: type!, error: error!, ...rest },
          )
        : reply,
  },
  'models-without-created': {
    story: 'the list of models leaves out when they were created',
    source: ['ggml-org/llama.cpp#14702'],
    reply: (reply, { path }) =>
      path === '/models'
        ? mapJson(reply, (body) =>
            mapObjects(body, (one) => (one['object'] === 'model' ? without(one, 'created') : one)),
          )
        : reply,
  },
}

/** Remembers which ids were streamed, and knows them no more. */
function forgettingStreams(): Pick<Stories[string], 'reply'> {
  const streamed = new Set<Json>()
  return {
    reply(reply, request) {
      if (isStreamReply(request) && 'events' in reply.body && isCreate(request)) {
        const last = reply.body.events.findLast((event) => typeof event !== 'string')
        const id = TERMINAL_EVENTS.includes(String(field(last, '/type')))
          ? field(last, '/response/id')
          : null
        if (id !== undefined && id !== null) streamed.add(id)
      }
      const previous = field(request.body, '/previous_response_id')
      if (previous !== undefined && streamed.has(previous)) return UNKNOWN
      const asked = /^\/responses\/([^/]+)$/.exec(request.path)?.[1]
      return asked !== undefined && streamed.has(asked) && request.method === 'GET'
        ? declined(404, `Response with id '${asked}' not found.`)
        : reply
    },
  }
}

/** Keeps what was asked of each response, and puts only that before the next question. */
function forgettingAnswers(): Pick<Stories[string], 'request' | 'reply'> {
  const asked = new Map<Json, readonly Json[]>()
  const turn = ({ body }: ReferenceRequest): readonly Json[] => {
    const input = field(body, '/input')
    const mine =
      typeof input === 'string' ? [{ role: 'user', content: input }] : listIn(body, '/input')
    const before = asked.get(field(body, '/previous_response_id') ?? null) ?? []
    return [...before, ...mine]
  }
  return {
    request: (request) =>
      mapBody(request, (body) =>
        asked.has(body['previous_response_id'] ?? null)
          ? { ...without(body, 'previous_response_id'), input: turn(request) }
          : body,
      ),
    reply: (reply, request) =>
      mapResponse(reply, (response) => {
        if (!isCreate(request)) return response
        asked.set(response['id']!, turn(request))
        const previous = field(request.body, '/previous_response_id')
        return previous === undefined ? response : { ...response, previous_response_id: previous }
      }),
  }
}
