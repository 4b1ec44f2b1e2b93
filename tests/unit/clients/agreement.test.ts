// What is published of the predictions is what was counted, and good enough to be said.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../src/base/package-root.ts'
import { countBy, countConfusion, type Cell, type Confusion } from '../../measure/confusion.ts'

const { servers } = JSON.parse(
  readFileSync(join(packageRoot, 'specs', 'clients', 'agreement.json'), 'utf8'),
) as {
  readonly servers: Readonly<Record<string, Readonly<Record<string, { readonly all: Confusion }>>>>
}

test.each(['recorded', 'live'])('on real servers, %s, the predictions hold', (how) => {
  const { right, decided, cells } = servers[how]!['clients']!.all
  expect(right / decided).toBeGreaterThanOrEqual(0.98)
  expect(right / cells).toBeGreaterThanOrEqual(0.95)
})

test('unknown is not right, and each mistake is counted as what it is', () => {
  const cell = (predicted: Cell['predicted'], real: Cell['real'], server = 'one'): Cell => ({
    server,
    client: 'codex',
    flow: 'stream',
    why: '',
    predicted,
    real,
  })
  const cells = [
    cell('works', 'works'),
    cell('breaks', 'works'),
    cell('works', 'breaks', 'two'),
    cell('unknown', 'breaks', 'two'),
  ]
  expect(countConfusion(cells)).toEqual({
    cells: 4,
    decided: 3,
    right: 1,
    falseBreaks: 1,
    falseWorks: 1,
  })
  expect(countBy(cells, 'server')['two']).toMatchObject({ cells: 2, decided: 1, right: 0 })
})
