import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import {
  createFinder,
  decodeEscapes,
  dropSeparators,
  ENDING,
  lettersOf,
} from '../../../src/target/decode-escapes.ts'
import { createRedactor } from '../../../src/target/redact.ts'

const KEY = 'sk-test/+"0123456789abcdef'
const redactor = createRedactor([KEY])

test.each([
  ['raw', KEY],
  ['JSON', JSON.stringify({ key: KEY })],
  ['JSON with escaped slashes', JSON.stringify({ key: KEY }).replaceAll('/', '\\/')],
  ['URL', `https://example.com/?key=${encodeURIComponent(KEY)}`],
  [
    'JSON with escaped characters',
    [...KEY].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join(''),
  ],
  ['JSON inside JSON', JSON.stringify(JSON.stringify({ key: KEY }))],
  ['fully escaped URL', [...KEY].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')],
  ['doubly escaped URL', encodeURIComponent(encodeURIComponent(KEY))],
  ['base64 in a URL', encodeURIComponent(Buffer.from(KEY).toString('base64'))],
  ['base64', Buffer.from(KEY).toString('base64')],
  ['base64 after one byte', Buffer.from(`:${KEY}`).toString('base64')],
  ['base64 after two bytes', Buffer.from(`a:${KEY}`).toString('base64')],
  ['base64url', Buffer.from(KEY).toString('base64url')],
])('masks a key in its %s form and keeps every offset', (_, text) => {
  const body = Buffer.from(`before ${text} after`)
  const masked = redactor.bytes(body)
  expect(redactor.finds(body)).toBe(true)
  expect(redactor.finds(masked)).toBe(false)
  expect(masked.length).toBe(body.length)
  expect(masked.toString()).toMatch(/^before .* after$/s)
})

test('leaves a body without a key as it is', () => {
  const body = Buffer.from('nothing to hide')
  expect(redactor.bytes(body)).toBe(body)
})

test('does not search for keys so short that ordinary text would be masked, and says so', () => {
  const short = createRedactor(['test'])
  expect(short.bytes(Buffer.from('a test')).toString()).toBe('a test')
  expect(short.unsearched).toBe(1)
})

const PIECES = [
  '\\',
  '\\\\',
  '"',
  "'",
  '/',
  'n',
  'u0041',
  'x41',
  'x5c',
  'u005C',
  '%',
  '25',
  '41',
  '&',
  'amp;',
  '#',
  'x',
  '65;',
  'lt',
  'é',
  '\ud83d',
]

test('reads a text without places as with them', () => {
  const piece = oneof(constantFrom(...PIECES), string({ maxLength: 3 }))
  assert(
    property(array(piece, { maxLength: 30 }), (pieces) => {
      const source = pieces.join('')
      const plain = decodeEscapes(source)
      const letters = lettersOf(plain.text).toLowerCase()
      for (let at = 0; at + ENDING <= letters.length; at++) {
        expect(createFinder([letters.slice(0, at + ENDING)])(Buffer.from(source))).toBe(true)
      }
      for (const absent of ['nnnnnnnn', 'x41u0041', 'aaaaaaaa']) {
        expect(createFinder([absent])(Buffer.from(source))).toBe(letters.includes(absent))
      }
      expect(lettersOf(plain.text)).toBe(dropSeparators(plain).text)
    }),
    { numRuns: 2_000, seed: 1 },
  )
})
