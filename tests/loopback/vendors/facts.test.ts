// Every fact of the five vendors' pages, broken one at a time in front of the emulated vendor: the check that
// is named beside it turns red by the vendor's own documents, and passes where nothing is broken.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadYaml } from '../../../src/base/parse-yaml.ts'
import type { Verdict } from '../../../src/types/index.ts'
import { breakFact } from './break-fact.ts'
import { startVendor, VENDORS } from './emulated-vendor.ts'

interface Fact {
  readonly id: number
  readonly fact: string
  readonly break?: string
  readonly red?: string
  /** Under a condition of the page, for the caller to keep, or contested by the page itself. */
  readonly warn?: string
  readonly untestable?: string
}

/** How many facts each page has. */
const FACTS = { sunra: 88, lemondata: 66, crun: 83, anyfast: 71, 'new-api': 49 } as const

function factsOf(vendor: string): readonly Fact[] {
  const file = join(import.meta.dirname, 'facts', `${vendor}.yaml`)
  return (loadYaml().parse(readFileSync(file, 'utf8')) as { facts: readonly Fact[] }).facts
}

const told = ({ check, outcome, reason, note, findings }: Verdict): string =>
  [check, outcome, reason, note, findings[0]?.actual].filter((part) => part !== undefined).join(' ')

describe.each(VENDORS)('%s', (vendor) => {
  const facts = factsOf(vendor)

  test('has a row for each fact of its page', () => {
    expect(facts.map(({ id }) => id)).toEqual(
      Array.from({ length: FACTS[vendor] }, (_, index) => index + 1),
    )
    for (const { id, fact, break: way, red, warn, untestable } of facts) {
      const rows = [red, warn, untestable].filter((row) => row !== undefined)
      expect([id, fact !== '', rows.length]).toEqual([id, true, 1])
      expect([id, way === undefined]).toEqual([id, untestable !== undefined])
    }
  })

  test('is red wherever a fact is broken, and nowhere else', async () => {
    const emulated = await startVendor(vendor)
    const keyOf = ({ check, scenario }: Verdict): string => `${check} ${scenario}`
    try {
      const named = [...new Set(facts.flatMap(({ red, warn }) => red ?? warn ?? []))]
      const right = await emulated.judge(undefined, named)
      expect(right.filter(({ outcome }) => outcome === 'fail').map(told)).toEqual([])
      const before = new Map(right.map((row) => [keyOf(row), row.outcome]))
      const unseen: string[] = []
      for (const { id, fact, break: way, red, warn } of facts) {
        const check = red ?? warn
        if (way === undefined || check === undefined) continue
        const wanted = red === undefined ? 'warn' : 'fail'
        const verdicts = (await emulated.judge(breakFact(way), [check])).filter(
          (row) => row.check === check,
        )
        const isSeen = verdicts.some(
          (row) => row.outcome === wanted && before.get(keyOf(row)) !== wanted,
        )
        if (!isSeen) unseen.push(`${id} ${fact}: ${verdicts.map(told).join('; ')}`)
      }
      expect(unseen).toEqual([])
    } finally {
      await emulated.close()
    }
  })
})

test('all that is promised without a condition is red when it is broken', () => {
  const all = VENDORS.flatMap(factsOf)
  const count = (of: (fact: Fact) => boolean): number => all.filter(of).length
  const red = count((fact) => fact.red !== undefined)
  const yellow = count((fact) => fact.warn !== undefined)
  expect({ facts: all.length, red, yellow, untestable: all.length - red - yellow }).toEqual({
    facts: 357,
    red: 290,
    yellow: 52,
    untestable: 15,
  })
})
