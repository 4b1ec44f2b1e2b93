import { defineScenario, without } from '../../src/authoring/define.ts'
import type { RequestBuilder, Scenario, WireRequest } from '../../src/types/index.ts'
import { apiPathsOf, invalidRequests, type InvalidRequest } from './invalid-requests.ts'

const READY = 'Reply with the single word: ready.'

function send(
  builder: RequestBuilder,
  { change, drop = [], raw }: InvalidRequest,
  stream: boolean,
): WireRequest {
  const request = builder.createRequest(READY)
  if (raw !== undefined) return { ...request, body: raw }
  const json = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  const body = { ...without(json, ...drop), ...change?.(builder), ...(stream ? { stream } : {}) }
  return { ...request, body: { json: body } }
}

function invalidAt({ at }: InvalidRequest): { readonly invalidAt?: string } {
  // A model or a response that does not exist is wrong by its meaning, not by its form.
  return at === undefined || at === '/model' ? {} : { invalidAt: at }
}

/** One scenario for each mistake, the same object for everybody who asks. */
const plainly = new Map(
  invalidRequests.map((invalid) => [
    invalid,
    defineScenario<'ask'>({
      id: `errors/${invalid.name}`,
      title: `A request that is wrong because ${invalid.because}`,
      apiPaths: apiPathsOf(invalid),
      tier: 'core',
      steps: {
        ask: {
          request: (builder) => send(builder, invalid, false),
          expect: 'refusal',
          // Where the control is answered, an error of the server is its answer to the mistake.
          twice: true,
          ...invalidAt(invalid),
          control: (builder) => builder.createRequest(READY),
        },
      },
    }),
  ]),
)

export function invalidRequestScenarioOf(invalid: InvalidRequest): Scenario<'ask'> {
  return plainly.get(invalid)!
}

/** The mistakes that a streamed request can have as well. */
export const streamableInvalidRequests: readonly InvalidRequest[] = invalidRequests.filter(
  ({ raw, at }) => raw === undefined && at !== '/stream',
)

const inStream = new Map(
  streamableInvalidRequests.map((invalid) => [
    invalid,
    defineScenario<'plain' | 'streamed'>({
      id: `errors/${invalid.name}-streamed`,
      title: `A streamed request that is wrong because ${invalid.because}`,
      apiPaths: ['request /stream = true', ...apiPathsOf(invalid)],
      tier: 'core',
      ...(invalid.name === 'temperature-too-high' ? {} : { needs: ['expensive'] }),
      steps: {
        plain: {
          request: (builder) => send(builder, invalid, false),
          expect: 'refusal',
          ...invalidAt(invalid),
        },
        streamed: {
          request: (builder) => send(builder, invalid, true),
          expect: 'refusal',
          ...invalidAt(invalid),
        },
      },
    }),
  ]),
)

export function streamedInvalidRequestScenarioOf(
  invalid: InvalidRequest,
): Scenario<'plain' | 'streamed'> {
  return inStream.get(invalid)!
}

export const unknownRouteScenario = defineScenario({
  id: 'errors/unknown-route',
  title: 'A method and a path that the API does not have',
  apiPaths: [],
  tier: 'core',
  steps: {
    method: {
      request: () => ({ operation: 'unknown', method: 'PATCH', path: '/responses' }),
      expect: 'refusal',
    },
    path: {
      request: () => ({ operation: 'unknown', method: 'GET', path: '/responses/x/y/z' }),
      expect: 'refusal',
    },
  },
})
