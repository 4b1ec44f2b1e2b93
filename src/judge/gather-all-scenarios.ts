// What every scenario of a run showed.

import type { RunContext } from './verdict-row.ts'
import type { Evidence, Scenario } from '../types/index.ts'

export interface Gathered {
  readonly scenario: Scenario
  readonly evidence: Evidence
}

/** The scenarios but those of clients, which have checks of their own. */
function ours(scenarios: readonly Scenario[]): readonly Scenario[] {
  return scenarios.filter(({ asClient }) => asClient === undefined)
}

/** What could be gathered of every scenario: where an error of this project prevented it, the cases of that scenario report it. */
export function listGathered({
  scenarios,
  source,
}: RunContext): readonly Promise<Gathered | undefined>[] {
  return ours(scenarios).map((scenario) =>
    source.gather(scenario, 0).then(
      (evidence) => ({ scenario, evidence }),
      () => undefined,
    ),
  )
}
