// Everything that we send is checked before it leaves: a refused self-check is our fault.

import { expect, test } from 'vitest'
import { createBuiltInTarget } from '../../../src/run/built-in-provider.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { HarnessError } from '../../../src/base/errors.ts'
import { createLiveSource } from '../../../src/evidence/live.ts'
import type { RequestBuilder, Scenario, Step, WireRequest } from '../../../src/types/index.ts'
import { createRateLimiter } from '../../../src/transport/rate-limiter.ts'
import { createMemoryStore } from '../../../src/evidence/saved-exchanges.ts'

const target = createBuiltInTarget('openai', 'http://127.0.0.1:1/v1')
const yardsticks = { openai: loadContract('openai') }

function ask(step: Omit<Step, 'request'>, request: (builder: RequestBuilder) => WireRequest) {
  const sent: WireRequest[] = []
  const source = createLiveSource({
    target,
    yardsticks,
    sender: {
      send: async (wire) => {
        sent.push(wire)
        return { failed: { reason: 'timeout', note: 'nobody is there' } }
      },
      close: async () => undefined,
    },
    openSockets: () => ({ turn: () => Promise.reject(new Error('unused')), close() {} }),
    limiter: createRateLimiter({ concurrency: 1 }),
    store: createMemoryStore(),
    seed: 'self-check',
    signal: new AbortController().signal,
  })
  const scenario: Scenario = {
    id: 'test/request',
    title: 'A request',
    apiPaths: [],
    tier: 'core',
    steps: { only: { ...step, request } },
  }
  return { sent, gathered: source.gather(scenario, 0) }
}

test.each([
  ['a wrong type', { temperature: 'hot' }, '/temperature'],
  ['an unknown value', { truncation: 'sometimes' }, '/truncation'],
])('does not send a success step with %s', async (_, more, at) => {
  const { sent, gathered } = ask({ expect: 'success' }, (builder) =>
    builder.createRequest('Hello.', more),
  )
  await expect(gathered).rejects.toThrow(HarnessError)
  await expect(gathered).rejects.toThrow(at)
  expect(sent).toEqual([])
})

test('does not send a refusal step that is wrong in another place than it says', async () => {
  const { sent, gathered } = ask({ expect: 'refusal', invalidAt: '/temperature' }, (builder) =>
    builder.createRequest('Hello.', { temperature: 'hot', top_p: 'wide' }),
  )
  await expect(gathered).rejects.toThrow('/top_p')
  expect(sent).toEqual([])
})

test.each<[string, Omit<Step, 'request'>, (builder: RequestBuilder) => WireRequest]>([
  ['what is valid', { expect: 'success' }, (builder) => builder.createRequest('Hello.')],
  [
    'what is wrong where it says',
    { expect: 'refusal', invalidAt: '/temperature' },
    (builder) => builder.createRequest('Hello.', { temperature: 'hot' }),
  ],
  [
    'a model of any name, which is the choice of the user',
    { expect: 'success' },
    (builder) => builder.create({ model: 'vendor/any:free', input: 'Hello.' }),
  ],
  [
    'what is wrong by meaning',
    { expect: 'refusal' },
    () => ({ operation: 'retrieve', method: 'GET', path: '/responses/resp_unknown' }),
  ],
])('sends %s', async (_, step, request) => {
  const { sent, gathered } = ask(step, request)
  expect((await gathered).stopped?.doubt.reason).toBe('timeout')
  expect(sent).toHaveLength(1)
})
