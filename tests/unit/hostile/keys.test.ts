// A key leaves in no form, whatever a provider makes of it, and goes to nobody whom the user did not name.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { parseInlineTargets } from '../../../src/cli/config/parse-target-option.ts'
import { UsageError } from '../../../src/base/errors.ts'
import { writeReports } from '../../../src/run/print-and-write-reports.ts'
import { createRedactor } from '../../../src/target/redact.ts'
import { resolveTargets, type TargetOptions } from '../../../src/target/resolve-targets.ts'
import { keyOf, secretsOf, type Target } from '../../../src/target/target-and-keys.ts'
import { changeBody } from '../../../src/transport/decode-body.ts'
import { sampleExchange, sampleRun } from '../reporters/sample.ts'

const RANDOM = 'sk-RND7x9QzKk42vLmZw8T0pAbC'
const WORDS = 'a-key-made-of-words'

afterEach(() => vi.unstubAllEnvs())

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const each = (key: string, spell: (character: string) => string): string =>
  [...key].map(spell).join('')
const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0')

const SPELLINGS: readonly (readonly [string, (key: string) => string])[] = [
  ['as it is', (key) => key],
  ['in small letters, as the name of a header', (key) => key.toLowerCase()],
  ['in capitals', (key) => key.toUpperCase()],
  ['JSON escapes', (key) => each(key, (c) => `\\u00${hex(c)}`)],
  ['JSON escapes inside of JSON', (key) => each(key, (c) => `\\\\u00${hex(c)}`)],
  ['bytes of a language', (key) => each(key, (c) => `\\x${hex(c)}`)],
  ['a URL', (key) => each(key, (c) => `%${hex(c)}`)],
  ['a URL twice', (key) => each(key, (c) => `%25${hex(c)}`)],
  ['HTML, decimal', (key) => each(key, (c) => `&#${c.charCodeAt(0)};`)],
  ['HTML, hexadecimal', (key) => each(key, (c) => `&#x000${hex(c).toUpperCase()};`)],
  ['HTML twice', (key) => each(key, (c) => `&amp;#${c.charCodeAt(0)};`)],
  ['UTF-16, little end first', (key) => Buffer.from(key, 'utf16le').toString('latin1')],
  ['UTF-16, big end first', (key) => Buffer.from(key, 'utf16le').swap16().toString('latin1')],
  [
    'UTF-16 in JSON',
    (key) => JSON.stringify(Buffer.from(key, 'utf16le').toString('latin1')).slice(1, -1),
  ],
  ['spaced', (key) => [...key].join(' ')],
  ['lines', (key) => [...key].join('\\n')],
  ['dots', (key) => [...key].join('.')],
  ['an array of characters', (key) => JSON.stringify([...key])],
  ['an array of bytes', (key) => JSON.stringify([...Buffer.from(key)])],
  ['hexadecimal', (key) => Buffer.from(key).toString('hex')],
  ['hexadecimal in capitals', (key) => Buffer.from(key).toString('hex').toUpperCase()],
  ['hexadecimal with colons', (key) => each(key, (c) => `${hex(c)}:`)],
  ['reversed', (key) => [...key].toReversed().join('')],
  ['base64', (key) => base64(key)],
  ['base64 behind one byte', (key) => base64(`:${key}`)],
  ['base64 behind two bytes', (key) => base64(`a:${key}`)],
  ['base64 in lines', (key) => base64(`xx:${key}`).replaceAll(/.{10}/g, '$&\r\n')],
  ['base64url', (key) => Buffer.from(`~~~${key}???`).toString('base64url')],
  ['base64 of it reversed', (key) => base64([...key].toReversed().join(''))],
  ['a backslash before each letter', (key) => [...key].map((letter) => `\\${letter}`).join('')],
  [
    'three backslashes before each letter',
    (key) => [...key].map((letter) => `\\\\\\${letter}`).join(''),
  ],
  ['base64 twice', (key) => base64(base64(key))],
  ['base64 twice, behind others', (key) => base64(`:${base64(`ab${key}cd`)}.`)],
]

describe.each([RANDOM, WORDS])('the key %s', (key) => {
  const redactor = createRedactor([key])

  test.each(SPELLINGS)('is masked: %s', (_, spell) => {
    const body = Buffer.from(`{"before": "${spell(key)}", "after": 1}`, 'latin1')
    const masked = redactor.bytes(body)
    expect(redactor.finds(body)).toBe(true)
    expect(redactor.finds(masked)).toBe(false)
    expect(masked.length).toBe(body.length)
    expect(masked.toString('latin1')).toMatch(/^\{"before": ".*", "after": 1\}$/s)
    expect(redactor.text(body.toString('latin1'))).toBe(masked.toString('latin1'))
  })

  test('is masked in compressed bodies, declared or not, inside of each other too', () => {
    const plain = Buffer.from(`{"key": "${key}"}`)
    for (const [body, headers] of [
      [gzipSync(plain), []],
      [gzipSync(plain), [['content-encoding', 'gzip']]],
      [gzipSync(gzipSync(plain)), []],
    ] as const) {
      const changed = changeBody(body, headers, redactor.bytes)
      let opened = gunzipSync(changed)
      if (opened[0] === 0x1f) opened = gunzipSync(opened)
      expect(opened.toString()).toBe(`{"key": "${'*'.repeat(key.length)}"}`)
    }
    expect(redactor.finds(changeBody(deflateSync(plain), [], redactor.bytes))).toBe(false)
  })
})

test('JSON stays JSON where its characters are masked one by one', () => {
  const text = JSON.stringify({
    a: [...RANDOM],
    b: { [RANDOM.slice(0, 9)]: 1, [RANDOM.slice(9)]: 2 },
  })
  const masked = createRedactor([RANDOM]).text(JSON.stringify({ a: [...RANDOM] }))
  expect(JSON.parse(masked)).toEqual({ a: [...RANDOM].map((c) => (/\w/.test(c) ? '*' : c)) })
  expect(() => JSON.parse(createRedactor([RANDOM]).text(text)) as unknown).not.toThrow()
})

test('a key of words is not found in sentences that have these words', () => {
  const { text } = createRedactor([WORDS])
  const sentence = 'This is a key made of words. "a", "key", "made of words": akeymadeofwords.'
  expect(text(sentence)).toBe(sentence)
})

test('a key is found wherever it lies in a long body', () => {
  const { bytes, finds } = createRedactor([RANDOM])
  for (const before of [0, 262_130, 262_144, 524_280]) {
    const body = Buffer.from(`${'x '.repeat(before / 2)}${RANDOM}${' y'.repeat(300_000)}`)
    expect(finds(bytes(body))).toBe(false)
    expect(
      bytes(body)
        .subarray(before, before + 40)
        .toString(),
    ).toMatch(/^\*{27} y/)
  }
})

test('a body of nothing but escapes is read once', () => {
  const { bytes } = createRedactor([RANDOM])
  for (const piece of ['\\', '%25', '&amp;', '&#0', '\\u00', '%']) {
    const body = Buffer.from(piece.repeat(1_000_000 / piece.length))
    expect(bytes(body)).toBe(body)
  }
})

describe('the value of a variable', () => {
  test.each([` ${RANDOM}`, `${RANDOM}\n`, `\t${RANDOM}\r\n`])(
    'is used without its edges: %j',
    (value) => {
      vi.stubEnv('OURS_API_KEY', value)
      expect(keyOf('OURS_API_KEY')).toBe(RANDOM)
      expect(secretsOf(target({ apiKeyEnv: 'OURS_API_KEY' }))).toContain(RANDOM)
    },
  )

  test.each(['two words', 'a\nb', 'a\u0007b', 'sch\u00fcssel', 'a\u200bb'])(
    'is refused and not shown: %j',
    (value) => {
      vi.stubEnv('OURS_API_KEY', value)
      expect(said(() => target({ apiKeyEnv: 'OURS_API_KEY' }))).toMatch(
        /^The value of the environment variable OURS_API_KEY is no key/,
      )
      expect(said(() => target({ apiKeyEnv: 'OURS_API_KEY' }))).not.toContain(value)
    },
  )

  test('that a header names may have words, each of them a secret, and no line end', () => {
    vi.stubEnv('LINE', `Basic ${RANDOM} \n`)
    expect(secretsOf(target({ header: ['X-Auth: ${LINE}'] }))).toContain(RANDOM)
    vi.stubEnv('LINE', `a\r\nx-injected: ${RANDOM}`)
    expect(said(() => target({ header: ['X-Auth: ${LINE}'] }))).toMatch(/no header can carry/)
  })
})

describe('a password', () => {
  const PASSWORD = 'hunter2%40x'

  test.each([
    { proxy: `http://me:${PASSWORD}@` },
    { proxy: `me:${PASSWORD}@proxy:8080` },
    { proxy: `socks://me:${PASSWORD}@proxy:8080` },
    { proxy: `http://me:${PASSWORD}@proxy :8080` },
    { proxy: 'http://me:hunter2%zz@proxy:8080' },
    { baseUrl: `https://me:${PASSWORD}@api.example.com/v1` },
    { baseUrl: `https//me:${PASSWORD}@api.example.com/v1` },
  ])('is not in the message: %o', (options) => {
    expect(said(() => target(options))).toBeDefined()
    expect(said(() => target(options))).not.toMatch(/hunter2/)
  })

  test.each([
    `a=ftp://x,proxy=http://me:${PASSWORD}@h`,
    `a=http://x/v1,odd,proxy=http://me:${PASSWORD}@h`,
  ])('is not in the message: --target %s', (written) =>
    expect(said(() => parseInlineTargets([written]))).not.toMatch(/hunter2/),
  )

  test('is a secret as it is written, as it is meant, and as the proxy is told it', () => {
    const secrets = secretsOf(target({ proxy: `http://me:${PASSWORD}@proxy:8080` }))
    expect(secrets).toEqual(['hunter2%40x', 'hunter2@x', base64('me:hunter2@x')])
  })
})

describe('a contract of a stranger', () => {
  const file = (key: string, name = 'Ours'): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'responses-conformance-test-')), 'ours.yaml')
    writeFileSync(
      path,
      `openapi: 3.1.0
info: { title: T, version: "1" }
servers: [{ url: "https://stranger.example/v1" }]
security: [{ bearer: [] }]
components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
paths: { /responses: { post: { operationId: create, responses: { "200": { description: ok } } } } }
x-kind: provider
x-follows: openai
x-provider: { name: ${name}, key: ${key}, models: { text: m } }
x-sources:
  page: { title: T, url: "https://stranger.example", retrieved: "2026-11-20", kind: document }
`,
    )
    return path
  }
  const resolved = (key: string, options: TargetOptions = {}, name?: string): Target | string => {
    vi.stubEnv(key, RANDOM)
    try {
      return resolveTargets([], { contract: file(key, name), ...options })[0]!
    } catch (error) {
      return (error as Error).message
    }
  }

  test.each(['AWS_SECRET_ACCESS_KEY', 'GITHUB_TOKEN', 'RK', 'KEY'])(
    'does not choose the variable %s',
    (key) => {
      expect(resolved(key)).toMatch(`--api-key-env ${key}`)
      expect(resolved(key, { baseUrl: 'https://mine.example/v1' })).toMatch(`--api-key-env ${key}`)
      expect(resolved(key, { baseUrl: 'https://mine.example/v1', apiKeyEnv: key })).toMatchObject({
        keyEnv: key,
      })
    },
  )

  test.each(['OURS_API_KEY', 'OUR_KEY'])('does not choose who is sent %s', (key) => {
    expect(resolved(key)).toMatch('--base-url https://stranger.example/v1')
    expect(resolved(key, { apiKeyEnv: key })).toMatch('--base-url https://stranger.example/v1')
    expect(resolved(key, { baseUrl: 'https://stranger.example/v1' })).toMatchObject({ keyEnv: key })
  })

  test('that is called as its variable still does not choose the host', () => {
    expect(resolved('AWS_SECRET_ACCESS_KEY', {}, 'AWS')).toMatch('--base-url')
  })

  test('that is shipped is ours', () => {
    vi.stubEnv('CRUN_API_KEY', RANDOM)
    expect(resolveTargets(['crun'], {})[0]).toMatchObject({ keyEnv: 'CRUN_API_KEY' })
  })
})

test('what is put together in a report is masked there', async () => {
  const out = mkdtempSync(join(tmpdir(), 'responses-conformance-test-'))
  const run = sampleRun()
  const verdicts = run.verdicts.map((row) => ({
    ...row,
    findings: row.findings.map((finding) => ({ ...finding, actual: `it said ${RANDOM}` })),
  }))
  const { text, finds } = createRedactor([RANDOM])
  await writeReports(
    { ...run, verdicts },
    { evidence: sampleExchange, verbose: false, out, hide: text },
  )
  for (const name of ['run.json', 'matrix.md', 'junit.xml', 'report.html', 'verdicts.csv'])
    expect([name, finds(readFileSync(join(out, name)))]).toEqual([name, false])
  expect(readFileSync(join(out, 'run.json'), 'utf8')).toMatch(/it said \**-?\*{20}/)
})

function target(options: TargetOptions): Target {
  return resolveTargets([], { baseUrl: 'http://127.0.0.1:1/v1', model: 'm', ...options })[0]!
}

function said(act: () => unknown): string | undefined {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message
  }
  return undefined
}
