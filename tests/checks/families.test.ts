// Cases that a contract generates: valid by that contract, and right about a reply in its shape. The
// reference shows it for its own cases; this shows it for every vendor's.

import { describe, expect, test } from 'vitest'
import { loadContract } from '../../src/contract/file/load.ts'
import { casesOf } from '../../src/plan/plan.ts'
import { matchesCheckFilter } from '../prove.ts'
import { families, isShownByEmulation, judgeShown, play, vendors } from './documented.ts'

const openai = loadContract('openai')

describe.each(vendors.map((contract) => ({ id: contract.id, contract })))('$id', ({ contract }) => {
  const cases = families
    .flatMap((family) => casesOf(family, contract))
    .filter(({ id }) => matchesCheckFilter(id))
  const shown = cases.filter((check) => !isShownByEmulation(check))

  test('has cases with ids of their own', () => {
    const ids = cases.map(({ id, scenario }) => `${id} ${scenario === 'every' ? '' : scenario.id}`)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('sends what its page allows, and refusals wrong at one point only', () => {
    for (const check of shown.filter(({ id }) => !id.startsWith('basic/samples/'))) {
      for (const { request, step } of Object.values(play(contract, check))) {
        const flaws = contract
          .requestFlaws(request)
          .map(({ at }) => at)
          // The model is the user's choice.
          .filter((at) => at !== '/model' || step.invalidAt === at)
        const allowed = step.expect === 'refusal' ? (step.invalidAt ?? '') : '-'
        expect([check.id, flaws.filter((at) => !at.startsWith(allowed))]).toEqual([check.id, []])
        if (step.expect === 'refusal') expect([check.id, flaws.length]).not.toEqual([check.id, 0])
      }
    }
  })

  test('finds nothing wrong with a reply in the documented shape', () => {
    for (const check of shown) {
      const played = play(contract, check)
      const right = judgeShown(contract, check, played)
      expect([check.id, right.kind]).toEqual([check.id, 'holds'])
    }
  })
})

test('a yardstick generates the cases that the reference proves', () => {
  const count = families.flatMap((family) => family.cases(openai)).length
  expect(count).toBeGreaterThan(50)
})
