// Documents of a stranger: whatever they refer to, repeat, or call their keys, a sentence comes of it.

import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withEnvironment, getEnvironment } from '../../../src/base/current-environment.ts'
import { describeWarnings } from '../../../src/cli/config/fetch-contract.ts'
import { importWarningsOf, loadContract } from '../../../src/contract/file/load.ts'
import { DOCUMENT_LIMITS, setDocumentLimits } from '../../../src/schema/document-limits.ts'
import { compilePattern } from '../../../src/schema/pattern.ts'
import type { Contract, Json, JsonObject } from '../../../src/types/index.ts'
import { createAnsweredExchange } from '../../exchange.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'responses-conformance-test-')), 'documents')
mkdirSync(folder)
writeFileSync(join(folder, '..', 'secret.yaml'), 'type: string\nenum: [top-secret]\n')
symlinkSync(join(folder, '..', 'secret.yaml'), join(folder, 'link.yaml'))
symlinkSync(join(folder, '..'), join(folder, 'above'))
let files = 0

function load(document: Json | string): Contract {
  const file = join(folder, `document-${files++}.json`)
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document))
  return loadContract(file)
}

/** A published document whose answer has this schema. */
function publishedWith(schema: Json, schemas: JsonObject = {}, rest: JsonObject = {}): JsonObject {
  const content = { 'application/json': { schema } }
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/responses': { post: { responses: { '200': { description: 'ok', content } } } },
    },
    components: { schemas },
    ...rest,
  }
}

/** A contract of its author's whose answer has these fields. */
function contractWith(properties: JsonObject, schemas: JsonObject): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    'x-kind': 'provider',
    'x-follows': 'openai',
    'x-provider': { name: 'T', key: 'T_KEY', models: { text: 'm' } },
    'x-sources': {
      page: { title: 'T', url: 'https://example.com', retrieved: '2026-11-20', kind: 'document' },
    },
    paths: { '/responses': { post: { operationId: 'create', 'x-source': 'page' } } },
    components: { schemas: { ...schemas, Response: { properties } } },
  }
}

const refer = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const toldOf = (contract: Contract): string =>
  importWarningsOf(contract)
    .map(({ pointer, because }) => `${pointer}: ${because}`)
    .join('\n')
const wrongAt = (contract: Contract, value: Json): readonly string[] | undefined =>
  contract.flaws(createAnsweredExchange(value))?.map(({ at }) => at)

/** Components of which each judges the same value by the next. */
function chainOf(length: number, link: (next: JsonObject) => JsonObject): JsonObject {
  const links = Array.from({ length }, (_, at) => [`C${at}`, link(refer(`C${at + 1}`))])
  return { ...Object.fromEntries(links), [`C${length}`]: { type: 'integer' } } as JsonObject
}

test.each([
  ['above it', '../secret.yaml'],
  ['above it, in percent signs', '%2e%2e%2fsecret.yaml'],
  ['of the machine', join(folder, '..', 'secret.yaml')],
  ['behind a link', 'link.yaml'],
  ['in a folder behind a link', 'above/secret.yaml'],
  ['of a scheme', 'file:///etc/passwd'],
  ['that is a device', '/dev/zero'],
  ['with a null byte', 'a\u0000.yaml'],
  ['with a name that no system takes', `${'x'.repeat(100_000)}.yaml`],
])('a file %s is not read', (_, $ref) => {
  const contract = load(publishedWith({ properties: { id: { $ref } } }))
  const told = toldOf(contract)
  expect(told).toMatch(/leads out of the folder|no such file|leads to an address/)
  expect(JSON.stringify(contract.document)).not.toContain('top-secret')
})

describe('names that every object has', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
  const fields = (schema: string): string =>
    `{${names.map((name) => `${JSON.stringify(name)}:${schema}`).join(',')}}`

  test.each(names)('a component %s is one like others', (name) => {
    const text = JSON.stringify(publishedWith({ properties: { id: refer(name), n: refer('N') } }))
    const named = text.replace('"schemas":{}', `"schemas":${fields('{"type":"integer"}')}`)
    const contract = load(named)
    expect(wrongAt(contract, { id: 'x' })).toEqual(['/id'])
  })

  test('as fields are judged where they were sent, and only there', () => {
    const text = JSON.stringify(publishedWith({ properties: { PLACE: true } }))
    const contract = load(text.replace('{"PLACE":true}', fields('{"type":"integer"}')))
    expect(wrongAt(contract, {})).toEqual([])
    expect(wrongAt(contract, { constructor: 'x', toString: 1 })).toEqual(['/constructor'])
  })

  test('as fields that are required are missing where they were not sent', () => {
    const contract = load(publishedWith({ required: ['constructor', 'toString'] }))
    expect(wrongAt(contract, { toString: 1 })).toEqual(['/constructor'])
  })

  test('in a contract of its author', () => {
    const text = JSON.stringify(contractWith({ PLACE: true }, {}))
    const contract = load(text.replace('{"PLACE":true}', fields('{"type":"integer"}')))
    expect(wrongAt(contract, { valueOf: 'x' })).toContain('/valueOf')
  })
})

test('a reference with a percent sign that stands for nothing', () => {
  const properties = { id: refer('%zz') }
  const schemas = { '%zz': { type: 'integer' } }
  expect(wrongAt(load(publishedWith({ properties }, schemas)), { id: 'x' })).toEqual(['/id'])
  expect(wrongAt(load(contractWith(properties, schemas)), { id: 'x' })).toContain('/id')
})

const LINKS: readonly (readonly [string, (next: JsonObject) => JsonObject])[] = [
  ['a reference', (next) => ({ title: 'a link', ...next })],
  ['allOf', (next) => ({ allOf: [next, { title: 'x' }] })],
  ['anyOf', (next) => ({ anyOf: [next, { type: 'null' }] })],
  ['oneOf', (next) => ({ oneOf: [next, { type: 'null' }] })],
]

describe.each(LINKS)('components that lead from one to the next by %s', (_, link) => {
  const most = DOCUMENT_LIMITS['schema-steps'].usual

  test('are cut where they are more than a stack holds, and it is told', () => {
    const contract = load(publishedWith({ properties: { id: refer('C0') } }, chainOf(5_000, link)))
    expect(toldOf(contract)).toContain(`more than ${most} references`)
    expect(toldOf(contract)).toContain('the limit "schema-steps"')
    expect(wrongAt(contract, { id: 'x' })).toBeDefined()
  })

  test('are a mistake of the author of a contract', () => {
    const document = contractWith({ id: refer('C0') }, chainOf(5_000, link))
    expect(() => load(document)).toThrow(/the limit "schema-steps"/)
  })

  test('are followed where they are some', () => {
    const contract = load(publishedWith({ properties: { id: refer('C0') } }, chainOf(30, link)))
    expect(wrongAt(contract, { id: 'x' })).toEqual(['/id'])
  })
})

describe('a pattern', () => {
  const text = 'a'.repeat(64 * 1024)

  test.each([
    ['of repetitions that come to millions', 'a{0,1000}'.repeat(55)],
    ['of more characters than any has', 'a'.repeat(501)],
    ['that goes back', '^(?=a)'],
  ])('%s judges nothing, and it is told', (_, pattern) => {
    expect(compilePattern(pattern).unjudged).toBeDefined()
    expect(compilePattern(pattern).test('b')).toBe(true)
    const properties = { id: { type: 'string', pattern } }
    const contract = load(publishedWith({ properties, patternProperties: { [pattern]: false } }))
    expect(toldOf(contract)).toContain('/properties/id/pattern')
    expect(toldOf(contract)).toContain('/patternProperties/')
    expect(wrongAt(contract, { id: '' })).toEqual([])
  })

  test('that an engine could go back in is judged', () => {
    const properties = { id: { type: 'string', pattern: '^(a+)+$' } }
    expect(wrongAt(load(publishedWith({ properties })), { id: `${text}b` })).toEqual([])
    expect(wrongAt(load(publishedWith({ properties })), { id: 'aab' })).toEqual(['/id'])
  })

  test('with a large program judges shorter texts', () => {
    const { test: matches } = compilePattern('^(a?){1000}$')
    expect(matches('b')).toBe(false)
    expect(matches(`${text}b`)).toBe(true)
  })
})

test('each limit of a document is chosen for a command, and named where it is hit', () => {
  const properties = {
    a: { type: 'string', pattern: '^abc$' },
    b: { type: 'string', pattern: '^xyz$' },
    c: refer('M'),
  }
  const schemas = {
    M: { allOf: [refer('N')] },
    N: { type: 'object', properties: { deep: { type: 'string' } } },
  }
  const within = (limits: Readonly<Record<string, number>>): string => {
    const environment = { ...getEnvironment(), env: {} }
    return withEnvironment(environment, () => {
      setDocumentLimits(limits)
      try {
        return toldOf(load(publishedWith({ properties }, schemas)))
      } catch (error) {
        return (error as Error).message
      }
    })
  }
  const limits: Readonly<Record<string, number>> = {
    'document-levels': 5,
    'schema-values': 5,
    'schema-fields': 2,
    'schema-steps': 1,
    patterns: 1,
    'pattern-characters': 3,
  }
  expect(Object.keys(limits)).toEqual(Object.keys(DOCUMENT_LIMITS))
  for (const [name, number] of Object.entries(limits)) {
    const said = `more than ${number} ${DOCUMENT_LIMITS[name as keyof typeof DOCUMENT_LIMITS].what}`
    expect(within({ [name]: number })).toContain(`${said}, which is the limit "${name}"`)
  }
  expect(within({})).not.toContain('the limit')
})

test('what is told of a document commands no terminal and no job', () => {
  const keys = ['\u001b[31m', '##[error]x', 'a\n::error::y', '\u202e', '##vso[task.complete]']
  const properties = Object.fromEntries(keys.map((key) => [key, { pattern: '(' }]))
  const said = describeWarnings('x.json', importWarningsOf(load(publishedWith({ properties }))))
  expect(said.split('\n').length).toBeGreaterThan(keys.length)
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|##\[|##vso\[|^::/m)
})
