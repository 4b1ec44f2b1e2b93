// The capabilities: every requirement and every scenario belongs somewhere, and what they name exists.

import { beforeAll, describe, expect, test } from 'vitest'
import { parseApiPath } from '../../../src/contract/api-path.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import {
  listCapabilitiesOfRow,
  loadCapabilityCatalogue,
} from '../../../src/plan/requirements/capabilities.ts'
import { loadSuites, type Suite } from '../../../src/plan/load-suites-and-reporters.ts'
import { loadRequirements } from '../../../src/plan/requirements/requirement-catalogue.ts'

const { features, capabilities, remainder } = loadCapabilityCatalogue()
const rest = remainder.flatMap(({ requirements }) => requirements)
let suites: readonly Suite[]
/** With the cases that OpenAI's document makes of the families. */
let checks: readonly Suite['checks'][number][]

beforeAll(async () => {
  suites = await loadSuites()
  const openai = loadContract('openai')
  checks = suites.flatMap(({ checks: own, families }) => [
    ...own,
    ...families.flatMap((family) => family.cases(openai)),
  ])
})

const named = capabilities.flatMap(({ id, essential, forms, requirements }) =>
  [...essential, ...forms, ...requirements].map((one) => [one, id] as const),
)

test('every requirement belongs to one capability, or to the remainder with a reason', () => {
  const owned = [...named.map(([one]) => one).filter((one) => !one.includes('/')), ...rest]
  expect(owned.toSorted()).toEqual([...new Set(owned)].toSorted())
  expect(owned.toSorted()).toEqual([...loadRequirements().keys()].toSorted())
  expect(remainder.filter(({ because }) => because.length < 20)).toEqual([])
})

test('every check that is named exists', () => {
  const ids = checks.map(({ id }) => id)
  const patterns = [
    ...named.map(([one]) => one).filter((one) => one.includes('/')),
    ...capabilities.flatMap(({ takes }) => takes),
  ]
  expect(
    patterns.filter((one) =>
      one.endsWith('*') ? !ids.some((id) => id.startsWith(one.slice(0, -1))) : !ids.includes(one),
    ),
  ).toEqual([])
})

test('the acceptance of every scenario counts for a capability', () => {
  const homeless = new Set(
    checks.flatMap(({ scenario }) => {
      if (scenario === 'every' || scenario.asClient !== undefined) return []
      const { id, steps } = scenario
      const isAsked = Object.values(steps).some(({ expect: asks }) => asks === 'success')
      // Families put many fields into one request: each has a row of its own.
      const isPacked = scenario.isPacked === true || /^(basic\/samples|parameters\/)/.test(id)
      const row = { check: `${id.split('/')[0]}/accepted`, scenario: id, requirements: [] }
      // A control beside a mistake is the plain question.
      const isMistake = Object.values(steps).some(({ expect: asks }) => asks === 'refusal')
      const isHome = listCapabilitiesOfRow(row, capabilities).length > 0
      return isAsked && !isPacked && !isMistake && !isHome ? [id] : []
    }),
  )
  expect([...homeless]).toEqual([])
})

describe.each(capabilities)('$id', (capability) => {
  const { at, unnamed, unchecked, essential, forms, takes, requirements, needs } = capability

  test('is short, and has a question and a feature', () => {
    expect(capability.name.split(/\s+/).length).toBeLessThanOrEqual(5)
    expect(capability.question).toMatch(/\?$/)
    expect(features.map(({ id }) => id)).toContain(capability.feature)
    expect(new Set([...capabilities.map(({ id }) => id), undefined])).toContain(needs)
  })

  test('can be documented and kept, or says why not', () => {
    expect(at.length === 0).toBe(unnamed !== undefined)
    expect(at.filter((path) => parseApiPath(path) === undefined)).toEqual([])
    const ids = new Set<string>([...essential, ...forms, ...requirements])
    const asked = checks.filter(
      ({ id, covers }) =>
        ids.has(id) ||
        covers.some((one) => ids.has(one)) ||
        takes.some((one) => (one.endsWith('*') ? id.startsWith(one.slice(0, -1)) : id === one)),
    )
    if (unchecked === undefined) expect(asked.length).toBeGreaterThan(0)
  })
})

test('a feature rests on capabilities of its own', () => {
  for (const { id, restsOn } of features) {
    const own = capabilities.filter(({ feature }) => feature === id).map((one) => one.id)
    expect(own).toEqual(expect.arrayContaining([...restsOn]))
  }
})
