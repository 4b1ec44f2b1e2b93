// Every check is red on the wrong provider that it exists to catch.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dialect } from '../src/types.ts'
import { allChecks, ask, startProving, type Proving } from './bench.ts'

const checks = await allChecks()
const dialects: readonly Dialect[] = ['openai', 'open-responses']
const proving = new Map<Dialect, Proving>()

beforeAll(async () => {
  const sabotages = checks.map(({ check }) => check.mutant)
  for (const dialect of dialects) proving.set(dialect, await startProving(dialect, sabotages))
})

afterAll(async () => {
  await Promise.all([...proving.values()].map((each) => each.close()))
})

test.concurrent.each(
  checks.map(({ check, yardstick }, index) => ({
    id: check.id,
    story: check.mutant.story,
    check,
    yardstick,
    index,
  })),
)('$id: $story', async ({ check, yardstick, index }) => {
  const { on, dialect = yardstick === 'open-responses' ? 'open-responses' : 'openai' } =
    check.mutant
  if (check.scenario === 'every')
    expect(on, 'a check of every exchange names the scenario that shows its mutant').toBeDefined()
  const { target } = proving.get(dialect)!
  const asked = await ask({ ...target, headers: { 'x-sabotage': String(index) } }, [check.id])
  try {
    const scenarios = check.scenario === 'every' ? [on!] : undefined
    const verdicts = (
      await Promise.all(asked.cases.map((planned) => asked.decide(planned, scenarios)))
    ).flat()
    const caught = verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
    expect(
      caught.length,
      `no verdict noticed it: ${verdicts.map(({ yardstick, outcome, reason, note }) => [yardstick, outcome, reason, note].join(' ')).join('; ')}`,
    ).toBeGreaterThan(0)
    expect(caught[0]?.findings[0]).toMatchObject({
      expected: expect.stringMatching(/./),
      actual: expect.stringMatching(/./),
    })
  } finally {
    await asked.close()
  }
})
