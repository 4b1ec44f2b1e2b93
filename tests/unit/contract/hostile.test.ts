// Whatever a provider sends, and whatever a document says, a contract answers.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditContract } from '../../../src/document-audit/audit.ts'
import { contractOf } from '../../../src/contract/contract.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { isObject } from '../../../src/base/json.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import { createContract } from './documents.ts'
import { createAnsweredExchange, createStreamedExchange } from '../../exchange.ts'

const openai = loadContract('openai')
const crun = loadContract('crun')
const sample = crun.samples.find(({ response }) => response !== undefined)!.response!
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>

/** A value with some of its parts exchanged for garbage. */
function spoilt(value: Json): fc.Arbitrary<Json> {
  const kept = Array.isArray(value)
    ? fc.tuple(...value.map((entry: Json) => spoilt(entry)))
    : isObject(value)
      ? fc.record(
          Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoilt(one)])),
          { requiredKeys: [] },
        )
      : fc.constant(value)
  return fc.oneof(
    { weight: 9, arbitrary: kept as fc.Arbitrary<Json> },
    { weight: 1, arbitrary: json },
  )
}

test('a spoilt reply gets findings with a place, what was expected and what came', () => {
  fc.assert(
    fc.property(spoilt(sample), (value) => {
      const event = { type: 'response.completed', sequence_number: 1, response: value }
      for (const exchange of [
        createAnsweredExchange(value),
        createAnsweredExchange(value, 400),
        createStreamedExchange([event, value]),
      ]) {
        for (const one of [openai, crun, createContract()]) {
          const findings = [...(one.flaws(exchange) ?? []), ...one.unknownFields(exchange)]
          for (const { at, expected, actual } of findings) {
            expect(at).toMatch(/^(\/|$)/)
            expect(expected).not.toBe('')
            expect(actual).not.toBe('')
          }
        }
      }
    }),
    { numRuns: 100, seed: 7 },
  )
})

test('a spoilt request never makes it throw', () => {
  const body: JsonObject = {
    model: 'm',
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'x' }] }],
    tools: [{ type: 'function', name: 'f', parameters: {}, strict: true }],
    tool_choice: { type: 'function', name: 'f' },
    text: { format: { type: 'json_schema', name: 'n', schema: {} } },
  }
  fc.assert(
    fc.property(spoilt(body), (value) => {
      const wire = { operation: 'create', method: 'POST', path: '/responses' } as const
      const request = { ...wire, body: { json: value as JsonObject } }
      expect(openai.requestFlaws(request)).toBeInstanceOf(Array)
      expect(openai.undocumented(request)).toBeInstanceOf(Array)
    }),
    { numRuns: 100, seed: 7 },
  )
})

test('any text is a hinge or none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const apiPath of [text, `request /${text}`, `response /*/${text}`, `auth ${text}`]) {
        expect(['documented', 'conditional', 'denied', 'silent']).toContain(
          openai.claim([apiPath]).status,
        )
      }
    }),
    { numRuns: 100, seed: 7 },
  )
})

test('documents with any sample whatsoever can be audited', () => {
  const document = crun.document as unknown as JsonObject
  const yardsticks = { openai, 'open-responses': loadContract('open-responses') }
  const request = crun.samples.find(({ request }) => request !== undefined)!.request!
  fc.assert(
    fc.property(spoilt(request), spoilt(sample), (request, response) => {
      const content = (value: Json) => ({
        content: { 'application/json': { schema: {}, examples: { one: { value } } } },
      })
      const post = {
        operationId: 'create',
        requestBody: content(request),
        responses: { '200': content(response), '400': content(response) },
      }
      const paths = { '/responses': { post } }
      const one = contractOf('x.yaml', { ...document, paths }, () => document)
      const rows = auditContract(one, yardsticks, { scenarios: [], checks: [] })
      for (const { at, says } of rows) expect(`${at}${says}`).not.toContain('undefined')
    }),
    { numRuns: 60, seed: 7 },
  )
})
