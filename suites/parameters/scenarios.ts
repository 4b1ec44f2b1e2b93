import { defineScenario } from '../../src/authoring/define.ts'
import { buildRetrieve } from '../common/requests.ts'
import { METADATA, READY } from './parameter-values.ts'

/** Parameters that both yardsticks let be null. */
export const NULLABLE: readonly string[] = [
  'instructions',
  'max_output_tokens',
  'max_tool_calls',
  'metadata',
  'parallel_tool_calls',
  'previous_response_id',
  'reasoning',
  'stream_options',
  'temperature',
  'top_logprobs',
  'top_p',
]

export const nullParametersScenario = defineScenario<'plain' | 'nulls'>({
  id: 'parameters/nulls',
  title: 'The same request without some parameters, and with null for them',
  apiPaths: [],
  tier: 'core',
  steps: {
    plain: { request: (builder) => builder.createRequest(READY), expect: 'success' },
    nulls: {
      request: (builder) =>
        builder.createRequest(READY, Object.fromEntries(NULLABLE.map((name) => [name, null]))),
      expect: 'either',
    },
  },
})

export const keptMetadataScenario = defineScenario<'create' | 'get'>({
  id: 'parameters/metadata',
  title: 'Sixteen pairs of metadata, read back from the stored response',
  apiPaths: ['request /metadata', 'operation retrieve'],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    create: {
      request: (builder) => builder.createRequest(READY, { metadata: METADATA, store: true }),
      expect: 'success',
    },
    get: {
      request: (builder) => buildRetrieve(builder.prior('create')),
      expect: 'success',
    },
  },
})

const LOGPROBS = 'message.output_text.logprobs'

export const logprobsScenario = defineScenario<'ask'>({
  id: 'parameters/logprobs',
  title: 'Log probabilities, with three alternatives for each token',
  apiPaths: [`request /include/* = ${LOGPROBS}`, 'request /top_logprobs'],
  tier: 'feature',
  steps: {
    ask: {
      request: (builder) => builder.createRequest(READY, { include: [LOGPROBS], top_logprobs: 3 }),
      expect: 'success',
    },
  },
})
