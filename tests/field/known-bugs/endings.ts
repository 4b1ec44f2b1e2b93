// What somebody's server told at the end of an answer, or took away on the way there.

import { mapEvents, mapJson, mapResponse, without } from '../../../src/authoring/define.ts'
import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { field } from '../../../src/base/json.ts'
import { mapItems } from '../../../suites/common/mutants.ts'
import {
  changeEvents,
  changeItems,
  changeResponses,
  dropEvents,
  dropFields,
  removeItems,
  renumberEvents,
} from '../../../suites/streaming/mutants.ts'
import type { JsonObject, ReferenceRequest } from '../../../src/types/index.ts'
import { listIn, typeOfEvent, type Stories } from './story.ts'

const ARGUMENTS_DONE = 'response.function_call_arguments.done'
const DONE = 'response.output_item.done'

export const endings: Stories = {
  'completed-without-output': {
    story: 'the output of the last event is an empty list, whatever was streamed',
    source: ['QuantumNous/new-api#4362', 'BerriAI/litellm#32724', 'mcowger/plexus#644'],
    reply: (reply) =>
      changeResponses(reply, TERMINAL_EVENTS, (response) => ({ ...response, output: [] })),
  },
  'completed-lacks-output': {
    story: 'the response of the last event has no output, and often no usage',
    source: ['ENTERPILOT/GoModel#831', 'decolua/9router#705'],
    reply: (reply) =>
      changeResponses(reply, TERMINAL_EVENTS, (response) =>
        without(without(response, 'output'), 'usage'),
      ),
  },
  'plain-output-is-empty': {
    story:
      'a plain answer is collected from a stream whose last event has no output: tokens, and no text',
    source: ['cita-777/metapi#174', 'router-for-me/CLIProxyAPI#2610'],
    reply: (reply) =>
      mapJson(reply, (body) =>
        body['object'] === 'response' && body['status'] === 'completed'
          ? { ...body, output: [] }
          : body,
      ),
  },
  'stays-open-after-the-end': {
    story: 'a relay waits for its upstream to close, and does not close after the last event',
    source: ['Wei-Shaw/sub2api#6473'],
    wire: (actions, { body }) => ('events' in body ? [...actions, { hang: true }] : actions),
  },
  'null-is-data': {
    story: 'a stream that lost its last event ends with data: null and [DONE]',
    source: ['decolua/9router#1648'],
    wire: (actions, { body }) =>
      'events' in body
        ? [...actions.slice(0, -2), { bytes: Buffer.from('data: null\n\ndata: [DONE]\n\n') }]
        : actions,
  },
  'arguments-come-at-once': {
    story: 'arguments of a call are told when they are whole, without a delta',
    source: ['Wei-Shaw/sub2api#6629', 'docker/docker-agent#3825'],
    reply: (reply) => renumberEvents(dropEvents(reply, 'response.function_call_arguments.delta')),
  },
  'done-is-empty': {
    story: 'arguments are streamed, and those of the closing event are an empty text',
    source: ['huggingface/tau#712', 'farion1231/cc-switch#6481'],
    reply: (reply) => changeEvents(reply, ARGUMENTS_DONE, (event) => ({ ...event, arguments: '' })),
  },
  'arguments-only-at-the-end': {
    story: 'arguments are neither streamed nor closed: only the last event has them',
    source: ['OpenRouterTeam/ai-sdk-provider#336'],
    reply: (reply) =>
      renumberEvents(
        changeItems(
          changeEvents(
            dropEvents(reply, 'response.function_call_arguments.delta'),
            ARGUMENTS_DONE,
            (event) => ({ ...event, arguments: '' }),
          ),
          DONE,
          (item) => (item['type'] === 'function_call' ? { ...item, arguments: '' } : item),
        ),
      ),
  },
  'arguments-lose-their-tail': {
    story: 'what a parser has held back of the arguments is not sent when the stream ends',
    source: ['vllm-project/vllm#44348'],
    reply: (reply) =>
      changeItems(
        changeEvents(mapItems(reply, 'function_call', cutArguments), ARGUMENTS_DONE, (event) =>
          cutArguments(event),
        ),
        DONE,
        (item) => cutArguments(item),
      ),
  },
  'text-is-null-beside-calls': {
    story: 'a turn that only calls a tool has a message whose text is null',
    source: ['BerriAI/litellm#31698'],
    reply: (reply) =>
      mapJson(reply, (body) => {
        const output = listIn(body, '/output')
        if (!output.some((item) => field(item, '/type') === 'function_call')) return body
        const part = { type: 'output_text', text: null, annotations: [] }
        const empty = {
          type: 'message',
          id: 'msg_empty',
          role: 'assistant',
          status: 'completed',
          content: [part],
        }
        return { ...body, output: [empty, ...output] }
      }),
  },
  'parts-lack-their-items': {
    story: 'parts and texts do not say of which item they are, and no event has a number',
    source: ['theopenco/llmgateway#2287'],
    reply: (reply) =>
      dropFields(
        mapEvents(reply, (event) =>
          /content_part|output_text\.done/.test(typeOfEvent(event))
            ? without(event, 'item_id')
            : event,
        ),
        'sequence_number',
      ),
  },
  'thoughts-are-not-streamed': {
    story: 'reasoning is in plain answers, and streams say nothing of it',
    source: ['majiayu000/litellm-rs#532'],
    reply: (reply) =>
      'events' in reply.body ? removeItems(reply, (item) => item['type'] === 'reasoning') : reply,
  },
  'indices-follow-the-stream': {
    story:
      'output_index counts in the order of the stream, and the last output puts thoughts first',
    source: ['invergent-ai/surogate#175'],
    reply: (reply) =>
      changeResponses(reply, TERMINAL_EVENTS, (response) => ({
        ...response,
        output: [...listIn(response, '/output')].toReversed(),
      })),
  },
  'thoughts-count-their-deltas': {
    story: 'each delta of a thought has a content_index of its own, and no part is opened for it',
    source: ['vllm-project/vllm#35184'],
    reply: (reply) => {
      let seen = 0
      return renumberEvents(
        mapEvents(dropEvents(reply, ...SUMMARY_PARTS), (event) =>
          typeOfEvent(event) === 'response.reasoning_summary_text.delta'
            ? { ...event, summary_index: seen++ }
            : event,
        ),
      )
    },
  },
  'thoughts-have-no-item': {
    story: 'a thought is streamed without an item being added for it, and without an item_id',
    source: ['maximhq/bifrost#5170'],
    reply: (reply) =>
      renumberEvents(
        mapEvents(reply, (event) => {
          if (
            typeOfEvent(event) === 'response.output_item.added' &&
            field(event, '/item/type') === 'reasoning'
          )
            return undefined
          return typeOfEvent(event).startsWith('response.reasoning')
            ? { ...without(event, 'item_id'), output_index: 0 }
            : event
        }),
      ),
  },
  'cancels-whatever-is-stored': {
    story: 'cancel answers 200 for a response that did not run in the background',
    source: ['sgl-project/sglang#38002', 'sgl-project/sglang#38003', 'sgl-project/sglang#38087'],
    request: (request) =>
      isCancel(request)
        ? { ...request, method: 'GET', path: request.path.replace(/\/cancel$/, '') }
        : request,
    // A run that goes on would differ from one cancel to the next, or not, by how fast it is.
    reply: (reply, request) =>
      isCancel(request)
        ? mapResponse(reply, (response) => ({ ...response, output: [], usage: null }))
        : reply,
  },
  'cancels-are-told-early': {
    story: 'a cancel is answered before it is written down: the run is still in progress',
    source: ['OpenSecretCloud/opensecret#205'],
    reply: (reply, request) =>
      isCancel(request)
        ? mapResponse(reply, (response) => ({ ...response, status: 'in_progress' }))
        : reply,
  },
  'conversations-have-one-page': {
    story: 'has_more of the items of a conversation is always false, and after is not looked at',
    source: ['ogx-ai/ogx#5612'],
    request: (request) => {
      if (!/^\/conversations\/[^/]+\/items$/.test(request.path)) return request
      const query = new URLSearchParams(request.query)
      query.delete('after')
      return { ...request, query }
    },
    reply: (reply, { path }) =>
      /^\/conversations\/[^/]+\/items$/.test(path)
        ? mapJson(reply, (body) =>
            body['object'] === 'list' ? { ...body, has_more: false } : body,
          )
        : reply,
  },
}

const SUMMARY_PARTS = [
  'response.reasoning_summary_part.added',
  'response.reasoning_summary_part.done',
  'response.reasoning_summary_text.done',
]

function cutArguments(object: JsonObject): JsonObject {
  const text = object['arguments']
  return typeof text === 'string' && text.length > 4
    ? { ...object, arguments: text.slice(0, -2) }
    : object
}

const isCancel = ({ path }: ReferenceRequest): boolean => path.endsWith('/cancel')
