// What is sent once for several scenarios: nothing of a scenario that changes anything, with whatever key.

import { expect, test } from 'vitest'
import { findShareableSteps } from '../../../src/evidence/find-shareable-steps.ts'
import type { Target } from '../../../src/target/target-and-keys.ts'
import type { Scenario } from '../../../src/types/index.ts'
import { storedAccessScenario } from '../../../suites/auth/scenarios.ts'
import { textScenario } from '../../../suites/basic/scenarios.ts'

const target = { models: { text: 'm' }, has: [] } as unknown as Target

test('a response that a wrong key may delete is nobody else’s', () => {
  expect([...findShareableSteps(storedAccessScenario as Scenario, target, undefined)]).toEqual([])
  expect([...findShareableSteps(textScenario as Scenario, target, undefined)]).not.toEqual([])
})
