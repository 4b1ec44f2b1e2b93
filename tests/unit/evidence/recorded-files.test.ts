import { expect, test } from 'vitest'
import { readTraffic } from '../../../src/evidence/import-traffic.ts'

const line = (path: string, status: unknown): string =>
  JSON.stringify({
    host: 'h',
    request: { method: 'GET', path, body: null },
    response: { status, headers: {}, body: '{}' },
  })

test('the address of a request keeps its query', () => {
  const { exchanges } = readTraffic(line('/v1/responses/r?stream=true&starting_after=2', 200), 'f')
  const { request } = exchanges[0]!.evidence.exchanges['exchange']!
  expect(request.path).toBe('/v1/responses/r')
  expect(request.query).toEqual([
    ['stream', 'true'],
    ['starting_after', '2'],
  ])
})

test('what was not recorded is left out, and said', () => {
  const entry = (response: object, more: object = {}): object => ({
    request: { method: 'POST', url: 'https://h/v1/responses', postData: { text: '{}' } },
    response: { status: 200, headers: [], ...response },
    ...more,
  })
  const har = JSON.stringify({
    log: {
      entries: [
        entry({ content: { text: '{}' } }),
        entry({ content: { size: 1187 } }),
        entry({ content: { text: 'event: x' }, _error: 'net::ERR_ABORTED' }),
        entry({ status: 204, content: {} }),
      ],
    },
  })
  const { exchanges, skipped } = readTraffic(har, 'f.har')
  expect(exchanges).toHaveLength(2)
  expect(skipped).toEqual([
    'f.har:2 POST /v1/responses: its body was not recorded',
    'f.har:3 POST /v1/responses: the client did not read it to its end (net::ERR_ABORTED)',
  ])
  expect(readTraffic(line('/v1/responses/r', 'completed'), 'f').skipped).toEqual([
    'f:1 GET /v1/responses/r: its status is no number',
  ])
})
