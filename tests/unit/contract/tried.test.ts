// What a published document is tried with, and what it asks for then.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importWarningsOf, loadContract } from '../../../src/contract/file/load.ts'
import { settingsOf, valueSettingsOf } from '../../../suites/parameters/parameter-values.ts'
import echoed from '../../../suites/parameters/families/echoed.ts'
import type { Contract, Json, JsonObject } from '../../../src/types/index.ts'
import { createStreamedExchange } from '../../exchange.ts'
import { loadWritten, writeDocument } from './published-document.ts'

const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-tried-'))

function load(
  name: string,
  schemas: Readonly<Record<'request' | 'answer' | 'error', Json>>,
): Contract {
  const content = (schema: Json): Json => ({ content: { 'application/json': { schema } } })
  const failed = { description: 'failed', ...(content(schemas.error) as object) } as Json
  const file = join(folder, `${name}.json`)
  const post = {
    requestBody: content(schemas.request),
    responses: {
      200: { description: 'ok', ...(content(schemas.answer) as object) },
      400: failed,
      401: failed,
    },
  }
  const info = { title: 'A document', version: '1' }
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, paths: { '/responses': { post } } }))
  return loadContract(file)
}

const text = { type: 'string' }
const objectOf = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  required: [...required],
})

test('differences of errors, refusals and fields that come back are told before anybody is judged by them', () => {
  const part = objectOf({ type: { enum: ['output_text'] }, text }, ['type', 'text'])
  const item = objectOf({ content: { type: 'array', items: part } })
  const contract = load('differences', {
    request: objectOf({ model: text }),
    answer: objectOf({ user: text, output: { type: 'array', items: item } }, ['user']),
    error: objectOf({ error: objectOf({ code: { type: 'integer' } }), detail: text }, ['detail']),
  })
  const told = importWarningsOf(contract).map(({ kind, pointer }) => [
    kind,
    pointer.replace(/^.*?\/schema\//, ''),
  ])
  expect(told.filter(([kind]) => kind === 'difference')).toEqual([
    ['difference', 'required/user'],
    ['difference', 'properties/output/items/properties/content/items/required/text'],
    ['difference', 'properties/output/items/properties/content/items/properties/type/enum'],
    ['difference', 'required/detail'],
    ['difference', 'properties/error/properties/code/type'],
  ])
  expect(told.filter(([kind]) => kind === 'artefact')).toEqual([
    ['artefact', 'properties/user/type'],
  ])
})

test('a number without a sign is not asked for nothing', () => {
  const contract = load('unsigned', {
    request: objectOf({
      n: { type: 'integer', minimum: 0 },
      max_tool_calls: { type: 'integer', minimum: 0 },
      top_logprobs: { type: 'integer', minimum: 0, maximum: 20 },
    }),
    answer: objectOf({ id: text }),
    error: objectOf({}),
  })
  const trials = [...settingsOf(contract), ...valueSettingsOf(contract)].flatMap((setting) =>
    setting.trials.map(({ name, value }) => `${name} ${String(value)}`),
  )
  expect(trials.filter((trial) => /^(n|max_tool_calls) 0$/.test(trial))).toEqual([])
  expect(trials).toEqual(expect.arrayContaining(['n 1', 'top_logprobs 0', 'top_logprobs 20']))
})

test('an event has the fields of its base', () => {
  const file = join(folder, 'base.json')
  const base = objectOf({ type: text, sequence_number: { type: 'integer' } }, ['sequence_number'])
  const own = objectOf({ type: { const: 'response.created' }, response: { type: 'object' } }, [
    'type',
  ])
  const created = { allOf: [{ $ref: '#/components/schemas/Base' }], ...(own as object) }
  const content = { 'text/event-stream': { schema: { anyOf: [created] } } }
  writeFileSync(
    file,
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'A document', version: '1' },
      paths: { '/responses': { post: { responses: { 200: { description: 'ok', content } } } } },
      components: { schemas: { Base: base } },
    }),
  )
  const [event] = loadContract(file).events
  expect(event?.required.toSorted()).toEqual(['sequence_number', 'type'])
  expect(Object.keys(event?.schema['properties'] ?? {}).toSorted()).toEqual([
    'response',
    'sequence_number',
    'type',
  ])
})

test('the other answers are tried as well, and what a response need not have is not asked for', () => {
  const closed = {
    type: 'object',
    additionalProperties: false,
    properties: { object: { const: 'response' }, data: { type: 'array' } },
  }
  const answer = { properties: { include: { type: 'array' } } }
  const document = writeDocument({
    request: {
      properties: { include: { type: 'array', items: { enum: ['file_search_call.results'] } } },
    },
    response: answer,
  })
  const paths = document['paths'] as Record<string, Json>
  paths['/v1/responses/{id}/input_items'] = {
    get: { responses: { '200': { content: { 'application/json': { schema: closed } } } } },
  }
  const contract = loadWritten(document)
  const warnings = importWarningsOf(contract).map(({ kind, pointer }) => [kind, pointer])
  const schema =
    '/paths/~1v1~1responses~1{id}~1input_items/get/responses/200/content/application~1json/schema'
  expect(warnings).toContainEqual(['artefact', `${schema}/additionalProperties`])
  expect(warnings).toContainEqual([
    'difference',
    expect.stringContaining(`${schema}/properties/object`),
  ])
  expect(echoed.cases(contract).map(({ id }) => id)).not.toContain('parameters/echoed/all-plain')
})

test('events are told apart by a type that their schemas do not require', () => {
  const event = (type: string) => ({
    properties: { type: { const: type }, item_id: { type: 'string' } },
  })
  const contract = loadWritten(writeDocument({ events: { anyOf: [event('one'), event('two')] } }))
  expect(contract.events.map(({ type }) => type)).toEqual(['one', 'two'])
  const found = contract.flaws(createStreamedExchange([{ type: 'two', item_id: 2 }]))
  expect(found?.map(({ at }) => at)).toEqual(['/events/0/item_id'])
})

test('a condition beside patterns of names is judged', () => {
  const request = JSON.parse(`{
    "properties": { "model": {}, "input": {} },
    "patternProperties": { "^x_": true },
    "unevaluatedProperties": false,
    "if": { "properties": { "stream": { "const": true } }, "required": ["stream"] },
    "then": { "properties": { "background": { "const": false } } }
  }`) as JsonObject
  const contract = loadWritten(writeDocument({ request }))
  const flaws = (body: JsonObject) =>
    contract
      .requestFlaws({
        operation: 'create',
        method: 'POST',
        path: '/responses',
        body: { json: body },
      })
      .map(({ at }) => at)
  expect(flaws({ model: 'm', input: 'x', x_own: 1 })).toEqual([])
  expect(flaws({ model: 'm', input: 'x', other: 1 })).toEqual(['/other'])
  expect(flaws({ model: 'm', input: 'x', stream: true, background: true })).toContain('/background')
})
