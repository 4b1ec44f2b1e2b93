import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/types/index.ts'
import { drift, knownDrift, openai } from './drift.ts'

test('the contract and the types of the SDK differ where it is known, and nowhere else', () => {
  const found = drift(openai())
  const known = knownDrift()
  expect(found.filter((line) => !known.has(line))).toEqual([])
  expect([...known.keys()].filter((line) => !found.includes(line))).toEqual([])
})

test('a field, a value, an event and a demand that one side lacks are found', () => {
  const document = structuredClone(openai()) as unknown as {
    components: { schemas: Record<string, Schema> }
  }
  const { schemas } = document.components
  delete schemas['InputTokensRequest']!.properties['truncation']
  schemas['InputTokensRequest']!.properties['stop'] = { type: 'string' }
  schemas['Response']!.properties['status'] = { type: 'string', enum: [...STATUSES, 'done'] }
  schemas['StreamEvent']!.oneOf = schemas['StreamEvent']!.oneOf.slice(1)
  schemas['UrlCitation']!.required = ['type', 'url', 'title', 'end_index']
  const known = knownDrift()
  const found = drift(document as unknown as JsonObject).filter((line) => !known.has(line))
  expect(found).toEqual([
    'UrlCitation/start_index is required only in the types',
    'field InputTokensRequest/stop only in the contract',
    'field InputTokensRequest/truncation only in the types',
    'value Response/status = done only in the contract',
    'value Response/status = queued only in the types',
    'variant StreamEvent: response.created only in the types',
  ])
})

const STATUSES = ['completed', 'failed', 'in_progress', 'cancelled', 'incomplete']

interface Schema {
  properties: Record<string, JsonObject>
  required: readonly string[]
  enum: readonly string[]
  oneOf: readonly JsonObject[]
}
