import { defineScenario, idOf, without } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { ASK_WORD, choice, decoys } from '../../src/authoring/code-word.ts'
import type { Exchange, Json, JsonObject, Kit, WireRequest } from '../../src/types/index.ts'

function compact(kit: Kit, body: JsonObject): WireRequest {
  return {
    operation: 'compact',
    method: 'POST',
    path: '/responses/compact',
    body: { json: { model: kit.model(), ...body } },
  }
}

/** The word is said by the assistant: what users say may be kept as it is. */
function history(kit: Kit): readonly JsonObject[] {
  return [
    kit.message('user', 'Choose a code word for our project.'),
    kit.message('assistant', `The code word of our project is ${kit.nonce}.`),
    kit.message('user', 'Good. What is the capital of France?'),
    kit.message('assistant', 'Paris.'),
    kit.message('user', 'And the capital of Italy?'),
    kit.message('assistant', 'Rome.'),
  ]
}

/** The `output` of a compaction. */
export function windowOf({ body }: Exchange): readonly Json[] {
  const output = body.kind === 'json' ? field(body.value, '/output') : undefined
  return Array.isArray(output) ? output : []
}

export const compacted = defineScenario<'compact' | 'ask'>({
  id: 'compaction/compacted',
  title: 'A history of six messages, compacted and continued',
  hinges: ['operation compact'],
  tier: 'feature',
  fresh: true,
  steps: {
    compact: { request: (kit) => compact(kit, { input: history(kit) }), expect: 'success' },
    ask: {
      request: (kit) =>
        kit.create({
          input: [
            ...windowOf(kit.prior('compact')),
            kit.message('user', `Think of our project. ${ASK_WORD}`),
          ],
          ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
        }),
      expect: 'success',
    },
  },
})

export const chained = defineScenario<'create' | 'compact'>({
  id: 'compaction/chained',
  title: 'A stored response, compacted by its id',
  hinges: ['operation compact', 'request /previous_response_id'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    create: {
      request: (kit) => kit.ask('Reply with the single word: ready.', { store: true }),
      expect: 'success',
    },
    compact: {
      request: (kit) => compact(kit, { previous_response_id: idOf(kit.prior('create')) }),
      expect: 'either',
    },
  },
})

export const anonymous = defineScenario({
  id: 'compaction/anonymous',
  title: 'A compaction without a model',
  hinges: ['operation compact'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    compact: {
      request(kit) {
        const json = without({ model: kit.model(), input: history(kit) }, 'model')
        return { ...compact(kit, {}), body: { json } }
      },
      expect: 'refusal',
    },
  },
})
