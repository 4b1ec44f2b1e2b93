import { defineScenario, without } from '../../src/authoring/define.ts'
import type { Kit, Scenario, WireRequest } from '../../src/types/index.ts'
import { hingesOf, mistakes, type Mistake } from './invalid-requests.ts'

const READY = 'Reply with the single word: ready.'

function send(kit: Kit, { change, drop = [], raw }: Mistake, stream: boolean): WireRequest {
  const request = kit.ask(READY)
  if (raw !== undefined) return { ...request, body: raw }
  const json = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  const body = { ...without(json, ...drop), ...change?.(kit), ...(stream ? { stream } : {}) }
  return { ...request, body: { json: body } }
}

function invalidAt({ at }: Mistake): { readonly invalidAt?: string } {
  // A model or a response that does not exist is wrong by its meaning, not by its form.
  return at === undefined || at === '/model' ? {} : { invalidAt: at }
}

/** One scenario for each mistake, the same object for everybody who asks. */
const plainly = new Map(
  mistakes.map((mistake) => [
    mistake,
    defineScenario<'ask'>({
      id: `errors/${mistake.name}`,
      title: `A request that is wrong because ${mistake.because}`,
      hinges: hingesOf(mistake),
      tier: 'core',
      ...(mistake.always === true ? {} : { needs: ['expensive'] }),
      steps: {
        ask: {
          request: (kit) => send(kit, mistake, false),
          expect: 'refusal',
          ...invalidAt(mistake),
          control: (kit) => kit.ask(READY),
        },
      },
    }),
  ]),
)

export function asked(mistake: Mistake): Scenario<'ask'> {
  return plainly.get(mistake)!
}

/** The mistakes that a streamed request can have as well. */
export const streamable: readonly Mistake[] = mistakes.filter(
  ({ raw, at }) => raw === undefined && at !== '/stream',
)

const inStream = new Map(
  streamable.map((mistake) => [
    mistake,
    defineScenario<'plain' | 'streamed'>({
      id: `errors/${mistake.name}-streamed`,
      title: `A streamed request that is wrong because ${mistake.because}`,
      hinges: ['request /stream = true', ...hingesOf(mistake)],
      tier: 'core',
      ...(mistake.name === 'temperature-too-high' ? {} : { needs: ['expensive'] }),
      steps: {
        plain: {
          request: (kit) => send(kit, mistake, false),
          expect: 'refusal',
          ...invalidAt(mistake),
        },
        streamed: {
          request: (kit) => send(kit, mistake, true),
          expect: 'refusal',
          ...invalidAt(mistake),
        },
      },
    }),
  ]),
)

export function askedInStream(mistake: Mistake): Scenario<'plain' | 'streamed'> {
  return inStream.get(mistake)!
}

export const unknownRoute = defineScenario({
  id: 'errors/unknown-route',
  title: 'A method and a path that the API does not have',
  hinges: [],
  tier: 'core',
  needs: ['expensive'],
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
