// One wrong field is one red line: the check of the whole reply leaves alone what others own.

import { expect, test } from 'vitest'
import { defineCheck, holds } from '../../src/authoring/define.ts'
import { loadContract } from '../../src/contract/file/load.ts'
import { loadSuites } from '../../src/plan/load-suites-and-reporters.ts'
import { yieldToOwners } from '../../src/plan/ownership.ts'
import matchesSchema from '../../suites/common/checks/matches-schema.ts'
import fields from '../../suites/basic/families/fields.ts'
import { textScenario } from '../../suites/basic/scenarios.ts'
import type { Check, Contract, Exchange, Yardstick } from '../../src/types/index.ts'

const openai = loadContract('openai')

/** Where the check of the whole reply sees a fault, of these places that all are faulty. */
function seen(
  check: Check,
  places: readonly string[],
  yardstick: Yardstick = 'openai',
  contract: Contract = openai,
  operation: Exchange['request']['operation'] = 'create',
): readonly string[] {
  const flaws = places.map((at) => ({ step: 'exchange', at, expected: 'a', actual: 'b' }))
  const faulty = { ...contract, flaws: () => flaws }
  const exchange: Exchange = {
    request: { operation, method: 'POST', path: '/responses' },
    status: 200,
    headers: [],
    body: { kind: 'json', value: {}, text: '{}' },
    ending: 'complete',
  }
  const context = {
    contract: faulty,
    yardstick,
    nonce: '',
    scenario: textScenario,
    expect: 'success',
  }
  const judgement = check.judge({ exchange }, context as never)
  return judgement.kind === 'violated' ? judgement.findings.map(({ at }) => at) : []
}

const suites = await loadSuites()
const whole = suites
  .flatMap(({ checks }) => checks)
  .find(({ id }) => id === 'common/matches-schema')!

const PLACES = ['/id', '/usage', '/usage/x/y', '/output/3/id', '/output/3/action', '/text/format']

test('what is owned is left to its owner, and everything else is said', () => {
  expect(seen(matchesSchema, PLACES)).toEqual(PLACES)
  expect(seen(whole, PLACES)).toEqual(['/output/3/action', '/text/format'])
  expect(seen(whole, PLACES, 'openai', openai, 'retrieve')).toEqual(PLACES)
})

test('a check owns nothing by a yardstick by which it does not judge', () => {
  const provider = loadContract('groq')
  expect(seen(whole, ['/output/3/id'], 'own', provider)).toEqual(['/output/3/id'])
})

test('a check of one’s own owns its places too, and its family yields to it', () => {
  const mine = defineCheck({
    id: 'mine/text',
    title: 'text is right',
    kind: 'wire',
    scenario: textScenario,
    covers: ['common-shape'],
    owns: ['/text/**', '/truncation'],
    judge: () => holds,
    mutants: [{ story: 'none' }],
  })
  const [suite] = yieldToOwners([{ checks: [matchesSchema, mine], families: [fields] }])
  expect(seen(suite!.checks[0]!, PLACES)).not.toContain('/text/format')
  const names = (list: readonly Check[]): readonly string[] => list.map(({ id }) => id)
  expect(names(fields.cases(openai))).toContain('basic/fields/truncation')
  expect(names(suite!.families[0]!.cases(openai))).not.toContain('basic/fields/truncation')
})

test('every owned place is one that the published documents have', () => {
  const known = new Set(
    ['openai', 'open-responses'].flatMap((id) =>
      loadContract(id).responseFields.map(({ at }) => at),
    ),
  )
  const owned = suites.flatMap(({ checks }) => checks.flatMap(({ owns = [] }) => owns))
  expect(owned.filter((place) => !known.has(place.replace(/\/\*\*$/, '')))).toEqual([])
})
