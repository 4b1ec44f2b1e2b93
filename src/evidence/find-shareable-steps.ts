// Finds the steps of a scenario that may be sent once for all scenarios that ask the same.

import { NothingToBuildOn } from '../authoring/define.ts'
import { AnswerNeededError, createRequestBuilder } from '../request/builder.ts'
import type { Target } from '../target/target-and-keys.ts'
import type {
  Contract,
  Exchange,
  RequestBuilder,
  Operation,
  Scenario,
  Step,
  WireRequest,
} from '../types/index.ts'

/** What leaves everything as it was for whoever comes next. */
const HARMLESS: readonly Operation[] = [
  'create',
  'retrieve',
  'input-items',
  'input-tokens',
  'list-models',
]

const shareable = new WeakMap<Scenario, ReadonlySet<string>>()

/**
 * The steps that build on no answer, in a scenario that changes nothing: only their answers may
 * serve other scenarios too. Whoever deletes or cancels does it to an answer of its own.
 */
export function findShareableSteps(
  scenario: Scenario,
  target: Target,
  contract: Contract | undefined,
): ReadonlySet<string> {
  const known = shareable.get(scenario)
  if (known !== undefined) return known
  let asked = false
  const builder = createRequestBuilder({
    target,
    contract,
    seed: 'plan',
    prior() {
      asked = true
      return NO_ANSWER
    },
  })
  const steps = new Set<string>()
  try {
    for (const [name, step] of Object.entries<Step>(scenario.steps)) {
      asked = false
      const request = requestOfStep(step, builder)
      if (request instanceof NothingToBuildOn) continue
      const { operation, abortAfter, repeatUntil } = request
      // With whatever key: a provider may let anybody change everything.
      if (!HARMLESS.includes(operation) || abortAfter !== undefined || repeatUntil !== undefined) {
        steps.clear()
        break
      }
      if (!asked) steps.add(name)
    }
  } catch {
    // A step that cannot be made from an empty answer builds on one.
    steps.clear()
  }
  shareable.set(scenario, steps)
  return steps
}

/** `isApart`: a step without the answer that it is made from has nothing to build on, and is no error. */
export function requestOfStep(
  step: Step,
  builder: RequestBuilder,
  isApart = false,
): WireRequest | NothingToBuildOn {
  try {
    return step.request(builder)
  } catch (error) {
    if (error instanceof NothingToBuildOn) return error
    if (isApart && error instanceof AnswerNeededError) return new NothingToBuildOn('answer')
    throw error
  }
}

/** Stands for an earlier answer while a plan is made. */
export const NO_ANSWER: Exchange = {
  request: { operation: 'create', method: 'POST', path: '/responses' },
  status: 200,
  headers: [],
  body: { kind: 'json', value: { id: 'resp_0', object: 'response', output: [] }, text: '' },
  ending: 'complete',
}
