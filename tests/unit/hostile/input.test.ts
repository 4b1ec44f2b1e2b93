// Mistakes of a user, and files of any size: a sentence and exit 2, never a stack.

import { existsSync, mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readForeignText } from '../../../src/base/check-foreign-names.ts'
import { describeSystemError } from '../../../src/base/errors.ts'
import { parseInlineTargets } from '../../../src/cli/config/parse-target-option.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { openJournal } from '../../../src/evidence/journal.ts'
import { readResult } from '../../../src/result/read-result.ts'
import { prepareFolder } from '../../../src/run/run-in-worker.ts'
import { parseHeaderLines } from '../../../src/target/parse-header-lines.ts'
import { createRedactor } from '../../../src/target/redact.ts'
import { resolveTargets } from '../../../src/target/resolve-targets.ts'
import { runCommandLine } from '../../cli/command.ts'

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'responses-conformance-test-')), 'ours.yaml')
  writeFileSync(file, text)
  return file
}

test('a target whose name no file can have is refused', () => {
  expect(() => parseInlineTargets([`${'x'.repeat(300)}=http://127.0.0.1:1/v1`])).toThrow(
    /not of the form/,
  )
  expect(parseInlineTargets([`${'x'.repeat(100)}=http://127.0.0.1:1/v1`])).toHaveProperty(
    'x'.repeat(100),
  )
})

test.each([
  ['nesting deeper than anybody reads', '['.repeat(20_000)],
  [
    'blocks deeper than anybody reads',
    Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  ],
])('YAML with %s is refused with its line', (_, text) => {
  expect(() => loadContract(fileOf(text))).toThrow(/ours\.yaml:\d+ /)
})

test('a mapping with more entries than any file has is refused', () => {
  const text = `openapi: 3.1.0\nx-kind: provider\npaths:\n${Array.from({ length: 25_000 }, (_, at) => ` k${at}: 1`).join('\n')}`
  expect(() => loadContract(fileOf(text))).toThrow(/more than 20000 entries/)
})

test('a key that stands twice is still told, with its line', () => {
  expect(() => loadContract(fileOf('openapi: 3.1.0\nx-kind: provider\nopenapi: 3.1.0\n'))).toThrow(
    /ours\.yaml:3 .*Map keys must be unique/,
  )
})

test('a contract of unions that multiply is loaded, and its claims are read', () => {
  const levels = Array.from({ length: 40 }, (_, at) => {
    const next = `{ $ref: "#/components/schemas/A${at + 1}" }`
    return `    A${at}: { anyOf: [ ${next}, ${next} ] }`
  })
  const contract = loadContract(
    fileOf(`openapi: 3.1.0
info: { title: T, version: "1" }
x-kind: provider
x-follows: openai
x-provider: { name: T, key: T_KEY, models: { text: m } }
x-sources:
  page: { title: T, url: "https://example.com", retrieved: "2026-11-20", kind: document }
paths: { /responses: { post: { operationId: create, responses: { "200": { description: ok } } } } }
components:
  schemas:
${levels.join('\n')}
    A40: { type: string }
    Response: { properties: { id: { $ref: "#/components/schemas/A0" } } }
`),
  )
  expect(contract.responseFields.some(({ at }) => at === '/id')).toBe(true)
  expect(contract.claim(['response /id = x'])).toBeDefined()
})

test.skipIf(!existsSync('/dev/full'))('a full disk is said to be full, with the file', () => {
  const journal = openJournal('/dev/full', createRedactor([]))
  try {
    journal.write({ kind: 'end', finishedAt: 'now' })
    expect.unreachable('nothing can be written there')
  } catch (error) {
    expect(describeSystemError(error)).toBe('/dev/full cannot be written: the disk is full')
  } finally {
    journal.close()
  }
})

test('serve says that other machines can reach it, and nothing on loopback', async () => {
  const said = async (host: string): Promise<string> => {
    const stop = new AbortController()
    const { stderr } = await runCommandLine(['serve', '--host', host], {
      stop: stop.signal,
      onPrint: () => stop.abort(),
    })
    return stderr
  }
  expect(await said('0.0.0.0')).toMatch(/^0\.0\.0\.0 can be reached from other machines/)
  expect(await said('127.0.0.1')).not.toMatch(/other machines/)
})

test('what is no file, or larger than any, is refused before it is read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-test-'))
  const large = join(folder, 'large')
  writeFileSync(large, '')
  truncateSync(large, 3_000_000_000)
  const read = (file: string) => () => readForeignText(file, 1000, 'the right one')
  expect(read(folder)).toThrow(/is no file; give the right one/)
  expect(read('/dev/null')).toThrow(/is no file; give the right one/)
  expect(read(large)).toThrow(/has 3000000000 bytes, more than the 1000 that are read/)
  expect(read(join(folder, 'none'))).toThrow(/is not there/)
  mkdirSync(join(folder, 'run.json'))
  expect(() => readResult(folder)).toThrow(/is no file; give the folder that a run wrote/)
})

test.each([
  ['deadline', { deadline: 86_401 }],
  ['first-byte', { firstByte: 86_401 }],
])('%s beyond what a clock can count is refused', (name, options) => {
  const target = { baseUrl: 'http://127.0.0.1:1/v1', model: 'm', withoutKeys: true }
  expect(() => resolveTargets([], { ...target, ...options })).toThrow(
    `--${name} is at most 86400 seconds`,
  )
  expect(resolveTargets([], { ...target, deadline: 86_400, firstByte: 86_400 })).toHaveLength(1)
})

test('a contract does not set a clock that is over at once', () => {
  const contract = loadContract(
    fileOf(`openapi: 3.1.0
info: { title: T, version: "1" }
servers: [{ url: "http://127.0.0.1:1/v1" }]
x-kind: provider
x-follows: openai
x-provider: { name: T, key: T_KEY, models: { text: m }, limits: { deadline: 86400 } }
x-sources: { page: { title: T, url: "https://t.example", retrieved: "2026-11-20", kind: document } }
paths: { /responses: { post: { operationId: create, x-source: page } } }
`),
  )
  expect(contract.profile?.limits.deadlineMs).toBe(86_400_000)
})

test.each([
  ['X: a\r\nY: b', /no header can carry/],
  ['X: a\u0000', /no header can carry/],
  ['X\u0000: a', /no name of a header/],
  ['X Y: a', /no name of a header/],
  ['Content-Length: 5', /how a request is framed/],
  ['Transfer-Encoding: chunked', /how a request is framed/],
])('--header %j is refused, and nobody is called unreachable', (line, why) => {
  expect(() => parseHeaderLines([line])).toThrow(why)
  expect(parseHeaderLines(['X-Region: \u00fc 1'])).toEqual({ 'x-region': '\u00fc 1' })
})

test('a folder whose name would be a command in the log of a job is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-test-'))
  expect(() => prepareFolder(join(folder, 'o\n::error::x'))).toThrow(/control or invisible/)
})
