import { defineScenario, idOf, needed } from '../../src/authoring/define.ts'
import { items } from '../../src/authoring/read.ts'
import type { Exchange, Json, JsonObject, Kit, WireRequest } from '../../src/types/index.ts'
import { HEARD } from '../stateful/scenarios.ts'

const EFFORT = 'request /reasoning/effort'
const ENCRYPTED = 'request /include/* = reasoning.encrypted_content'
const PUZZLE =
  'A farmer has 17 sheep. All but 9 run away, then 5 come back, and 2 of them have a lamb each. ' +
  'How many animals does he have? Reply with the number only.'

export const think = defineScenario({
  id: 'reasoning/think',
  title: 'A small puzzle with low effort, a summary and encrypted content, not stored',
  hinges: [EFFORT, ENCRYPTED],
  tier: 'feature',
  needs: ['reasoning-model'],
  steps: {
    ask: {
      request: (kit) =>
        kit.ask(PUZZLE, {
          model: kit.model('reasoning'),
          reasoning: { effort: 'low', summary: 'auto' },
          include: ['reasoning.encrypted_content'],
          store: false,
        }),
      expect: 'success',
    },
  },
})

export const without = defineScenario({
  id: 'reasoning/without',
  title: 'The same puzzle with effort none',
  hinges: ['request /reasoning/effort = none'],
  tier: 'feature',
  needs: ['reasoning-model'],
  steps: {
    ask: {
      request: (kit) =>
        kit.ask(PUZZLE, { model: kit.model('reasoning'), reasoning: { effort: 'none' } }),
      expect: 'either',
    },
  },
})

const WEIGH: JsonObject = {
  type: 'function',
  name: 'weigh',
  description: 'Weighs the parcel.',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
  strict: true,
}

const QUESTION = 'Weigh the parcel, then tell me its weight.'

function callTool(kit: Kit, more: JsonObject): WireRequest {
  return kit.ask(QUESTION, {
    model: kit.model('reasoning'),
    reasoning: { effort: 'low' },
    tools: [WEIGH],
    tool_choice: kit.force('weigh'),
    ...more,
  })
}

function outputOf(exchange: Exchange): JsonObject {
  const call_id = needed(items(exchange, 'function_call')[0]?.['call_id'], 'call_id')
  return { type: 'function_call_output', call_id, output: 'The parcel weighs 3 kg.' }
}

/** The same turn again with its output as history; `change` alters the reasoning items. */
function replay(kit: Kit<'call'>, change: (item: JsonObject) => JsonObject): WireRequest {
  const call = kit.prior('call')
  const history = items(call).map((item) => (item['type'] === 'reasoning' ? change(item) : item))
  return kit.create({
    model: kit.model('reasoning'),
    input: [kit.message('user', QUESTION), ...history, outputOf(call)] as readonly Json[],
    reasoning: { effort: 'low' },
    include: ['reasoning.encrypted_content'],
    tools: [WEIGH],
    tool_choice: 'none',
    store: false,
  })
}

export const replayed = defineScenario<'call' | 'verbatim' | 'bare' | 'tampered'>({
  id: 'reasoning/replayed',
  title: 'A function call with its reasoning, replayed without storage',
  hinges: [EFFORT, ENCRYPTED],
  tier: 'feature',
  needs: ['reasoning-model'],
  steps: {
    call: {
      request: (kit) => callTool(kit, { include: ['reasoning.encrypted_content'], store: false }),
      expect: 'success',
    },
    verbatim: { request: (kit) => replay(kit, (item) => item), expect: 'either' },
    bare: {
      request: (kit) =>
        replay(kit, ({ id, type, summary, encrypted_content }) => ({
          ...(id === undefined ? {} : { id }),
          type: type ?? 'reasoning',
          summary: summary ?? [],
          content: null,
          ...(encrypted_content === undefined ? {} : { encrypted_content }),
        })),
      expect: 'either',
    },
    tampered: {
      request: (kit) =>
        replay(kit, (item) => ({
          ...item,
          encrypted_content: [...String(item['encrypted_content'])].toReversed().join(''),
        })),
      expect: 'refusal',
      control: (kit) => replay(kit, (item) => item),
    },
  },
})

export const chained = defineScenario<'call' | 'next'>({
  id: 'reasoning/chained',
  title: 'A function call with its reasoning, continued by previous_response_id',
  hinges: [EFFORT, 'request /previous_response_id'],
  tier: 'feature',
  needs: ['reasoning-model'],
  steps: {
    call: { request: (kit) => callTool(kit, { store: true }), expect: 'success' },
    next: {
      request: (kit) =>
        kit.create({
          model: kit.model('reasoning'),
          previous_response_id: idOf(kit.prior('call')),
          input: [outputOf(kit.prior('call'))],
          reasoning: { effort: 'low' },
          tools: [WEIGH],
          tool_choice: 'none',
        }),
      expect: 'either',
      rests: HEARD,
    },
  },
})
