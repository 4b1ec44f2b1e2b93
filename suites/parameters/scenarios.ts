import { defineScenario } from '../../src/define.ts'
import { field, response } from '../../src/read.ts'
import type { Hinge, JsonObject, Scenario } from '../../src/types.ts'
import { METADATA, READY } from './trials.ts'

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
  steps: {
    create: {
      request: (kit) => kit.ask(READY, { metadata: METADATA, store: true }),
      expect: 'success',
    },
    get: {
      request: (kit) => ({
        operation: 'retrieve',
        method: 'GET',
        path: `/responses/${encodeURIComponent(String(field(response(kit.prior('create')), '/id')))}`,
      }),
      expect: 'success',
    },
  },
})

export const LOGPROBS = 'message.output_text.logprobs'

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

function refused(
  name: string,
  title: string,
  hinge: Hinge,
  body: JsonObject,
  invalidAt: string | undefined,
  more: Partial<Scenario> = {},
): Scenario<'ask'> {
  return defineScenario({
    id: `parameters/${name}`,
    title,
    hinges: [hinge],
    tier: 'core',
    ...more,
    steps: {
      ask: {
        request: (kit) => kit.ask(READY, body),
        expect: 'refusal',
        ...(invalidAt === undefined ? {} : { invalidAt }),
      },
    },
  })
}

export const unknownInclude = refused(
  'unknown-include',
  'An include value that does not exist',
  'request /include',
  { include: ['bogus.value'] },
  '/include/0',
)

export const unknownVerbosity = refused(
  'unknown-verbosity',
  'A verbosity that does not exist',
  'request /text/verbosity',
  { text: { verbosity: 'bogus' } },
  '/text/verbosity',
  { tier: 'feature', needs: ['expensive'] },
)

const metadata = (name: string, title: string, value: JsonObject): Scenario<'ask'> =>
  refused(`metadata-${name}`, title, 'request /metadata', { metadata: value }, '/metadata', {
    needs: ['expensive'],
  })

export const crowdedMetadata = metadata('crowded', 'Metadata of 17 pairs', {
  ...METADATA,
  one_more: 'x',
})

export const longKey = metadata('long-key', 'A metadata key of 65 characters', {
  ['k'.repeat(65)]: 'x',
})

export const longValue = metadata('long-value', 'A metadata value of 513 characters', {
  long: 'v'.repeat(513),
})

export const numberInMetadata = metadata('number', 'A number in metadata', { count: 7 })
