// Names of variables come from contracts and command lines, and may be anything.

import { expect, test } from 'vitest'
import { readVariable, withEnvironment } from '../../../src/base/current-environment.ts'
import { keyOf } from '../../../src/target/target-and-keys.ts'

const environment = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: { OURS: ' key ' },
  cwd: process.cwd(),
  listenForStop: () => new AbortController().signal,
}

test.each(['__proto__', 'constructor', 'toString', ''])('%j is no variable', (name) => {
  expect(withEnvironment(environment, () => readVariable(name))).toBeUndefined()
  expect(withEnvironment(environment, () => keyOf(name))).toBeUndefined()
})

test('a variable is read without the blanks around it', () => {
  expect(withEnvironment(environment, () => keyOf('OURS'))).toBe('key')
})
