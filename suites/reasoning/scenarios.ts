import { defineScenario, idOf, needed } from '../../src/authoring/define.ts'
import { items } from '../../src/authoring/read.ts'
import { buildStrictFunction } from '../../src/authoring/strict-schema.ts'
import type {
  ApiPath,
  Exchange,
  Json,
  JsonObject,
  RequestBuilder,
  Scenario,
  Step,
  WireRequest,
} from '../../src/types/index.ts'
import { defineOneRequest } from '../common/one-request.ts'
import { HEARD_CHECK } from '../stateful/scenarios.ts'

const EFFORT = 'request /reasoning/effort'
const ENCRYPTED = 'request /include/* = reasoning.encrypted_content'
const PUZZLE =
  'A farmer has 17 sheep. All but 9 run away, then 5 come back, and 2 of them have a lamb each. ' +
  'How many animals does he have? Reply with the number only.'

/** The puzzle with everything that may be told of its thoughts, for every scenario that wants them. */
export function buildPuzzle(builder: RequestBuilder, more: JsonObject = {}): WireRequest {
  return builder.createRequest(PUZZLE, {
    model: builder.model('reasoning'),
    reasoning: { effort: 'low', summary: 'auto' },
    include: ['reasoning.encrypted_content'],
    store: false,
    ...more,
  })
}

function puzzle(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  request: Step['request'],
  expect: Step['expect'],
): Scenario<'ask'> {
  const more = { tier: 'feature', needs: ['reasoning-model'] } as const
  return defineOneRequest(`reasoning/${name}`, title, apiPaths, { request, expect }, more)
}

export const reasoningScenario = puzzle(
  'think',
  'A small puzzle with low effort, a summary and encrypted content, not stored',
  [EFFORT, ENCRYPTED],
  (builder) => buildPuzzle(builder),
  'success',
)

export const withoutReasoningScenario = puzzle(
  'without',
  'The same puzzle with effort none',
  ['request /reasoning/effort = none'],
  (builder) =>
    builder.createRequest(PUZZLE, {
      model: builder.model('reasoning'),
      reasoning: { effort: 'none' },
    }),
  'either',
)

const WEIGH = buildStrictFunction('weigh', 'Weighs the parcel.')

const QUESTION = 'Weigh the parcel, then tell me its weight.'

/** With another effort each time: a server may know one and not the next. */
function callTool(builder: RequestBuilder, effort: string, more: JsonObject): WireRequest {
  return builder.createRequest(QUESTION, {
    model: builder.model('reasoning'),
    reasoning: { effort },
    tools: [WEIGH],
    tool_choice: builder.force('weigh'),
    ...more,
  })
}

function outputOf(exchange: Exchange): JsonObject {
  const call_id = needed(items(exchange, 'function_call')[0]?.['call_id'], 'call_id')
  return { type: 'function_call_output', call_id, output: 'The parcel weighs 3 kg.' }
}

/** The same turn again with its output as history; `change` alters the reasoning items. */
function replay(
  builder: RequestBuilder<'call'>,
  change: (item: JsonObject) => JsonObject | readonly JsonObject[],
): WireRequest {
  const call = builder.prior('call')
  const history = items(call).flatMap((item) =>
    item['type'] === 'reasoning' ? change(item) : [item],
  )
  return builder.create({
    model: builder.model('reasoning'),
    input: [builder.message('user', QUESTION), ...history, outputOf(call)] as readonly Json[],
    reasoning: { effort: 'low' },
    include: ['reasoning.encrypted_content'],
    tools: [WEIGH],
    tool_choice: 'none',
    store: false,
  })
}

export const replayedReasoningScenario = defineScenario<'call' | 'verbatim' | 'bare' | 'tampered'>({
  id: 'reasoning/replayed',
  title: 'A function call with its reasoning, replayed without storage',
  apiPaths: [EFFORT, ENCRYPTED],
  tier: 'feature',
  needs: ['reasoning-model'],
  steps: {
    call: {
      request: (builder) =>
        callTool(builder, 'high', { include: ['reasoning.encrypted_content'], store: false }),
      expect: 'success',
    },
    verbatim: {
      request: (builder) => replay(builder, (item) => item),
      expect: 'either',
      control: (builder) => replay(builder, () => []),
    },
    bare: {
      request: (builder) =>
        replay(builder, ({ type, summary, encrypted_content }) => ({
          type: type ?? 'reasoning',
          summary: summary ?? [],
          content: null,
          ...(encrypted_content === undefined ? {} : { encrypted_content }),
        })),
      expect: 'either',
    },
    tampered: {
      request: (builder) =>
        replay(builder, (item) => ({
          ...item,
          encrypted_content: [...String(item['encrypted_content'])].toReversed().join(''),
        })),
      expect: 'refusal',
      control: 'verbatim',
    },
  },
})

export const chainedReasoningScenario = defineScenario<'call' | 'next'>({
  id: 'reasoning/chained',
  title: 'A function call with its reasoning, continued by previous_response_id',
  apiPaths: [EFFORT, 'request /previous_response_id'],
  tier: 'feature',
  needs: ['reasoning-model'],
  steps: {
    call: { request: (builder) => callTool(builder, 'medium', { store: true }), expect: 'success' },
    next: {
      request: (builder) =>
        builder.create({
          model: builder.model('reasoning'),
          previous_response_id: idOf(builder.prior('call')),
          input: [outputOf(builder.prior('call'))],
          reasoning: { effort: 'low' },
          tools: [WEIGH],
          tool_choice: 'none',
        }),
      expect: 'either',
      rests: HEARD_CHECK,
    },
  },
})
