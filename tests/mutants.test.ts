// Every check is red on the wrong provider that it exists to catch.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dialect, Verdict } from '../src/types/index.ts'
import { listAllChecks, askTarget, startProving, type Proving } from './prove.ts'

const checks = await listAllChecks()
const dialects: readonly Dialect[] = ['openai', 'open-responses']
const proving = new Map<Dialect, Proving>()

beforeAll(async () => {
  const mutations = checks.map(({ check }) => check.mutant)
  for (const dialect of dialects) proving.set(dialect, await startProving(dialect, mutations))
})

afterAll(async () => {
  await Promise.all([...proving.values()].map((each) => each.close()))
})

for (const [index, { check, yardstick }] of checks.entries()) {
  test.concurrent(`${check.id}: ${check.mutant.story}`, async () => {
    const { on, dialect = yardstick === 'open-responses' ? 'open-responses' : 'openai' } =
      check.mutant
    if (check.scenario === 'every') {
      expect(on, 'it names no scenario that shows its mutant').toBeDefined()
    }
    const { target } = proving.get(dialect)!
    const headers = { 'x-mutant': String(index) }
    const asked = await askTarget({ ...target, headers }, { checks: [check.id] })
    try {
      const scenarios = check.scenario === 'every' ? [on!] : undefined
      const verdicts = (
        await Promise.all(asked.cases.map((planned) => asked.decide(planned, scenarios)))
      ).flat()
      const caught = verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
      expect(caught.length, `no verdict noticed it: ${verdicts.map(sentence).join('; ')}`).not.toBe(
        0,
      )
      expect(caught[0]?.findings[0]).toMatchObject({
        expected: expect.stringMatching(/./),
        actual: expect.stringMatching(/./),
      })
    } finally {
      await asked.close()
    }
  })
}

function sentence({ yardstick, outcome, reason, note }: Verdict): string {
  return [yardstick, outcome, reason, note].filter((part) => part !== undefined).join(' ')
}
