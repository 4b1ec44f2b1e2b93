import { defineScenario, idOf, without } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { ASK_WORD, wordFormatOf } from '../../src/authoring/code-word.ts'
import type {
  Exchange,
  Json,
  JsonObject,
  RequestBuilder,
  WireRequest,
} from '../../src/types/index.ts'

function compact(builder: RequestBuilder, body: JsonObject): WireRequest {
  return {
    operation: 'compact',
    method: 'POST',
    path: '/responses/compact',
    body: { json: { model: builder.model(), ...body } },
  }
}

/** The word is said by the assistant: what users say may be kept as it is. */
function history(builder: RequestBuilder): readonly JsonObject[] {
  return [
    builder.message('user', 'Choose a code word for our project.'),
    builder.message('assistant', `The code word of our project is ${builder.nonce}.`),
    builder.message('user', 'The capital of France?'),
    builder.message('assistant', 'Paris.'),
    builder.message('user', 'And of Italy?'),
    builder.message('assistant', 'Rome.'),
  ]
}

/** The `output` of a compaction. */
export function windowOf({ body }: Exchange): readonly Json[] {
  const output = body.kind === 'json' ? field(body.value, '/output') : undefined
  return Array.isArray(output) ? output : []
}

/** Asks for the word behind what is left of the history. */
function continued(builder: RequestBuilder<'compact'>, window: readonly Json[]): WireRequest {
  return builder.create({
    input: [...window, builder.message('user', `Think of our project. ${ASK_WORD}`)],
    ...wordFormatOf(builder),
  })
}

export const compactedScenario = defineScenario<'compact' | 'bare' | 'ask'>({
  id: 'compaction/compacted',
  title: 'A history of six messages, compacted and continued, without the compaction and with it',
  apiPaths: ['operation compact'],
  tier: 'feature',
  fresh: true,
  steps: {
    compact: {
      request: (builder) => compact(builder, { input: history(builder) }),
      expect: 'success',
    },
    bare: {
      request: (builder) =>
        continued(
          builder,
          windowOf(builder.prior('compact')).filter((item) => field(item, '/type') === 'message'),
        ),
      expect: 'either',
    },
    ask: {
      request: (builder) => continued(builder, windowOf(builder.prior('compact'))),
      expect: 'success',
    },
  },
})

export const compactedChainScenario = defineScenario<'create' | 'compact'>({
  id: 'compaction/chained',
  title: 'A stored response, compacted by its id',
  apiPaths: ['operation compact', 'request /previous_response_id'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    create: {
      request: (builder) =>
        builder.createRequest('Reply with the single word: ready.', { store: true }),
      expect: 'success',
    },
    compact: {
      request: (builder) =>
        compact(builder, { previous_response_id: idOf(builder.prior('create')) }),
      expect: 'either',
    },
  },
})

export const anonymousCompactionScenario = defineScenario({
  id: 'compaction/anonymous',
  title: 'A compaction without a model',
  apiPaths: ['operation compact'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    compact: {
      request(builder) {
        const json = without({ model: builder.model(), input: history(builder) }, 'model')
        return { ...compact(builder, {}), body: { json } }
      },
      expect: 'refusal',
    },
  },
})
