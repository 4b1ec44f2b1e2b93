// Ids are a provider's, and become a part of paths: whatever they are, they lead nowhere else.

import { describe, expect, test } from 'vitest'
import { encodeId, buildCancel, buildInputItems } from '../../../suites/common/requests.ts'
import { addressOf } from '../../../src/transport/http.ts'
import { DEFAULT_LIMITS, type Target } from '../../../src/target/target-and-keys.ts'

const TARGET = {
  baseUrl: 'https://api.example.com/v1',
  auth: [],
  limits: DEFAULT_LIMITS,
} as unknown as Target

const pathOf = (id: string): string => new URL(addressOf(TARGET, buildCancel(id))).pathname

describe('an id', () => {
  test.each([
    'a/b?c=d#e',
    '../../admin',
    '..%2f..%2fadmin',
    '%2e%2e',
    '...',
    '\\..\\admin',
    'a\r\nhost: evil',
    '\u0000',
    '@evil.invalid',
    ';v=1',
    '\ud800',
    '\u202e',
    'x'.repeat(10_000),
  ])('%j is one part of a path', (id) => {
    const path = pathOf(id)
    expect(path.split('/')).toHaveLength(5)
    expect(path).toMatch(/^\/v1\/responses\/[^/]+\/cancel$/)
    expect(addressOf(TARGET, buildCancel(id))).toMatch(/^https:\/\/api\.example\.com\//)
  })

  test.each(['.', '..'])('%j is no part of any, and nothing is asked by it', (id) => {
    expect(() => encodeId(id)).toThrow('id that can stand in an address')
    expect(() => buildInputItems(id)).toThrow('id that can stand in an address')
  })
})
