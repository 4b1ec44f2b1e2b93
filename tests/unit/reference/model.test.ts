import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillSchema, isFillable } from '../../../reference/model/value-for-schema.ts'
import { textForRegexOf } from '../../../reference/model/text-for-regex.ts'
import { writeLark } from '../../../reference/model/text-for-lark.ts'
import { tokenize } from '../../../reference/model/tokenizer.ts'
import { findStrictFlaw } from '../../../reference/validate/strict-schema.ts'
import { createAjv } from '../../../src/schema/ajv.ts'
import type { JsonObject } from '../../../src/types/index.ts'

const PATCH = `start: begin_patch hunk+ end_patch
begin_patch: "*** Begin Patch" LF
end_patch: "*** End Patch" LF?

hunk: add_hunk | delete_hunk | update_hunk
add_hunk: "*** Add File: " filename LF add_line+
delete_hunk: "*** Delete File: " filename LF
update_hunk: "*** Update File: " filename LF change_move? change?

filename: /(.+)/
add_line: "+" /(.*)/ LF -> line

change_move: "*** Move to: " filename LF
change: (change_context | change_line)+ eof_line?
change_context: ("@@" | "@@ " /(.+)/) LF
change_line: ("+" | "-" | " ") /(.*)/ LF
eof_line: "*** End of File" LF

%import common.LF
`

test('writes the smallest patch of a coding agent', () => {
  expect(writeLark(PATCH)).toBe('*** Begin Patch\n*** Add File: a\n+\n*** End Patch')
})

test.each([
  ['a grammar without start', 'begin: "a"'],
  ['endless recursion', 'start: "a" start'],
  ['an unknown rule', 'start: other'],
  ['no grammar at all', 'hello'],
])('declines %s', (_, grammar) => {
  expect(writeLark(grammar)).toBeUndefined()
})

test.each([
  '^ZX7-[0-9A-F]{8}$',
  '^(yes|no)+$',
  '\\d{4}-\\d{2}-\\d{2}',
  '[^a-z]+',
  '(?:ab?c*){2,3}',
  '\\w+@\\w+\\.com',
  '^[A-Za-z_][A-Za-z0-9_]*$',
  'SELECT .+',
])('writes a match of %s', (pattern) => {
  expect(textForRegexOf(pattern)).toMatch(new RegExp(pattern, 'u'))
  expect(textForRegexOf(pattern)!.length).toBeLessThan(50)
})

test.each(['(?=a)b', '(a)\\1', '[', '(a', 'a{3,1}', '*a'])('declines %s', (pattern) => {
  expect(textForRegexOf(pattern)).toBeUndefined()
})

/** ajv counts `__proto__` as additional even when it is a property, so it is left out. */
const name = fc.string({ minLength: 1 }).filter((one) => one !== '__proto__')

/** Schemas of the strict subset. */
const strictSchema = fc.letrec<{ any: JsonObject }>((tie) => {
  const bounds = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 40 }))
  const object = (properties: Record<string, JsonObject>): JsonObject => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  })
  return {
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<JsonObject>(
        { type: 'string' },
        { type: 'boolean' },
        { type: 'null' },
        { type: ['string', 'null'] },
        { type: 'string', pattern: '^[a-f]{2}-\\d+$' },
        { type: 'string', minLength: 3, maxLength: 5 },
        ...[
          'date-time',
          'date',
          'time',
          'duration',
          'email',
          'hostname',
          'ipv4',
          'ipv6',
          'uuid',
        ].map((format) => ({ type: 'string', format })),
        { $ref: '#' },
      ),
      fc
        .uniqueArray(fc.oneof(fc.string({ minLength: 1 }), fc.integer()), {
          minLength: 1,
          maxLength: 5,
        })
        .map((values) => ({ enum: values }) as JsonObject),
      bounds.map(([minimum, span]) => ({ type: 'integer', minimum, maximum: minimum + span })),
      bounds.map(([low, span]) => ({
        type: 'number',
        exclusiveMinimum: low,
        exclusiveMaximum: low + span + 1,
      })),
      bounds.map(([minimum, step]) => ({ type: 'number', minimum, multipleOf: (step + 1) / 4 })),
      fc.tuple(tie('any'), fc.nat(3), fc.nat(3)).map(([items, minItems, more]) => ({
        type: 'array',
        items,
        minItems,
        maxItems: minItems + more,
      })),
      fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc.dictionary(name, tie('any'), { maxKeys: 4 }).map(object),
    ) as fc.Arbitrary<JsonObject>,
  }
})

test('fills every strict schema with a valid value', () => {
  let filled = 0
  fc.assert(
    fc.property(fc.dictionary(name, strictSchema.any, { maxKeys: 4 }), (properties) => {
      const schema: JsonObject = {
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
      }
      if (findStrictFlaw(schema) !== undefined) return
      filled += 1
      const ajv = createAjv()
      const value = fillSchema(schema, { text: 'nothing' })
      const isValid = ajv.validate(schema, value)
      expect(isValid, `${ajv.errorsText()} ${JSON.stringify(value)}`).toBe(true)
      expect(Object.keys(value as object)).toEqual(Object.keys(properties))
    }),
    { numRuns: 150, seed: 2026 },
  )
  expect(filled).toBeGreaterThan(40)
})

test('ends recursion, and declines what has no end', () => {
  const node = (next: JsonObject): JsonObject => ({
    type: 'object',
    properties: { name: { type: 'string' }, next },
    required: ['name', 'next'],
    additionalProperties: false,
  })
  const list = node({ anyOf: [{ $ref: '#' }, { type: 'null' }] })
  expect(createAjv().validate(list, fillSchema(list, { text: '' }))).toBe(true)
  expect(isFillable(node({ $ref: '#' }))).toBe(false)
  const wide = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `level${index}`,
      node({ type: 'array', items: { $ref: `#/$defs/level${index + 1}` }, minItems: 9 }),
    ]),
  )
  expect(isFillable({ ...node({ $ref: '#/$defs/level0' }), $defs: wide })).toBe(false)
})

test('tokens join to the text and cut no character in two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const tokens = tokenize(text)
      expect(tokens.join('')).toBe(text)
      for (const token of tokens) expect(Buffer.from(token).toString()).toBe(token)
    }),
    { seed: 2026 },
  )
})
