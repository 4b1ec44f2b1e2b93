import { createAjv } from '../../../src/schema/ajv.ts'
import { expect, test } from 'vitest'
import { validateValue } from '../../../src/schema/validate-model-output.ts'
import type { Json } from '../../../src/types/index.ts'

const schema = {
  type: 'object',
  required: ['word'],
  additionalProperties: false,
  properties: {
    word: { type: 'string', enum: ['otter', 'unknown'] },
    size: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    inner: { $ref: '#/$defs/inner' },
  },
  $defs: { inner: { type: 'object', required: ['deep'], properties: { deep: { type: 'array' } } } },
} as const satisfies Json

test('a value that fits', () => {
  expect(validateValue({ word: 'otter', size: null, inner: { deep: [] } }, schema)).toEqual([])
})

test('each wrong field is one misfit in words', () => {
  expect(validateValue({ word: 3, size: 'x', more: 1, inner: {} }, schema)).toEqual([
    { at: '/more', expected: 'no such field', actual: '1' },
    { at: '/word', expected: 'one of "otter", "unknown"', actual: '3' },
    { at: '/size', expected: 'an integer or null', actual: 'the string "x"', kind: 'type' },
    {
      at: '/inner/deep',
      expected: 'an array',
      actual: 'absent',
      kind: 'absent',
      message: '`deep` is required and missing.',
    },
  ])
})

test('two schemas with the same $id', () => {
  const $id = 'https://a.example/schema'
  expect(validateValue(1, { $id, type: 'integer' })).toEqual([])
  expect(validateValue(1, { $id, type: 'string' })).toHaveLength(1)
})

test('no schema and no value makes it throw', () => {
  let deep: Json = 1
  for (let level = 0; level < 20_000; level++) deep = { deep, allOf: [deep], items: deep }
  const schemas: readonly Json[] = [
    deep,
    { $ref: 'https://elsewhere.example/schema' },
    { $ref: '#' },
    { pattern: '(' },
    { type: 'nothing' },
    { required: 'word' },
    { properties: { __proto__: null } },
    null,
    [],
    'x',
  ]
  const values: readonly (Json | undefined)[] = [undefined, null, 'x', [], {}, deep]
  for (const schema of schemas) {
    for (const value of values) expect(validateValue(value, schema)).toBeInstanceOf(Array)
  }
  const recursive = { type: 'object', properties: { deep: { $ref: '#' } } }
  expect(validateValue(deep, recursive)).toHaveLength(1)
})

test('an answer may call its fields as it likes, and is compared with what is allowed', () => {
  const isAllowed = createAjv().compile({ enum: [{}, { valueOf: 1 }] })
  expect([{ valueOf: null }, { toString: 1 }].some((value) => isAllowed(value))).toBe(false)
  expect([{}, { valueOf: 1 }].every((value) => isAllowed(value))).toBe(true)
})
