// What somebody's server took and did not do: fields, items and turns that were lost on the way.

import {
  mapBody,
  mapEvents,
  mapObjects,
  mapResponse,
  without,
} from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/base/json.ts'
import type { Json, JsonObject, ReferenceRequest, Reply } from '../../../src/types/index.ts'
import { changeInput, dropParameter, mapItems, mapUsage } from '../../../suites/common/mutants.ts'
import { removeItems } from '../../../suites/streaming/mutants.ts'
import { isCreate, listIn, type Stories } from './story.ts'

const isCall = ({ type }: JsonObject): boolean =>
  type === 'function_call' || type === 'function_call_output'

/** Tells the calls of custom tools as calls of functions, in answers and in streams. */
function asFunction(reply: Reply): Reply {
  const change = (item: JsonObject): JsonObject =>
    item['type'] === 'custom_tool_call'
      ? {
          ...without(item, 'input'),
          type: 'function_call',
          arguments: JSON.stringify({ input: item['input'] ?? '' }),
        }
      : item
  return mapItems(
    mapEvents(reply, (event) => {
      const type = String(event['type'])
      const named = type.replace('custom_tool_call_input', 'function_call_arguments')
      return {
        ...event,
        type: named,
        ...(isObject(event['item']) ? { item: change(event['item']) } : {}),
        ...(type.endsWith('custom_tool_call_input.done')
          ? { arguments: JSON.stringify({ input: event['input'] ?? '' }), name: 'note' }
          : {}),
      }
    }),
    undefined,
    change,
  )
}

export const losses: Stories = {
  'stored-calls-are-forgotten': {
    story: 'a continued conversation has lost its calls and their results',
    source: ['vllm-project/vllm#43244'],
    ...forgettingCalls(),
  },
  'no-thoughts': {
    story:
      'a model that reasons has no reasoning item and counts no reasoning, whatever the effort',
    source: ['ogx-ai/ogx#5007', 'vllm-project/vllm#43395'],
    reply: (reply) =>
      mapUsage(
        removeItems(reply, ({ type }) => type === 'reasoning'),
        (usage) => ({ ...usage, output_tokens_details: { reasoning_tokens: 0 } }),
      ),
  },
  'streamed-calls-are-lost': {
    story: 'a call that is streamed never arrives: there is only what was thought before it',
    source: ['vllm-project/vllm#24076'],
    reply: (reply) =>
      'events' in reply.body ? removeItems(reply, ({ type }) => type === 'function_call') : reply,
  },
  'instructions-are-dropped': {
    story: 'instructions are taken and never reach the model',
    source: ['lmstudio-ai/lmstudio-bug-tracker#1154'],
    request: (request) => dropParameter(request, 'instructions'),
    reply: (reply, { body }) =>
      mapResponse(reply, (response) => ({
        ...response,
        instructions: field(body, '/instructions') ?? null,
      })),
  },
  'instructions-are-not-reported': {
    story: 'the response does not say under which instructions it was made',
    source: ['ogx-ai/ogx#3566'],
    reply: (reply) => mapResponse(reply, (response) => without(response, 'instructions')),
  },
  'thoughts-are-dropped': {
    story: 'reasoning items of the input are left out without a word',
    source: ['BerriAI/litellm#36197'],
    request: (request) =>
      changeInput(request, (items) => items.filter(({ type }) => type !== 'reasoning')),
  },
  'pictures-of-roles-are-dropped': {
    story: 'pictures are seen only in items that have no role',
    source: ['ardanlabs/kronk#759', 'ollama/ollama#18527'],
    request: (request) =>
      changeInput(request, (items) =>
        items.map((item) =>
          item['role'] === undefined
            ? item
            : mapObjects(item, (part) => (part['type'] === 'input_image' ? undefined : part)),
        ),
      ),
  },
  'custom-tools-are-dropped': {
    story: 'custom tools are left out without a word, and the model writes its call as text',
    source: ['ardeyouxipianyi/workbuddy2api-intl#12'],
    request: (request) =>
      mapBody(request, (body) => {
        const tools = listIn(body, '/tools').filter((tool) => field(tool, '/type') !== 'custom')
        if (tools.length === listIn(body, '/tools').length) return body
        return tools.length > 0 ? { ...body, tools } : without(body, 'tools', 'tool_choice')
      }),
  },
  'custom-calls-are-functions': {
    story: 'the call of a custom tool is told as one of a function, with its text inside arguments',
    source: ['antirez/ds4#745', 'decolua/9router#1371', 'MetaFARS/codex-relay#38'],
    reply: asFunction,
  },
  'custom-calls-are-empty': {
    story: 'a custom tool becomes a function without parameters, and is called with nothing',
    source: ['diegosouzapw/OmniRoute#4862'],
    reply: (reply) =>
      mapItems(
        mapEvents(reply, (event) =>
          String(event['type']) === 'response.custom_tool_call_input.delta'
            ? undefined
            : {
                ...event,
                ...(event['input'] === undefined ? {} : { input: '' }),
                ...(field(event, '/item/type') === 'custom_tool_call'
                  ? { item: { ...(event['item'] as JsonObject), input: '' } }
                  : {}),
              },
        ),
        'custom_tool_call',
        (item) => ({ ...item, input: '' }),
      ),
  },
  'custom-results-are-lost': {
    story: 'a guardrail writes the input back, and the result of a custom tool is not in it',
    source: ['BerriAI/litellm#41561'],
    request: (request) =>
      changeInput(request, (items) =>
        items.map((item) =>
          item['type'] === 'custom_tool_call_output' ? { ...item, output: '' } : item,
        ),
      ),
  },
  'unstored-is-stored': {
    story: 'a response is kept although store is false',
    source: ['theopenco/llmgateway#1807'],
    request: (request) =>
      isCreate(request) && field(request.body, '/store') === false
        ? mapBody(request, (body) => ({ ...body, store: true }))
        : request,
    reply: (reply, { body }) =>
      field(body, '/store') === false
        ? mapResponse(reply, (response) => ({ ...response, store: false }))
        : reply,
  },
  'no-budget': {
    story: 'max_output_tokens is no parameter, neither of the request nor of the response',
    source: ['ogx-ai/ogx#3699'],
    request: (request) => dropParameter(request, 'max_output_tokens'),
    reply: (reply) => mapResponse(reply, (response) => without(response, 'max_output_tokens')),
  },
  'a-named-choice-is-any': {
    story: 'the choice of one function is taken for the choice of any',
    source: ['BerriAI/litellm#29812', 'BerriAI/litellm#29811'],
    request: (request) =>
      mapBody(request, (body) =>
        field(body, '/tool_choice/type') === 'function'
          ? { ...body, tool_choice: 'required' }
          : body,
      ),
    reply: keepingTheChoice,
  },
  'tool-choice-is-ignored': {
    story: 'tool_choice is taken and never applied: a message comes where a call was demanded',
    source: ['sgl-project/sglang#12668', 'vllm-project/vllm#49712'],
    request: (request) =>
      mapBody(request, (body) =>
        body['tools'] === undefined ? body : { ...body, tool_choice: 'auto' },
      ),
    reply: keepingTheChoice,
  },
  'anybody-reads-anything': {
    story: 'whoever knows the id of a response may read, continue and delete it',
    source: ['BerriAI/litellm#15757'],
    ...leaking(() => true),
  },
  'streamed-is-anybodys': {
    story: 'responses that were streamed belong to nobody, and so to everybody',
    source: ['BerriAI/litellm#38325', 'BerriAI/litellm#38320'],
    ...leaking(({ body }) => field(body, '/stream') === true),
  },
  'background-is-anybodys': {
    story: 'responses of background runs belong to nobody, and so to everybody',
    source: ['BerriAI/litellm#39548'],
    ...leaking(({ body }) => field(body, '/background') === true),
  },
}

function keepingTheChoice(reply: Reply, { body }: ReferenceRequest): Reply {
  const choice = field(body, '/tool_choice')
  return choice === undefined
    ? reply
    : mapResponse(reply, (response) => ({ ...response, tool_choice: choice }))
}

/** Keeps the turns of each response, and puts them before the next question without their calls. */
function forgettingCalls(): Pick<Stories[string], 'request' | 'reply'> {
  const turns = new Map<Json, readonly Json[]>()
  const before = ({ body }: ReferenceRequest): readonly Json[] =>
    turns.get(field(body, '/previous_response_id') ?? null) ?? []
  const mine = ({ body }: ReferenceRequest): readonly Json[] => {
    const input = field(body, '/input')
    return typeof input === 'string' ? [{ role: 'user', content: input }] : listIn(body, '/input')
  }
  /** A result whose call is forgotten stands alone, and is told as a message. */
  const plain = (items: readonly Json[]): readonly Json[] =>
    items.filter((item) => !isObject(item) || !isCall(item))
  return {
    request: (request) =>
      mapBody(request, (body) => {
        if (!turns.has(body['previous_response_id'] ?? null)) return body
        const input = [...plain(before(request)), ...plain(mine(request))]
        const asked = input.length > 0 ? input : [{ role: 'user', content: 'Go on.' }]
        return { ...without(body, 'previous_response_id'), input: asked }
      }),
    reply: (reply, request) =>
      mapResponse(reply, (response) => {
        if (!isCreate(request)) return response
        const said = response['status'] === 'completed' ? listIn(response, '/output') : []
        turns.set(response['id']!, [...before(request), ...mine(request), ...said])
        const previous = field(request.body, '/previous_response_id')
        return previous === undefined ? response : { ...response, previous_response_id: previous }
      }),
  }
}

/** Remembers who made the responses of which this is so, and lets everybody act as their maker. */
function leaking(
  isMeant: (request: ReferenceRequest) => boolean,
): Pick<Stories[string], 'request' | 'reply'> {
  const owners = new Map<Json, string>()
  const ownerOf = ({ path, body }: ReferenceRequest): string | undefined =>
    owners.get(/^\/responses\/([^/]+)/.exec(path)?.[1] ?? '') ??
    owners.get(field(body, '/previous_response_id') ?? '')
  return {
    request(request) {
      const owner = ownerOf(request)
      if (owner === undefined || request.headers['authorization'] === undefined) return request
      return { ...request, headers: { ...request.headers, authorization: owner } }
    },
    reply(reply, request) {
      if (!isCreate(request) || !isMeant(request) || reply.status >= 400) return reply
      const last =
        'json' in reply.body
          ? field(reply.body.json, '/id')
          : 'events' in reply.body
            ? field(
                reply.body.events.find((event) => typeof event !== 'string'),
                '/response/id',
              )
            : undefined
      const owner = ownerOf(request) ?? request.headers['authorization']
      if (last !== undefined && owner !== undefined) owners.set(last, owner)
      return reply
    },
  }
}
