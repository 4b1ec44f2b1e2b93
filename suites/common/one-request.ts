// Scenarios of a single request.

import { defineScenario } from '../../src/authoring/define.ts'
import type { ApiPath, Scenario, Step } from '../../src/types/index.ts'

/** A scenario whose only step is `ask`. */
export function defineOneRequest(
  id: string,
  title: string,
  apiPaths: readonly ApiPath[],
  ask: Step,
  more: Partial<Pick<Scenario, 'tier' | 'needs'>> = {},
): Scenario<'ask'> {
  return defineScenario({ id, title, apiPaths, tier: 'core', ...more, steps: { ask } })
}
