// A document in which one text after the other is an object that has no text.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { UsageError } from '../../../src/base/errors.ts'
import { isObject } from '../../../src/base/json.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import type { Contract, Json, JsonObject } from '../../../src/types/index.ts'

const TEXTLESS = { toString: '', valueOf: 1 }
/** One text of so many is tried. */
const STEP = 4

function* spoiltOnce(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries())
      for (const one of spoiltOnce(entry)) yield value.with(index, one)
  } else if (isObject(value)) {
    for (const [key, entry] of Object.entries(value))
      for (const one of spoiltOnce(entry)) yield { ...value, [key]: one }
  } else yield TEXTLESS
}

/** Everything of a contract is worked out when it is looked at. */
function look(contract: Contract): void {
  for (const key of Object.keys(contract)) void contract[key as keyof Contract]
}

test.each(['gateway.yaml', 'swagger.json'])('%s is read or refused', (name) => {
  const source = join(packageRoot, 'tests/unit/contract/published', name)
  const document = parse(readFileSync(source, 'utf8')) as JsonObject
  const folder = mkdtempSync(join(tmpdir(), 'textless-'))
  const crashed: (string | undefined)[] = []
  try {
    let count = 0
    for (const spoilt of spoiltOnce(document)) {
      if (++count % STEP !== 0) continue
      const file = join(folder, `${count}.json`)
      writeFileSync(file, JSON.stringify(spoilt))
      try {
        look(loadContract(file))
      } catch (error) {
        if (!(error instanceof UsageError)) crashed.push((error as Error).stack)
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(crashed.slice(0, 3)).toEqual([])
})
