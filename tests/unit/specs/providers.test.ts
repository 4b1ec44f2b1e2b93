// Further providers: what each of them states differs from its yardstick, and has a public source.

import { describe, expect, test } from 'vitest'
import { parseApiPath } from '../../../src/contract/api-path.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { listSpecFiles } from '../../../src/base/read-specs.ts'
import type { Claim } from '../../../src/types/index.ts'
import { createAnsweredExchange } from '../../exchange.ts'

const providers = listSpecFiles('providers').map((file) => /([^/]+)\.yaml$/.exec(file)![1]!)

function status(id: string, ...apiPaths: readonly string[]): Claim['status'] {
  return loadContract(id).claim(apiPaths).status
}

describe.each(providers)('%s', (id) => {
  const contract = loadContract(id)

  test('says of every claim what it turns on, and where it stands', () => {
    const sources = new Set(contract.sources.map((source) => source.id))
    // Without a claim of its own it would promise what its yardstick does, and need no contract.
    expect(contract.claims).not.toEqual([])
    const cited = new Set(contract.claims.map(({ source }) => source))
    expect([...sources].filter((source) => cited.has(source))).not.toEqual([])
    for (const { hinge: apiPath, status: said, words, says, source } of contract.claims) {
      expect([apiPath, parseApiPath(apiPath ?? '') !== undefined]).toEqual([apiPath, true])
      expect(['documented', 'conditional', 'denied']).toContain(said)
      expect([apiPath, (words ?? says ?? '') !== '']).toEqual([apiPath, true])
      expect([apiPath, sources.has(source ?? '')]).toEqual([apiPath, true])
    }
    for (const { url, retrieved } of contract.sources) {
      expect(url).toMatch(/^https:\/\//)
      expect(retrieved).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })

  test('can be called, and refers to a yardstick for its shapes', () => {
    expect(contract.kind).toBe('provider')
    expect(contract.operations).toContain('create')
    expect(contract.profile?.keyEnv).toMatch(/^[A-Z][A-Z0-9_]*$/)
    // What every request, reply and stream has, whoever wrote the schemas.
    expect(contract.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['input', 'model', 'stream', 'tools']),
    )
    expect(contract.responseFields.map(({ at }) => at)).toEqual(
      expect.arrayContaining(['/id', '/status', '/output']),
    )
    expect(contract.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'response.created',
        'response.output_text.delta',
        'response.completed',
      ]),
    )
  })
})

test('silence, refusal and condition are told apart', () => {
  expect(status('upstage', 'request /previous_response_id')).toBe('denied')
  expect(status('upstage', 'request /temperature')).toBe('inherited')
  expect(status('xai', 'request /previous_response_id')).toBe('documented')
  expect(status('xai', 'operation compact')).toBe('silent')
  expect(status('vllm', 'operation retrieve')).toBe('conditional')
  expect(status('ollama', 'stream sse')).toBe('documented')
})

test('what differs from the yardstick is judged by the provider', () => {
  const invalid = { error: { code: 400, message: 'no', type: 'invalid_request_error' } }
  const exchange = createAnsweredExchange(invalid, 400)
  expect(loadContract('llama-cpp').flaws(exchange)).toEqual([])
  expect(loadContract('groq').flaws(exchange)).not.toEqual([])
})
