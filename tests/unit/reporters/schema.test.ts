import { createGenerator } from 'ts-json-schema-generator'
import { expect, test } from 'vitest'
import { readRunResult, serializeRun, validateRunResult } from '../../../src/result/run-json.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import { sampleRun } from './sample.ts'

test('the published schema is the type RunResult', async () => {
  const generator = createGenerator({
    path: 'src/types/index.ts',
    tsconfig: 'tsconfig.json',
    skipTypeCheck: true,
    type: 'RunResult',
  })
  const schema = sorted(generator.createSchema('RunResult') as Json)
  await expect(JSON.stringify(schema, null, 2)).toMatchFileSnapshot(
    '../../../src/result/run-result.schema.json',
  )
})

/** With the keys of every object in the order of the alphabet. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}

test('a result without one of its keys, or with one more, is none', () => {
  const run = sampleRun() as unknown as JsonObject
  const accepted = Object.keys(run).filter((key) => {
    const { [key]: _, ...rest } = run
    return validateRunResult(rest).length === 0
  })
  // Results of earlier versions know nothing of clients.
  expect(accepted).toEqual(['readiness'])
  expect(validateRunResult({ ...run, score: 97.3 })).toEqual([
    '/: must NOT have additional properties',
  ])
})

test.each<[string, string, RegExp]>([
  ['not JSON', '{', /old\.json: not JSON/],
  ['no result', '[]', /its "format" is absent/],
  [
    'a later version',
    '{"format":"responses-conformance/run/9"}',
    /"responses-conformance\/run\/9"; this version reads/,
  ],
  [
    'a broken one',
    JSON.stringify({
      ...(JSON.parse(serializeRun(sampleRun())) as { [key: string]: Json }),
      run: {},
    }),
    /\/run: must have required property/,
  ],
])('%s is refused with a reason', (_, text, message) => {
  expect(() => readRunResult(text, 'old.json')).toThrow(message)
})
