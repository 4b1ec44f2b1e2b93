// What a published document is tried with, and what it asks for then.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importWarningsOf, loadContract } from '../../../src/contract/file/load.ts'
import { settingsOf, valueSettingsOf } from '../../../suites/parameters/parameter-values.ts'
import type { Contract, Json } from '../../../src/types/index.ts'

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
