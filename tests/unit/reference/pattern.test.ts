// Patterns that a client sends cannot keep the reference provider busy.

import { expect, test } from 'vitest'
import { matchesPattern } from '../../../reference/model/text-for-regex.ts'

test.each([
  ['^KIWI-[0-9]{3}$', 'KIWI-123', true],
  ['^KIWI-[0-9]{3}$', 'KIWI-12', false],
  ['^(a+)+$', `${'a'.repeat(50_000)}!`, false],
  ['^(?=a)a$', 'a', false],
  ['(', '(', false],
])('%s', (pattern, text, fits) => {
  expect(matchesPattern(pattern, text)).toBe(fits)
})
