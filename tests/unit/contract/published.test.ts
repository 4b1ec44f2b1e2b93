// Published OpenAPI documents as contracts: what is read of them, what is left, and what they may accuse of.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from '@readme/openapi-parser'
import { describe, expect, test } from 'vitest'
import { ContractError } from '../../../src/base/errors.ts'
import { field, isObject } from '../../../src/base/json.ts'
import { readContract } from '../../../src/contract/file/read-contract.ts'
import { loadContract, importWarningsOf } from '../../../src/contract/file/load.ts'
import { initFromPublished } from '../../../src/contract/file/starter.ts'
import { importPublished } from '../../../src/contract/file/import-openapi-document.ts'
import { REPLIES } from '../../../src/contract/import/canonical-exchanges.ts'
import { parseDocument } from '../../../src/contract/import/document-text.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import type { Contract, Json, JsonObject } from '../../../src/types/index.ts'
import { createAnsweredExchange } from '../../exchange.ts'
import { loadWritten, writeDocument, WRITTEN, type DocumentParts } from './published-document.ts'

const RESPONSES = REPLIES.create!
const folder = join(packageRoot, 'tests', 'unit', 'contract', 'published')
const GATEWAY = join(folder, 'gateway.yaml')
const SWAGGER = join(folder, 'swagger.json')

const kinds = (contract: Contract, kind: string): readonly string[] =>
  importWarningsOf(contract).flatMap((one) => (one.kind === kind ? [one.pointer] : []))

/** Where a contract finds an answer wrong. */
const wrongAt = (contract: Contract, value: Json): readonly string[] | undefined =>
  contract.flaws(createAnsweredExchange(value))?.map(({ at }) => at)

describe('a document with everything', () => {
  const contract = loadContract(GATEWAY)

  test('says where it is asked, how the key is sent, and what every request needs', () => {
    expect(contract.profile).toMatchObject({
      baseUrl: 'https://eu.example.com/api/openai/v1',
      auth: [{ header: 'X-Gateway-Key', prefix: '' }],
      query: { 'api-version': '2026-01-01' },
    })
    expect(contract.operations).toEqual(['create', 'retrieve'])
    expect(contract.events.map(({ type }) => type)).toEqual([
      'response.output_text.delta',
      'response.completed',
    ])
  })

  test('is told apart into what is left out, read for its meaning, contradicted and different', () => {
    expect(kinds(contract, 'left-out')).toEqual([
      '/paths',
      'parts/error.yaml ../../mistakes.test.ts',
      expect.stringContaining('/label/pattern'),
      '/components/securitySchemes/token',
    ])
    expect(kinds(contract, 'artefact')).toEqual([
      '/components/schemas/Answer/properties/conversation',
      '/components/schemas/Answer/additionalProperties',
      '/components/schemas/Answer/properties/error/type',
      expect.stringContaining('/responses/401/'),
      expect.stringContaining('/properties/model/enum'),
    ])
    expect(kinds(contract, 'contradiction')).toEqual([
      expect.stringContaining('/properties/input/type'),
      expect.stringContaining('/properties/temperature/maximum'),
    ])
    expect(kinds(contract, 'difference')).toEqual([
      '/components/schemas/Answer/required/region',
      '/components/schemas/Answer/properties/status/enum',
      expect.stringContaining('/additionalProperties'),
    ])
  })

  test('judges a right answer by nothing but its own differences', () => {
    const [completed] = RESPONSES
    expect(wrongAt(contract, completed!)).toEqual(['/region'])
    expect(wrongAt(contract, { ...completed, region: 'eu' })).toEqual([])
  })

  test.each([
    ['/id', { id: 7 }],
    ['/object', { object: 'answer' }],
    ['/status', { status: 'done' }],
    ['/output', { output: 'Hello' }],
    ['/output/0/role', { output: [{ type: 'message', role: 'robot' }] }],
    ['/output/0/call_id', { output: [{ type: 'function_call' }] }],
    ['/error', { error: 'none' }],
  ])('a broken promise is seen at %s', (at, change) => {
    expect(wrongAt(contract, { ...RESPONSES[0]!, region: 'eu', ...change })).toEqual([at])
  })

  test('another create path is chosen by its name', () => {
    expect(loadContract(`${GATEWAY}#/beta/responses`).profile?.baseUrl).toBe(
      'https://eu.example.com/api/beta',
    )
    expect(() => loadContract(`${GATEWAY}#/nowhere`)).toThrow(
      '/openai/v1/responses, /beta/responses',
    )
  })

  test('is a valid contract, and a valid OpenAPI document', async () => {
    const document = contract.document as unknown as JsonObject
    expect(readContract(JSON.stringify(document), 'x.json', () => undefined).problems).toEqual([])
    const found = await validate(
      structuredClone(document) as unknown as Parameters<typeof validate>[0],
    )
    expect(found).toMatchObject({ valid: true })
  })

  test('becomes a contract to edit that judges alike', () => {
    const imported = importPublished({
      text: readFileSync(GATEWAY, 'utf8'),
      name: GATEWAY,
      openFile: () => ({ because: 'no files here' }),
      today: '2026-01-01',
    })
    const edited = loadWritten(initFromPublished({ imported, from: 'gateway.yaml' }), 'edited.yaml')
    expect(edited).toMatchObject({ isTried: true, profile: { keyEnv: 'GATEWAY_OF_TESTS_API_KEY' } })
    expect(wrongAt(edited, RESPONSES[0]!)).toEqual(['/region'])
  })
})

test('Swagger 2, with the patterns of its generator', () => {
  const contract = loadContract(SWAGGER)
  expect(contract.profile).toMatchObject({
    baseUrl: 'https://api.example.com/v1',
    auth: [{ header: 'Authorization', prefix: 'Bearer ' }],
  })
  expect(RESPONSES.map((one) => wrongAt(contract, one))).toEqual(RESPONSES.map(() => []))
  expect(kinds(contract, 'difference')).toEqual([])
  expect(wrongAt(contract, { id: 7 })).toEqual(['/id'])
})

describe('security schemes', () => {
  const cases: readonly [string, JsonObject, Json][] = [
    ['http bearer', { type: 'http', scheme: 'Bearer' }, { prefix: 'Bearer ' }],
    ['http basic', { type: 'http', scheme: 'basic' }, { prefix: 'Basic ', form: 'basic' }],
    ['a header', { type: 'apiKey', in: 'header', name: 'X-Key' }, { header: 'X-Key', prefix: '' }],
    [
      'Authorization',
      { type: 'apiKey', in: 'header', name: 'authorization' },
      { prefix: 'Bearer ' },
    ],
    ['the query', { type: 'apiKey', in: 'query', name: 'key' }, { header: 'key', form: 'query' }],
    ['a cookie', { type: 'apiKey', in: 'cookie', name: 's' }, { header: 'Cookie', prefix: 's=' }],
    ['oauth2', { type: 'oauth2', flows: {} }, { prefix: 'Bearer ' }],
    ['openIdConnect', { type: 'openIdConnect' }, { prefix: 'Bearer ' }],
  ]
  test.each(cases)('%s', (_, scheme, auth) => {
    const rest = { security: [{ it: [] }], components: { securitySchemes: { it: scheme } } }
    expect(loadWritten(writeDocument({ rest })).profile?.auth).toMatchObject([auth])
  })

  test('none, unsaid, undefined, and unknown', () => {
    const auth = (rest: JsonObject) => loadWritten(writeDocument({ rest })).profile?.auth.length
    expect(auth({ security: [] })).toBe(0)
    expect(auth({})).toBe(1)
    expect(auth({ security: [{ nowhere: [] }] })).toBe(1)
    const odd = { securitySchemes: { odd: { type: 'combination' } } }
    expect(auth({ security: [{ odd: [] }], components: odd })).toBe(0)
  })
})

describe('servers', () => {
  test.each<[string, Json, string | undefined]>([
    ['absolute', [{ url: 'https://a.example/api/' }], 'https://a.example/api/v1'],
    ['relative', [{ url: '/api' }], undefined],
    ['without a value', [{ url: 'https://{host}/v1' }], undefined],
    ['the second', [{ url: '/' }, { url: 'http://b.example' }], 'http://b.example/v1'],
    ['with a user', [{ url: 'https://me:secret@a.example' }], undefined],
    ['none', [], undefined],
  ])('%s', (_, servers, baseUrl) => {
    expect(loadWritten(writeDocument({ rest: { servers } })).profile?.baseUrl).toBe(baseUrl)
  })
})

describe('the six ways of describing a stream', () => {
  const delta = {
    type: 'object',
    required: ['type', 'delta'],
    properties: { type: { const: 'response.output_text.delta' }, delta: { type: 'string' } },
  }
  const named = ['response.output_text.delta']
  test.each<[string, DocumentParts, readonly string[]]>([
    ['a union of payloads', { events: { oneOf: [delta, { type: 'object' }] } }, named],
    ['one payload', { events: delta }, named],
    ['text', { events: { type: 'string' } }, []],
    ['a frame', { events: { type: 'object', properties: { event: {}, data: delta } } }, named],
    [
      'a frame of text',
      { events: { type: 'object', properties: { data: { type: 'string' } } } },
      [],
    ],
    ['a list', { events: { type: 'array', items: delta } }, named],
    [
      'a chunk of another API',
      { events: { type: 'object', required: ['choices'], properties: { choices: {} } } },
      [],
    ],
    [
      'the JSON body',
      {
        response: { $ref: '#/components/schemas/R' },
        events: { $ref: '#/components/schemas/R' },
        schemas: { R: { type: 'object', properties: { type: {} } } },
      },
      [],
    ],
    [
      'itemSchema',
      {
        media: {
          'text/event-stream': {
            itemSchema: { properties: { data: { type: 'string', contentSchema: delta } } },
          },
        },
      },
      named,
    ],
  ])('%s', (_, parts, types) => {
    expect(loadWritten(writeDocument(parts)).events.map(({ type }) => type)).toEqual(types)
  })
})

describe('what cannot be followed costs what it reaches', () => {
  test('references that lead nowhere, in a circle, out of the folder, or to addresses', () => {
    const contract = loadWritten(
      writeDocument({
        response: {
          properties: {
            id: { type: 'string' },
            a: { $ref: '#/components/schemas/Gone' },
            b: { $ref: '#/components/schemas/Loop' },
            c: { $ref: '../../etc/passwd' },
            d: { $ref: 'https://example.com/schema.json' },
          },
        },
        schemas: { Loop: { $ref: '#/components/schemas/Loop' } },
      }),
    )
    expect(wrongAt(contract, { id: 7, a: 1, b: 2, c: 3, d: 4 })).toEqual(['/id'])
    expect(kinds(contract, 'left-out')).toEqual(
      expect.arrayContaining(['/components/schemas/Gone', '../../etc/passwd']),
    )
  })

  test('schemas that contain themselves, or double with each level', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = { $ref: `#/components/schemas/A${index + 1}` }
        return [`A${index}`, { anyOf: [{ allOf: [next] }, { title: 'again', allOf: [next] }] }]
      }),
    )
    const schemas = {
      ...chain,
      A40: { type: 'integer' },
      Self: { anyOf: [{ $ref: '#/components/schemas/Self' }, { type: 'object' }] },
    }
    const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` })
    const properties = { id: { type: 'string' }, double: refer('A0'), self: refer('Self') }
    const contract = loadWritten(writeDocument({ response: { properties }, schemas }))
    expect(wrongAt(contract, { id: 7, double: 'x', self: 1 })).toEqual(['/id', '/double'])
    expect(contract.responseFields.length).toBeGreaterThan(2)
  })
})

describe('what is no document of the Responses API is said in a sentence', () => {
  const refusal = (text: string, name: string): string => {
    try {
      loadWritten(text, name)
      return 'loaded'
    } catch (error) {
      expect(error).toBeInstanceOf(ContractError)
      return (error as Error).message.replace(WRITTEN, '')
    }
  }
  test.each([
    ['empty.yaml', '', ':1 /: the file is empty'],
    ['list.json', '[1]', 'this is no OpenAPI document'],
    ['prose.yaml', 'just words', 'this is no OpenAPI document'],
    ['other.yaml', 'asyncapi: 3.0.0', 'neither "openapi" nor "swagger"'],
    ['version.yaml', 'info: {}\nopenapi: 9.1.0', ':2 /openapi: version "9.1.0"'],
    ['paths.yaml', 'openapi: 3.0.0\npaths:\n  /chat: { post: {} }', ':2 /paths: no POST on a path'],
    ['broken.json', '{\n"openapi": "3.1.0",\n"paths": {', ':3 /: this is no JSON'],
    ['broken.yaml', 'openapi: 3.1.0\npaths: {', ':2 /: this is no YAML'],
    ['deep.json', `{"openapi":"3.1.0","paths":${'['.repeat(5000)}`, 'levels of nesting'],
    ['deep.yaml', `openapi: 3.1.0\npaths: ${'{a: '.repeat(5000)}`, 'levels of nesting'],
    ['bomb.yaml', bomb(), 'its aliases multiply'],
    ['large.json', `"${'x'.repeat(21 * 1024 * 1024)}"`, 'more than 20 MB'],
  ])('%s', (name, text, said) => {
    expect(refusal(text, name)).toContain(said)
  })

  test('more than 200,000 values that the operations reach', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 200_001 }, (_, index) => [`p${index}`, {}]),
    )
    expect(
      refusal(JSON.stringify(writeDocument({ response: { properties } })), 'wide.json'),
    ).toContain('more than 200000 values of a document that its operations reach')
  })
})

/** Each line doubles the one before. */
function bomb(): string {
  const lines = Array.from(
    { length: 40 },
    (_, index) => `x-${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
  )
  return ['openapi: 3.1.0', 'x-0: &a0 [1]', ...lines].join('\n')
}

test('a file that is called like a yardstick is another contract', () => {
  expect(loadWritten(writeDocument({}), 'openai.json').id).toBe('openai-own')
})

test('long YAML that is read by need is the document that it is at once', () => {
  const text = readFileSync(GATEWAY, 'utf8').replaceAll(/^ *#.*\n/gm, '')
  const filler = Array.from(
    { length: 6000 },
    (_, index) => `    Filler${index}: { type: object, title: "${'x'.repeat(30)}" }\n`,
  )
  const long = parseDocument(`${text}${filler.join('')}`, 'long.yaml')
  const short = parseDocument(text, 'short.yaml') as Json
  const schemas = field(long as Json, '/components/schemas')
  expect(isObject(schemas) ? Object.keys(schemas).length : 0).toBeGreaterThan(6000)
  for (const at of [
    '/paths',
    '/security',
    '/components/requestBodies',
    '/components/schemas/Answer',
  ]) {
    expect(JSON.stringify(field(long as Json, at))).toBe(JSON.stringify(field(short, at)))
  }
})

test('code in a long YAML document is no anchor, and an alias is one', () => {
  const text = readFileSync(GATEWAY, 'utf8').replaceAll(/^ *#.*\n/gm, '')
  const filler = Array.from(
    { length: 30_000 },
    (_, index) =>
      `    Filler${index}:\n      type: object\n      title: "open(Options{ Of: &openai.Options${index}{} })"\n      format: other\n`,
  )
  const long = `${text}${filler.join('')}`
  expect(Object.keys(parseDocument(long, 'code.yaml'))).toContain('paths')
  const shared =
    long.replace('title: "open', 'title: &openai.Options7{ "open') + '    Last: *openai.Options7'
  expect(() => parseDocument(shared, 'shared.yaml')).toThrow(/too long to be read at once/)
})
