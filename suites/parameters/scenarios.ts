import { defineScenario } from '../../src/authoring/define.ts'
import { retrieve } from '../common/requests.ts'
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

export const nulls = defineScenario<'plain' | 'nulls'>({
  id: 'parameters/nulls',
  title: 'The same request without some parameters, and with null for them',
  hinges: [],
  tier: 'core',
  steps: {
    plain: { request: (kit) => kit.ask(READY), expect: 'success' },
    nulls: {
      request: (kit) => kit.ask(READY, Object.fromEntries(NULLABLE.map((name) => [name, null]))),
      expect: 'either',
    },
  },
})

export const kept = defineScenario<'create' | 'get'>({
  id: 'parameters/metadata',
  title: 'Sixteen pairs of metadata, read back from the stored response',
  hinges: ['request /metadata', 'operation retrieve'],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    create: {
      request: (kit) => kit.ask(READY, { metadata: METADATA, store: true }),
      expect: 'success',
    },
    get: {
      request: (kit) => retrieve(kit.prior('create')),
      expect: 'success',
    },
  },
})

const LOGPROBS = 'message.output_text.logprobs'

export const logprobs = defineScenario<'ask'>({
  id: 'parameters/logprobs',
  title: 'Log probabilities, with three alternatives for each token',
  hinges: [`request /include/* = ${LOGPROBS}`, 'request /top_logprobs'],
  tier: 'feature',
  steps: {
    ask: {
      request: (kit) => kit.ask(READY, { include: [LOGPROBS], top_logprobs: 3 }),
      expect: 'success',
    },
  },
})
