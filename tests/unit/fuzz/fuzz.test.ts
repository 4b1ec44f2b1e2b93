// The properties under one seed, and every input that was ever found wrong. `npm run fuzz` goes on.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../../src/base/package-root.ts'
import { PROPERTIES, READERS } from './properties.ts'

const CORPUS = join(packageRoot, 'tests', 'unit', 'fuzz', 'corpus')

test.each(Object.entries(PROPERTIES))('%s', (name, property) => {
  // Of a document every schema is compiled.
  const numRuns = name.startsWith('a published document') ? 20 : 150
  fc.assert(property, { seed: 20_261_130, numRuns })
})

describe('what was found once', () => {
  const folders = readdirSync(CORPUS)

  test('has a reader', () => {
    expect(folders).toEqual(Object.keys(READERS).toSorted())
  })

  test.each(
    folders.flatMap((folder) => readdirSync(join(CORPUS, folder)).map((name) => [folder, name])),
  )('%s/%s is read or refused', (folder, name) => {
    expect(() => READERS[folder!]!(readFileSync(join(CORPUS, folder!, name!)))).not.toThrow()
  })
})
