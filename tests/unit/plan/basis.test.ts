import { expect, test } from 'vitest'
import { describeSource, sortSources } from '../../../reporters/common/source-words.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { loadSuites } from '../../../src/plan/load-suites-and-reporters.ts'
import { planTarget } from '../../../src/plan/plan.ts'
import { loadRequirements } from '../../../src/plan/requirements/requirement-catalogue.ts'

const contracts = {
  openai: loadContract('openai'),
  'open-responses': loadContract('open-responses'),
}
const cases = planTarget(
  { yardsticks: ['openai', 'open-responses'], has: [] },
  contracts,
  await loadSuites(),
  {},
)

function planned(check: string): readonly object[] {
  return cases
    .find((each) => each.check === check)!
    .judgements.map(({ yardstick, level, basis }) => ({ yardstick, level, basis }))
}

test('what only clients need fails in their name, and by no specification', () => {
  expect(planned('streaming/begins-with-created')).toEqual([
    { yardstick: 'openai', level: 'must', basis: 'clients' },
    { yardstick: 'open-responses', level: 'should', basis: undefined },
  ])
  expect(planned('basic/object-type')).toEqual([
    { yardstick: 'openai', level: 'must', basis: undefined },
    { yardstick: 'open-responses', level: 'must', basis: undefined },
  ])
})

test('no level is lowered because clients do not mind', () => {
  expect(planned('streaming/ends-with-done')).toEqual([
    { yardstick: 'open-responses', level: 'must', basis: undefined },
  ])
})

test('a failure shows first who speaks in its name, with the words, the version and the kind', () => {
  const { sources } = loadRequirements().get('tool-choice-none')!
  const [first] = sortSources(sources, { yardstick: 'open-responses' })
  expect(describeSource(first!)).toBe(
    '“The model MUST NOT call any tools.”: Open Responses specification, 2026-04-24, commit 92c12d9 (specification)',
  )
  const needed = loadRequirements().get('stream-first-event-created')!
  const [shown] = sortSources(needed.sources, { yardstick: 'openai', basis: 'clients' })
  expect(describeSource(shown!)).toContain('(what an SDK does)')
})
