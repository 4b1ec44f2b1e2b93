import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadContract, loadContracts } from '../../../src/contract/file/load.ts'
import { readContract } from '../../../src/contract/file/read-contract.ts'
import { ContractError, UsageError } from '../../../src/base/errors.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import { listSpecFiles } from '../../../src/base/read-specs.ts'
import type { JsonObject } from '../../../src/types/index.ts'

const SOUND = `openapi: 3.1.0
info: { title: Ours, version: "2026-01-01" }
servers: [{ url: https://api.example.com/v1 }]
security: [{ bearer: [] }]
x-kind: provider
x-provider:
  name: Ours
  key: OURS_API_KEY
  models: { text: ours-1 }
x-sources:
  page: { title: Page, url: "https://example.com/", retrieved: "2026-01-01", kind: document }
  sample: { title: Page, url: "https://example.com/", retrieved: "2026-01-01", kind: example }
x-claims:
  - { at: stream sse, status: documented, words: "SSE", source: page }
paths:
  /responses:
    post:
      operationId: create
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/CreateRequest" }
            examples:
              basic:
                x-source: sample
                x-placeholders: [/stop]
                value: { model: ours-1, input: "Hello", stop: "<string>", user: sk-xxxxxxxxxxxxxxxxxxxxxxxx }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
  schemas:
    CreateRequest:
      x-source: page
      type: object
      properties:
        model: { type: string }
        x-wing: { type: string, pattern: "^a" }
`

const read = (text: string) => readContract(text, 'ours.yaml', () => undefined).problems

test('a sound contract has no mistakes', () => {
  expect(read(SOUND)).toEqual([])
})

describe('each mistake has its line, its pointer, and what to write', () => {
  const secret = ['sk', 'proj', '9aF3kQ7zLm2Xc8Vb5Nt1'].join('-')
  test.each([
    ['key: OURS_API_KEY', 'kye: OURS_API_KEY', 8, '/x-provider/kye', 'unknown key "kye"', '"key"'],
    ['key: OURS_API_KEY', 'key: ours', 8, '/x-provider/key', 'the string "ours"', 'never a key'],
    ['  name: Ours\n', '', 6, '/x-provider', '"name" is missing', 'the name of the provider'],
    ['kind: example', 'kind: guess', 12, '/x-sources/sample/kind', '"guess"', '"document"'],
    [
      'at: stream sse',
      'at: wish sse',
      14,
      '/x-claims/0/at',
      '"wish sse"',
      'request /stream = true',
    ],
    [', words: "SSE"', '', 14, '/x-claims/0', 'a claim without words', '"words"'],
    [
      'words: "SSE", source: page',
      'words: "SSE", source: book',
      14,
      '/x-claims/0/source',
      '"book"',
      'page, sample',
    ],
    [
      'operationId: create',
      'operationId: creat',
      18,
      '/paths/~1responses/post/operationId',
      '"creat"',
      '"create"',
    ],
    ['[/stop]', '[/stop, /none]', 26, '/x-placeholders/1', '"/none"', 'JSON pointer'],
    [
      '                x-source: sample\n',
      '',
      24,
      'examples/basic',
      'where this sample stands',
      '"x-source"',
    ],
    [
      '      x-source: page\n',
      '',
      32,
      '/components/schemas/CreateRequest',
      'where this shape',
      '"x-source"',
    ],
    ['pattern: "^a"', 'pattern: "("', 37, '/x-wing/pattern', '"("', 'a regular expression'],
    ['model: { type: string }', 'model: { type: text }', 36, '/model/type', '"text"', 'string'],
    [
      'schemas/CreateRequest" }',
      'schemas/Nothing" }',
      22,
      '/schema/$ref',
      'leads nowhere',
      'components',
    ],
    [
      'x-kind: provider',
      'x-kind: provider\nx-wish: 1',
      6,
      '/x-wish',
      'unknown key "x-wish"',
      'x-claims',
    ],
    [
      'sk-xxxxxxxxxxxxxxxxxxxxxxxx',
      secret,
      27,
      '/value/user',
      'looks like a key: sk-pro…',
      'placeholder',
    ],
    ['[{ bearer: [] }]', '[{ basic: [] }]', 4, '/security/0/basic', '"basic"', 'bearer'],
    ['version: "2026-01-01" }', 'version: 2026 }', 2, '/info/version', '2026', 'in quotes'],
  ])('%s → %s', (from, to, line, pointer, wrong, write) => {
    expect(SOUND).toContain(from)
    const mistakes = read(SOUND.replace(from, to))
    const found = mistakes.find((one) => one.pointer.endsWith(pointer) && one.wrong.includes(wrong))
    expect(mistakes, JSON.stringify(mistakes)).toContain(found)
    expect(found).toMatchObject({ file: 'ours.yaml', line, write: expect.stringContaining(write) })
    expect(mistakes).toHaveLength(1)
    expect(JSON.stringify(mistakes)).not.toContain(secret)
  })

  test('what only resembles a key is none', () => {
    for (const text of [
      'sk-xxxxxxxxxxxxxxxxxxxxxxxx',
      'tokenizer_v2_multilingual',
      'key_points_2026_and_more',
      'sk-YOUR-API-KEY-GOES-HERE',
      'resp_0ed94fe7ec73cf560169afd97bba64',
    ]) {
      expect(read(SOUND.replace('"Hello"', `"${text}"`))).toEqual([])
    }
  })

  test('a YAML error', () => {
    expect(read('openapi: 3.1.0\ninfo: { title: x\npaths: {}\n')).toMatchObject([
      { line: expect.any(Number), wrong: expect.stringContaining('no YAML') },
    ])
    expect(read('a: 1\na: 2\n')).toMatchObject([{ line: 2 }])
    for (const text of ['just text', '', 'a: &a [*a]', '- 1\n- 2', 'null']) {
      expect(read(text)).toMatchObject([{ wrong: 'this is no contract' }])
    }
  })

  test('all at once, in the order of the file', () => {
    const bad = SOUND.replace('name: Ours', 'nmae: Ours')
      .replace('at: stream sse', 'at: sse')
      .replace('type: object', 'type: thing')
    const lines = read(bad).map(({ line }) => line ?? 0)
    expect(lines).toEqual([7, 14, 34])
  })
})

describe('loadContract', () => {
  const folder = mkdtempSync(join(tmpdir(), 'contracts-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'ours.yaml')

  test('takes a file', () => {
    writeFileSync(file, SOUND)
    expect(loadContract(file)).toMatchObject({
      id: 'ours',
      kind: 'provider',
      profile: { keyEnv: 'OURS_API_KEY', baseUrl: 'https://api.example.com/v1' },
    })
  })

  test('throws every mistake, and no stack for a missing file', () => {
    writeFileSync(file, SOUND.replace('key: OURS_API_KEY', 'kye: x'))
    expect(() => loadContract(file)).toThrow(ContractError)
    expect(() => loadContract(file)).toThrow(/ours\.yaml:8 \/x-provider\/kye: unknown key "kye"/)
    expect(() => loadContract(join(folder, 'none.yaml'))).toThrow(UsageError)
    expect(() => loadContract(folder)).toThrow(UsageError)
  })
})

test('no shipped contract has a mistake', () => {
  const shipped = new Map(loadContracts().map((one) => [one.id, one]))
  const follows = (id: string) => shipped.get(id)?.document as unknown as JsonObject | undefined
  const editions = listSpecFiles('vendors/editions').map((file) => join(packageRoot, 'specs', file))
  const files = [...[...shipped.values()].map(({ file }) => file), ...editions]
  const mistakes = files.flatMap(
    (file) => readContract(readFileSync(file, 'utf8'), file, follows).problems,
  )
  expect(mistakes).toEqual([])
})

test('what is no YAML is told for each line, and no key is repeated', () => {
  const secret = ['sk', 'proj', '9aF3kQ7zLm2Xc8Vb5Nt1'].join('-')
  const mistakes = read(`info: { title: Ours version: 1 }\nx-kind: a: b\nx: 1\nx: 2\n\ty: 1\n`)
  expect(mistakes.map(({ line }) => line)).toEqual([1, 2, 4, 5])
  expect(mistakes.map(({ write }) => write).join()).toMatch(/quotes.*each key once.*spaces/)
  const told = read(SOUND.replace('key: OURS_API_KEY', `key: ${secret}`))
  expect(told).toHaveLength(2)
  expect(JSON.stringify(told)).not.toContain(secret)
})
