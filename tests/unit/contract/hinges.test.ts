import { expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import { loadSuites } from '../../../src/plan/load-suites-and-reporters.ts'

test('every hinge of a scenario is a point that the reference documents: none is misspelt', async () => {
  const reference = loadContract('reference')
  const checks = (await loadSuites()).flatMap((suite) => suite.checks)
  const apiPaths = checks.flatMap(({ scenario }) => (scenario === 'every' ? [] : scenario.apiPaths))
  const unknown = apiPaths.filter((apiPath) => reference.claim([apiPath]).status !== 'documented')
  expect(unknown).toEqual([])
  expect(apiPaths).not.toEqual([])
})
