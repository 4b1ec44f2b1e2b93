// Valid requests that somebody's server refused, or fell over.

import { mapResponse } from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/base/json.ts'
import type { Json, ReferenceRequest, Reply } from '../../../src/types/index.ts'
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

const chooses =
  (isMeant: (choice: Json) => boolean) =>
  (body: Json | undefined): boolean =>
    has('/tool_choice')(body) && isMeant(field(body, '/tool_choice')!)

const isCompaction = ({ path }: ReferenceRequest): boolean => path === '/responses/compact'

const NO_ROUTE: Reply = { ...declined(404, 'Not Found'), body: { json: { detail: 'Not Found' } } }

export const refusals: Stories = {
  'summaries-are-refused': {
    story: 'reasoning.summary makes the effort an object, which the upstream does not take',
    source: ['BerriAI/litellm#39354'],
    ...refusing(has('/reasoning/summary'), 400, 'think must be a boolean or string', 'reasoning'),
  },
  'reasoning-is-refused': {
    story: 'a router renames reasoning to reasoning_effort, and its upstream refuses that name',
    source: ['decolua/9router#3008'],
    ...refusing(
      has('/reasoning'),
      400,
      '{"detail":"Unsupported parameter: reasoning_effort"} (reset after 30s)',
    ),
  },
  'answers-need-ids': {
    story: 'an earlier answer is refused where its message has no id and status',
    source: [
      'openai/codex#8829',
      'openai/codex#12114',
      'CherryHQ/cherry-studio#10477',
      'vllm-project/vllm#33089',
    ],
    ...refusing(
      sendsItem(({ role, id }) => role === 'assistant' && id === undefined),
      400,
      'Input should be a valid ResponseOutputMessage: id, status: Field required',
      'input',
    ),
  },
  'reasoning-needs-an-id': {
    story: 'a reasoning item without an id is refused, though no client of OpenAI needs to send it',
    source: ['openai/codex#12230'],
    ...refusing(
      sendsItem(({ type, id }) => type === 'reasoning' && id === undefined),
      400,
      'ResponseReasoningItem: id: Field required',
      'input',
    ),
  },
  'tool-search-is-refused': {
    story: 'calls and results of a tool search are an invalid input',
    source: ['CommandCodeAI/command-code#893'],
    ...refusing(
      sendsItem(({ type }) => String(type).startsWith('tool_search_')),
      400,
      'Invalid input',
      'input',
    ),
  },
  'pictures-in-results-are-refused': {
    story: 'the result of a call may be text and no picture',
    source: ['ggml-org/llama.cpp#23542'],
    ...refusing(
      sendsItem(
        ({ type, output }) =>
          type === 'function_call_output' &&
          mentions(output, (part) => part['type'] === 'input_image'),
      ),
      400,
      "'type' of a part of the output of a tool call should be 'input_text'",
      'input',
    ),
  },
  'called-turns-cannot-be-continued': {
    story: 'whoever continues a turn in which a tool was called gets an internal error',
    source: ['ogx-ai/ogx#3269'],
    ...continuingFails(),
  },
  'previous-id-is-unsupported': {
    story: 'previous_response_id is a parameter that the server does not know',
    source: ['tenstorrent/tt-inference-server#3023'],
    ...refusing(
      has('/previous_response_id'),
      400,
      "Unknown parameter: 'previous_response_id'.",
      'previous_response_id',
    ),
  },
  'text-needs-a-format': {
    story: 'text without a format in it is refused',
    source: ['lmstudio-ai/lmstudio-bug-tracker#1576'],
    ...refusing(
      (body) => isObject(field(body, '/text')) && !has('/text/format')(body),
      400,
      'Required',
      'text.format',
    ),
  },
  'one-item-only': {
    story: 'input with several items in it is a bad request',
    source: ['lmstudio-ai/lmstudio-bug-tracker#1064'],
    ...refusing((body) => listIn(body, '/input').length > 1, 400, 'Invalid input', 'input'),
  },
  'sealed-thoughts-are-looked-up': {
    story: 'reasoning that comes back whole is looked up by its id, and nothing was stored',
    source: ['maximhq/bifrost#5410'],
    ...refusing(
      sendsItem(
        ({ type, id, encrypted_content }) =>
          type === 'reasoning' && id !== undefined && typeof encrypted_content === 'string',
      ),
      400,
      'Item not found. Items are not persisted when `store` is set to false.',
    ),
  },
  'sealed-thoughts-crash': {
    story: 'encrypted_content in the input is an error of the server',
    source: ['vllm-project/vllm#28248'],
    ...refusing(
      sendsItem(({ type, encrypted_content }) => type === 'reasoning' && !!encrypted_content),
      500,
      'Encrypted content is not supported.',
    ),
  },
  'a-named-choice-is-refused': {
    story: 'the choice of one function is sent on in another API’s shape, and refused',
    source: ['Wei-Shaw/sub2api#2058'],
    ...refusing(
      chooses((choice) => field(choice, '/type') === 'function'),
      400,
      "Unknown parameter: 'tool_choice.function'.",
      'tool_choice.function',
    ),
  },
  'required-is-refused': {
    story: 'tool_choice may be auto, and not required',
    source: ['vllm-project/vllm#44614'],
    ...refusing(
      chooses((choice) => choice === 'required'),
      400,
      "Only 'auto' tool_choice is supported in response API",
      'tool_choice',
    ),
  },
  'instructions-and-developer-crash': {
    story: 'instructions beside a message of the developer break the chat template',
    source: ['ggml-org/llama.cpp#20079', 'Blaizzy/mlx-vlm#1716'],
    ...refusing(
      (body) => has('/instructions')(body) && sendsItem(({ role }) => role === 'developer')(body),
      500,
      'Unexpected message role.',
    ),
  },
  'developers-crash': {
    story: 'a message of the developer breaks the chat template',
    source: ['1CatAI/1Cat-vLLM#493'],
    ...refusing(
      sendsItem(({ role }) => role === 'developer'),
      500,
      'Unexpected message role.',
    ),
  },
  'cancelled-cannot-be-cancelled': {
    story: 'a second cancel of a background run is refused, and so is that of a finished one',
    source: ['vllm-project/vllm#57999'],
    reply: (reply, { path }) =>
      path.endsWith('/cancel') && reply.status === 200 && hasEnded(reply)
        ? declined(400, 'Cannot cancel a synchronous response.', 'response_id')
        : reply,
  },
  'no-compaction': {
    story: 'there is no route to compact a history',
    source: [
      'Wei-Shaw/sub2api#805',
      'james-6-23/codex2api#50',
      'caozhiyuan/copilot-api#359',
      'lidge-jun/opencodex#2833',
      '170-carry/codex-tools#141',
    ],
    reply: (reply, request) => (isCompaction(request) ? NO_ROUTE : reply),
  },
  'compaction-needs-a-response': {
    story: 'a compaction of an input is refused for want of a response_id',
    source: ['praxis-proxy/ai#726'],
    reply: (reply, request) =>
      isCompaction(request) && reply.status < 400
        ? declined(400, 'response_id is required', 'response_id')
        : reply,
  },
  'namespaces-are-refused': {
    story: 'a call that comes back with the namespace of its tool is refused',
    source: ['Soju06/codex-lb#1450'],
    ...refusing(
      sendsItem(({ type, namespace }) => type === 'function_call' && typeof namespace === 'string'),
      400,
      "Unknown parameter: 'input[1].namespace'.",
      'input[1].namespace',
    ),
  },
  'custom-tools-are-refused': {
    story: 'a tool of type custom is an invalid value, whatever else is offered',
    source: [
      'github/gh-aw-firewall#8350',
      'duolahypercho/codex-router#78',
      'icoretech/codex-pooler#241',
    ],
    ...refusing(
      (body) => listIn(body, '/tools').some((tool) => field(tool, '/type') === 'custom'),
      400,
      "Invalid value: 'custom'",
      'tools',
    ),
  },
  'own-thoughts-are-refused': {
    story:
      'reasoning that the server sealed itself is refused a turn later as not issued to this caller',
    source: ['decolua/9router#4061', 'earendil-works/pi#9634'],
    ...refusing(
      sendsItem(({ type, encrypted_content }) => type === 'reasoning' && !!encrypted_content),
      400,
      'reasoning `encrypted_content` was not issued to this caller',
    ),
  },
  'several-calls-are-refused': {
    story: 'two calls of one turn become two turns, and the results of the first are missed',
    source: ['BerriAI/litellm#21154'],
    ...refusing(
      (body) =>
        listIn(body, '/input').filter((item) => field(item, '/type') === 'function_call').length >
        1,
      400,
      'Missing corresponding tool call for tool response message.',
    ),
  },
  'strings-are-refused': {
    story: 'input has to be a list',
    source: ['router-for-me/CLIProxyAPI#1403'],
    ...refusingInDetail(
      (body) => typeof field(body, '/input') === 'string',
      'Input must be a list',
    ),
  },
  'budgets-are-refused': {
    story: 'max_output_tokens is a parameter that the upstream does not know',
    source: ['RayBytes/ChatMock#103', 'Wei-Shaw/sub2api#3954', 'mangowhoiscloud/geode#818'],
    ...refusingInDetail(has('/max_output_tokens'), 'Unsupported parameter: max_output_tokens'),
  },
  'sampling-is-refused': {
    story: 'temperature and top_p are parameters that the upstream does not know',
    source: ['can1357/oh-my-pi#3117', 'Wei-Shaw/sub2api#589', 'EasyMetaAu/helm-api#351'],
    ...refusingInDetail(
      (body) => has('/temperature')(body) || has('/top_p')(body),
      'Unsupported parameter: temperature',
    ),
  },
  'mixed-parts-are-refused': {
    story: 'a message may be text or a picture, and not both',
    source: ['lmstudio-ai/lmstudio-bug-tracker#1106'],
    ...refusing(
      sendsItem((item) => {
        const types = listIn(item, '/content').map((part) => field(part, '/type'))
        return types.includes('input_text') && types.includes('input_image')
      }),
      400,
      "Invalid type for 'input'.",
      'input',
    ),
  },
  'no-cancel': {
    story: 'there is no route to cancel a background run',
    source: ['ogx-ai/ogx#5180'],
    reply: (reply, { path }) => (path.endsWith('/cancel') ? NO_ROUTE : reply),
  },
  'triggers-are-refused': {
    story: 'a compaction_trigger in the input is refused',
    source: ['Edward-lyz/codex-mixin#10', 'james-6-23/codex2api#224'],
    reply: (reply, { body }) =>
      mentions(body, ({ type }) => type === 'compaction_trigger')
        ? declined(400, 'Unknown input item type: compaction_trigger', 'input')
        : reply,
  },
  'triggers-bring-nothing': {
    story: 'a compaction_trigger is answered by no output',
    source: ['Soju06/codex-lb#971'],
    reply: (reply, { body }) =>
      mentions(body, ({ type }) => type === 'compaction_trigger')
        ? mapResponse(reply, (response) => ({ ...response, output: [] }))
        : reply,
  },
}

/** Refuses in another shape: a sentence under `detail`. */
function refusingInDetail(
  isMeant: (body: Json | undefined) => boolean,
  detail: string,
): Pick<Stories[string], 'reply'> {
  return {
    reply: (reply, request) =>
      isCreate(request) && reply.status < 400 && isMeant(request.body)
        ? { status: 400, headers: {}, body: { json: { detail } } }
        : reply,
  }
}

/** Whether a response had ended before it was asked for: `completed_at` is set, or it was cancelled before. */
const cancelled = new Set<Json>()
function hasEnded({ body }: Reply): boolean {
  if (!('json' in body)) return false
  const id = field(body.json, '/id')!
  if (field(body.json, '/status') !== 'cancelled' || cancelled.has(id)) return true
  cancelled.add(id)
  return false
}

/** Remembers which responses called a tool, and cannot go on from them. */
function continuingFails(): Pick<Stories[string], 'reply'> {
  const called = new Set<Json>()
  return {
    reply(reply, request) {
      const previous = field(request.body, '/previous_response_id')
      if (previous !== undefined && called.has(previous)) {
        return declined(500, 'Internal server error: An unexpected error occurred.')
      }
      if ('json' in reply.body && isCreate(request)) {
        const { json } = reply.body
        if (listIn(json, '/output').some((item) => String(field(item, '/type')).endsWith('_call')))
          called.add(field(json, '/id')!)
      }
      return reply
    },
  }
}
