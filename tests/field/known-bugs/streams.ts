// Streams as somebody met them in public.

import { mapBody, mapEvents, without } from '../../../src/authoring/define.ts'
import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { isObject } from '../../../src/base/json.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import {
  changeEvents,
  changeItems,
  changeResponses,
  delayEvents,
  failStream,
  dropFields,
  dropEvents,
  changeFrames,
  renumberEvents,
} from '../../../suites/streaming/mutants.ts'
import {
  declined,
  endingBefore,
  isCreate,
  isStreamReply,
  isTold,
  typeOfEvent,
  type Stories,
} from './story.ts'

const TIMED_OUT = { code: 'server_error', message: 'The upstream timed out.', param: null }

export const streams: Stories = {
  'no-terminal-event': {
    story: 'the stream ends without response.completed, and usage is lost with it',
    source: ['dwgx/WindsurfAPI#63', 'jlcodes99/cockpit-tools#701'],
    reply: (reply) => dropEvents(reply, ...TERMINAL_EVENTS),
  },
  'streams-unless-told-not-to': {
    story: 'a request without stream, or with null for it, is answered by a stream',
    source: ['YanChiCu/LocalChatAPI_for_Codex', 'decolua/9router'],
    request: (request) =>
      isCreate(request)
        ? mapBody(request, (body) =>
            body['background'] === true ? body : { ...body, stream: body['stream'] ?? true },
          )
        : request,
  },
  'two-answers-in-one-stream': {
    story: 'the next answer follows the first in the same stream',
    source: ['vercel/ai'],
    reply: (reply) =>
      'events' in reply.body
        ? { ...reply, body: { events: [...reply.body.events, ...reply.body.events] } }
        : reply,
  },
  'long-streams-end-early': {
    story: 'only long answers are closed before their last event',
    source: ['tingly-dev/tingly-box#1384'],
    reply: (reply) =>
      'events' in reply.body && reply.body.events.length > 60
        ? dropEvents(reply, ...TERMINAL_EVENTS)
        : reply,
  },
  'no-type-in-data': {
    story: 'the payload has no type, only the event line says it',
    source: ['7836246/cursor2api#113'],
    wire: (actions) =>
      changeFrames(actions, (frame) => frame.replace(/^(data: \{)"type":"[^"]*",?/m, '$1')),
  },
  'cut-while-sending': {
    story: 'the connection breaks off in the middle of the body',
    source: ['TokenNotIncluded/api.lmm.best#271'],
    wire: (actions, { body }) =>
      'events' in body ? [...actions.slice(0, actions.length >> 1), { cut: true }] : actions,
  },
  'empty-stream': {
    story: 'HTTP 200 and a stream without a single event count as success',
    source: ['farion1231/cc-switch#4484'],
    reply: (reply) => ('events' in reply.body ? { ...reply, body: { events: [] } } : reply),
  },
  'only-done': {
    story: 'the upstream closed without an event, the proxy sends [DONE] and reports success',
    source: ['lemonade-sdk/lemonade#3448'],
    reply: (reply) => ('events' in reply.body ? { ...reply, body: { events: ['[DONE]'] } } : reply),
  },
  'done-instead-of-failed': {
    story: 'what fails in mid-stream is ended with [DONE] and nothing else',
    source: ['bigduu/Bamboo-agent#405'],
    reply: (reply) =>
      'events' in reply.body
        ? { ...reply, body: { events: [...reply.body.events.slice(0, 6), '[DONE]'] } }
        : reply,
  },
  'no-sequence-numbers': {
    story: 'no event is numbered',
    source: ['onyx-dot-app/onyx#13624', 'Blaizzy/mlx-vlm#494'],
    reply: (reply) => dropFields(reply, 'sequence_number'),
  },
  'default-sequence-numbers': {
    story:
      'deltas carry the default number 0, and the last event lacks usage details and text.format',
    source: ['BerriAI/litellm#28899'],
    reply: (reply) =>
      changeResponses(
        mapEvents(reply, (event) =>
          typeOfEvent(event).endsWith('.delta') ? { ...event, sequence_number: 0 } : event,
        ),
        TERMINAL_EVENTS,
        ({ usage, ...response }) => ({
          ...response,
          text: {},
          usage: isObject(usage)
            ? without(usage, 'input_tokens_details', 'output_tokens_details')
            : null,
        }),
      ),
  },
  'gaps-in-sequence-numbers': {
    story: 'a guardrail merges two deltas, and the numbers keep their gap',
    source: ['ENTERPILOT/GoModel#953'],
    reply: (reply) => {
      let held: JsonObject | undefined
      return mapEvents(reply, (event) => {
        if (typeOfEvent(event) === 'response.output_text.delta' && held === undefined) {
          held = event
          return undefined
        }
        const first = held
        held = undefined
        if (first === undefined) return event
        if (typeOfEvent(event) !== typeOfEvent(first)) return [first, event]
        const listed = (one: JsonObject): readonly Json[] =>
          Array.isArray(one['logprobs']) ? (one['logprobs'] as readonly Json[]) : []
        return {
          ...event,
          delta: `${String(first['delta'])}${String(event['delta'])}`,
          logprobs: [...listed(first), ...listed(event)],
        }
      })
    },
  },
  'error-event-numbered-one': {
    story: 'the error event has the number 1, whatever came before it',
    source: ['BerriAI/litellm#32579'],
    reply: (reply, request) =>
      isTold(request)
        ? changeEvents(failStream(reply, TIMED_OUT), 'error', (event) => ({
            ...event,
            sequence_number: 1,
          }))
        : reply,
  },
  'placeholder-ids': {
    story: 'item_id and content_index of deltas are placeholders',
    source: ['vllm-project/vllm#24788'],
    reply: (reply) =>
      mapEvents(reply, (event) =>
        typeOfEvent(event).startsWith('response.output_text.')
          ? { ...event, item_id: '', content_index: -1 }
          : event,
      ),
  },
  'foreign-item-ids': {
    story: 'text deltas refer to the id of a chat completion, which no event announced',
    source: ['BerriAI/litellm#27671', 'BerriAI/litellm#26529'],
    reply: (reply) =>
      mapEvents(reply, (event) =>
        typeOfEvent(event).startsWith('response.output_text.')
          ? { ...event, item_id: 'chatcmpl-1f3870be274f6c49b3e31a0c6728957f' }
          : event,
      ),
  },
  'content-before-items': {
    story: 'content is sent before the item that it belongs to is added',
    source: ['BerriAI/litellm#36375'],
    reply: (reply, request) =>
      isTold(request) ? delayEvents(reply, 'response.output_item.added') : reply,
  },
  'other-ids-at-the-end': {
    story: 'items and calls have other ids in the final response than in the stream',
    source: ['vllm-project/vllm#38227'],
    reply: (reply) =>
      changeResponses(reply, TERMINAL_EVENTS, (response) => ({
        ...response,
        output: (response['output'] as readonly JsonObject[]).map((item, index) => ({
          ...item,
          id: `${String(item['id'])}${index}`,
          ...(item['call_id'] === undefined ? {} : { call_id: `call_again${index}` }),
        })),
      })),
  },
  'no-text-done': {
    story: 'response.output_text.done is never sent',
    source: ['ogx-ai/ogx#5309'],
    reply: (reply, request) =>
      isTold(request) ? renumberEvents(dropEvents(reply, 'response.output_text.done')) : reply,
  },
  'no-part-added': {
    story: 'response.content_part.added is never sent, and the SDK runs into an index',
    source: ['Wei-Shaw/sub2api#4468', 'Wei-Shaw/sub2api#2875'],
    reply: (reply, request) =>
      isTold(request) ? renumberEvents(dropEvents(reply, 'response.content_part.added')) : reply,
  },
  'three-events-only': {
    story: 'created, output_text.done and completed are all that is sent',
    source: ['Sophomoresty/gemini-web2api#57'],
    reply: (reply, request) =>
      isTold(request)
        ? renumberEvents(
            mapEvents(reply, (event) =>
              ['response.created', 'response.output_text.done', ...TERMINAL_EVENTS].includes(
                typeOfEvent(event),
              )
                ? event
                : undefined,
            ),
          )
        : reply,
  },
  'empty-at-the-end': {
    story: 'the closing events carry no text, no content and no output',
    source: ['agentgateway/agentgateway#2281'],
    reply: (reply) =>
      changeResponses(
        changeItems(
          changeEvents(reply, 'response.content_part.done', (event) => ({
            ...event,
            part: { ...(event['part'] as JsonObject), text: '' },
          })),
          'response.output_item.done',
          (item) => (item['content'] === undefined ? item : { ...item, content: [] }),
        ),
        TERMINAL_EVENTS,
        (response) => ({ ...response, output: [] }),
      ),
  },
  'no-event-lines': {
    story: 'frames have data lines only',
    source: ['ranxianglei/billion-context#549'],
    wire: (actions) => changeFrames(actions, (frame) => frame.replace(/^event: .*\n/, '')),
  },
  'one-output-index': {
    story: 'output_index is 0 for every item, so that a call and a text collide',
    source: ['maximhq/bifrost#604', 'tashfeenahmed/freellmapi#842'],
    reply: (reply) =>
      mapEvents(reply, (event) =>
        event['output_index'] === undefined ? event : { ...event, output_index: 0 },
      ),
  },
  'calls-as-text': {
    story: 'the markup of a tool call arrives as text',
    source: ['vllm-project/vllm#36445'],
    reply: (reply) =>
      mapEvents(reply, (event) =>
        typeOfEvent(event).startsWith('response.function_call_arguments')
          ? { ...event, type: 'response.output_text.delta', content_index: 0, delta: '<tool_call>' }
          : event,
      ),
  },
  'final-response-without-id': {
    story: 'the assembled response at the end has lost id and status',
    source: ['Helicone/helicone#5289'],
    reply: (reply) =>
      changeResponses(reply, TERMINAL_EVENTS, (response) => without(response, 'id', 'status')),
  },
  'streams-break-at-once': {
    story: 'a stream consists of response.created and an error',
    source: ['sgl-project/sglang#9963'],
    reply(reply) {
      const begun = endingBefore(reply, (event) => typeOfEvent(event) !== 'response.created')
      if (!('events' in begun.body) || begun === reply) return reply
      const error: Json = {
        type: 'error',
        sequence_number: 1,
        code: 'server_error',
        message: "'NoneType' object is not iterable",
        param: null,
      }
      return { ...begun, body: { events: [...begun.body.events, error] } }
    },
  },
  'no-usage-at-the-end': {
    story: 'usage of the last event is null',
    source: ['LionSR/TeXRA#1857'],
    reply: (reply) =>
      changeResponses(reply, TERMINAL_EVENTS, (response) => ({ ...response, usage: null })),
  },
  'unknown-error-shape': {
    story: 'an error event has its fields where no SDK looks for them',
    source: ['Menci/Floway#330'],
    reply: (reply, request) =>
      isTold(request) ? failStream(reply, { detail: 'upstream timed out' }) : reply,
  },
  'streams-are-declined': {
    story: 'stream: true is refused on a server that offers it',
    source: ['sgl-project/sglang#9963'],
    reply: (reply, request) =>
      isStreamReply(request) && reply.status === 200
        ? declined(400, 'Streaming is not supported for this model.', 'stream')
        : reply,
  },
}
