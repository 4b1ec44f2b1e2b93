import { createGenerator } from 'ts-json-schema-generator'
import { expect, test } from 'vitest'
import published from '../../src/result/run-result.schema.json' with { type: 'json' }
import { readRunResult, serializeRun, validateRunResult } from '../../src/result/run-json.ts'
import type { Json, JsonObject } from '../../src/types/index.ts'
import { sampleRun } from './sample.ts'

test('the published schema is the type RunResult; `npm run schema` writes it', () => {
  const generator = createGenerator({
    path: 'src/types/index.ts',
    tsconfig: 'tsconfig.json',
    skipTypeCheck: true,
    type: 'RunResult',
  })
  expect(generator.createSchema('RunResult')).toEqual(published)
})

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
