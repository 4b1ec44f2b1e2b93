// Whatever is sent, in whatever pieces, costs what it weighs: no pattern, schema, body or address of
// others decides how long we think, or what we fetch.

import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { startReference, type Reference } from '../../../reference/main.ts'
import { compilePattern, listUnjudgedPatterns } from '../../../src/schema/pattern.ts'
import { createSchemaResolver } from '../../../src/schema/resolved-schema.ts'
import { createUnknownFieldFinder } from '../../../src/schema/unknown-fields.ts'
import { validateValue } from '../../../src/schema/validate-model-output.ts'
import { createValidator } from '../../../src/schema/validator.ts'
import { createByteStore } from '../../../src/transport/decode-body.ts'
import type { JsonObject } from '../../../src/types/index.ts'

const closing: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

async function reference(options: Parameters<typeof startReference>[0] = {}): Promise<Reference> {
  const server = await startReference({ keys: ['test'], ...options })
  closing.push(() => server.close())
  return server
}

describe('a body in pieces of one byte', () => {
  test('is held in one buffer of at most twice its size', () => {
    const store = createByteStore(1_000_000)
    const piece = Buffer.from('x')
    for (let at = 0; at < 1_500_000; at++) store.add(piece)
    const bytes = store.take(2_000_000)
    expect(bytes.length).toBe(1_000_000)
    expect(bytes.buffer.byteLength).toBeLessThanOrEqual(2_000_000)
    expect(bytes.every((byte) => byte === 0x78)).toBe(true)
  })

  test('is read by the reference provider as one body', async () => {
    const server = await reference()
    const body = JSON.stringify({ model: 'reference', input: 'Say hello.' })
    const sent = request(`${server.url}/responses`, {
      method: 'POST',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    })
    for (const character of body) sent.write(character)
    sent.end()
    const [reply] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }]
    reply.resume()
    expect(reply.statusCode).toBe(200)
  })
})

describe('a pattern', () => {
  test.each([
    ['^(a+)+$', `${'a'.repeat(60_000)}!`],
    ['^(a|a)*$', `${'a'.repeat(60_000)}!`],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(60_000)],
    ['(x+x+)+y', 'x'.repeat(60_000)],
  ])('%s takes time by the text alone', (source, text) => {
    expect(compilePattern(source).unjudged).toBeUndefined()
    expect(compilePattern(source).test(text)).toBe(false)
    const misfits = validateValue(text, { type: 'string', pattern: source })
    expect(misfits).toMatchObject([{ expected: `text that matches ${source}` }])
  })

  test.each([
    ['^resp_[a-zA-Z0-9]{1,64}$', 'resp_1', 'resp-1'],
    ['^[^\\/]+\\/[\\w.-]+$', 'a/b', 'a'],
    ['^\\u0041+$', 'AA', 'B'],
    ['^\\p{L}+$', '\u00e4', '1'],
    ['^(?<year>\\d{4})-\\d\\d$', '2026-11', '26-11'],
    ['^.$', '\u{1f600}', 'ab'],
    ['a$', 'a', 'a\n'],
    ['^[\\s\\S]*\\.pdf$', 'a\nb.pdf', 'b.doc'],
    ['', '', undefined],
  ])('%s means what JSON Schema says', (source, right, wrong) => {
    const { test: matches } = compilePattern(source)
    expect(matches(right)).toBe(true)
    expect(new RegExp(source, 'u').test(right)).toBe(true)
    if (wrong === undefined) return
    expect(matches(wrong)).toBe(false)
    expect(new RegExp(source, 'u').test(wrong)).toBe(false)
  })

  test.each(['^(?=a)b$', '(a)\\1', '(?<!a)b', '^((a{0,30}){0,30}){0,30}b$', '^.{1,4000}$', '('])(
    '%s is said not to be judged, and judges nothing',
    (source) => {
      expect(compilePattern(source).unjudged).toMatch(/./)
      expect(validateValue('anything', { pattern: source })).toEqual([])
      const document = { a: [{ pattern: source }], b: { patternProperties: { [source]: {} } } }
      expect(listUnjudgedPatterns(document).map((line) => line.split(': ')[0])).toEqual([
        '/a/0/pattern',
        '/b/patternProperties',
      ])
    },
  )

  test('judges no text that is too long to be looked at', () => {
    expect(compilePattern('^a$').test('b'.repeat(100_000))).toBe(true)
  })
})

describe('a schema that multiplies', () => {
  const levels = 60
  const doubling = (word: string): JsonObject => ({
    ...Object.fromEntries(
      Array.from({ length: levels }, (_, level) => {
        const next = { $ref: `#/s/A${level + 1}` }
        return [`A${level}`, { [word]: [next, next] }]
      }),
    ),
    [`A${levels}`]: { type: 'string' },
  })

  test.each(['anyOf', 'oneOf', 'allOf'])('by %s judges each place once', (word) => {
    const shapes = createSchemaResolver({ s: doubling(word) })
    const validate = createValidator(shapes)
    const node = shapes.at('#/s/A0')!
    expect(validate(node, 1).length).toBeGreaterThan(0)
    expect(validate(node, 'text')).toEqual([])
    expect(createUnknownFieldFinder(shapes, validate)(node, { a: 1 })).toEqual([])
  })

  test('with the depth of a value judges and reads each place once', () => {
    const branch = { type: 'object', properties: { a: { $ref: '#/s' } } }
    const shapes = createSchemaResolver({ s: { anyOf: [branch, { ...branch }] } })
    const validate = createValidator(shapes)
    let value: JsonObject = { b: 1 }
    for (let depth = 0; depth < 100; depth++) value = { a: value }
    const node = shapes.at('#/s')!
    expect(validate(node, value)).toEqual([])
    const [unknown, ...more] = createUnknownFieldFinder(shapes, validate)(node, value)
    expect(more).toEqual([])
    expect(unknown?.at).toBe(`${'/a'.repeat(100)}/b`)
  })

  test('by coming back to itself asks nothing more', () => {
    const shapes = createSchemaResolver({ s: { allOf: [{ $ref: '#/s' }, { type: 'string' }] } })
    const validate = createValidator(shapes)
    expect(validate(shapes.at('#/s')!, 'text')).toEqual([])
    expect(validate(shapes.at('#/s')!, 1)).toMatchObject([{ expected: 'a string' }])
  })

  test('names of fields at one place are judged one by one', () => {
    const shapes = createSchemaResolver({
      s: { propertyNames: { $ref: '#/name' } },
      name: { anyOf: [{ const: 'a' }, { const: 'b' }] },
    })
    const validate = createValidator(shapes)
    expect(validate(shapes.at('#/s')!, { a: 1, b: 2 })).toEqual([])
    expect(validate(shapes.at('#/s')!, { a: 1, c: 2 }).length).toBeGreaterThan(0)
  })
})

describe('the reference provider', () => {
  async function seen(options: Parameters<typeof startReference>[0]): Promise<{
    readonly heard: number
    readonly status: number
  }> {
    let heard = 0
    const files = createServer((asked, reply) => {
      heard += 1
      if (asked.url === '/away') reply.writeHead(302, { location: '/image.png' }).end()
      else reply.writeHead(200).end('no picture')
    })
    files.listen(0, '127.0.0.1')
    await once(files, 'listening')
    closing.push(async () => void files.close())
    const { port } = files.address() as AddressInfo
    const server = await reference(options)
    const url = `http://127.0.0.1:${port}/away`
    const reply = await fetch(`http://127.0.0.1:${server.port}/v1/responses`, {
      method: 'POST',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'reference',
        input: [{ role: 'user', content: [{ type: 'input_image', image_url: url }] }],
      }),
    })
    return { heard, status: reply.status }
  }

  test('on loopback fetches from loopback, and follows nobody elsewhere', async () => {
    expect(await seen({})).toEqual({ heard: 1, status: 400 })
  })

  test('that others can reach fetches nothing', async () => {
    expect(await seen({ host: '0.0.0.0' })).toEqual({ heard: 0, status: 400 })
  })

  test('fetches where it is told to', async () => {
    expect(await seen({ host: '0.0.0.0', fetch: 'anything' })).toMatchObject({ heard: 1 })
    expect(await seen({ fetch: 'nothing' })).toEqual({ heard: 0, status: 400 })
  })
})
