// The reference provider passes every check of every yardstick that judges its dialect.

import { expect, test } from 'vitest'
import type { Dialect, Verdict } from '../../src/types/index.ts'
import { askTarget, matchesCheckFilter, startProving } from '../prove.ts'

test.each<Dialect>(['openai', 'open-responses'])(
  'passes every check in dialect %s',
  async (dialect) => {
    const proving = await startProving(dialect, [])
    const asked = await askTarget(proving.target)
    try {
      const verdicts = (
        await Promise.all(
          asked.cases
            .filter(({ check }) => matchesCheckFilter(check))
            .map((planned) => asked.decide(planned)),
        )
      ).flat()
      expect(verdicts.filter(isComplaint).map(sentence)).toEqual([])
      const passed = verdicts.filter(({ outcome }) => outcome === 'pass')
      expect(passed.length).toBeGreaterThan(matchesCheckFilter('common/accepted') ? 50 : -1)
    } finally {
      await asked.close()
      await proving.close()
    }
  },
)

function isComplaint({ outcome, reason }: Verdict): boolean {
  if (outcome === 'pass') return false
  // Nothing elicits it, or nobody asks for it: there is nothing to complain about.
  return outcome !== 'not-applicable' || reason === 'refused'
}

function sentence({
  check,
  yardstick,
  scenario,
  outcome,
  reason,
  note,
  findings,
}: Verdict): string {
  const [finding] = findings
  const why =
    finding === undefined
      ? (note ?? '')
      : `${finding.step} ${finding.at}: expected ${finding.expected}, got ${finding.actual}`
  return `${check} [${yardstick}] ${scenario} ${outcome} ${reason ?? ''} ${why}`
}
