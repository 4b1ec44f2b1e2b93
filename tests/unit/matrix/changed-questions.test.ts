// A stored run is compared with today's questions: another question is named, what a run may add or leave out is not.

import { beforeAll, expect, test } from 'vitest'
import { listChangedQuestions } from '../../../matrix/changed-questions.ts'
import type { Evidence } from '../../../matrix/results.ts'
import { loadSuites } from '../../../src/plan/load-suites-and-reporters.ts'
import { createPlanner, scenariosOf } from '../../../src/plan/plan.ts'
import { yardsticksOf } from '../../../src/plan/yardsticks-of-target.ts'
import { createRequestBuilder } from '../../../src/request/builder.ts'
import type { JsonObject } from '../../../src/types/index.ts'

const target = {
  id: 'it',
  name: 'it',
  baseUrl: 'http://127.0.0.1:1/v1',
  auth: [],
  headers: {},
  models: { text: 'm' },
  limits: { concurrency: 1, deadlineMs: 1_000 },
  origin: 'live' as const,
  yardsticks: ['openai' as const],
  gate: ['openai' as const],
  has: [],
}
const selection = { suites: ['parameters'] }
let asked: JsonObject

beforeAll(async () => {
  asked = (await ask('run-1')).body
})

/** What the first step of a scenario asks in a run of this id, and the run's word. */
async function ask(
  id: string,
): Promise<{ body: JsonObject; nonce: string; scenario: string; step: string }> {
  const planned = createPlanner(await loadSuites(), selection)(target, yardsticksOf(target))
  const scenario = scenariosOf(planned).find(
    (each) => each.fresh !== true && Object.values(each.steps)[0]!.expect === 'success',
  )!
  const builder = createRequestBuilder({
    target,
    contract: undefined,
    seed: id,
    prior: () => {
      throw new Error('the first step builds on nothing')
    },
  })
  const [step, { request }] = Object.entries(scenario.steps)[0]!
  const { body } = request(builder)
  return {
    body: (body as { json: JsonObject }).json,
    nonce: builder.nonce,
    scenario: scenario.id,
    step,
  }
}

async function describeRun(
  body: JsonObject,
  leftOut: readonly string[] = [],
  id = 'run-1',
): Promise<Evidence> {
  const { nonce, scenario, step } = await ask('run-1')
  const told = { format: 'x', journal: [], exchanges: { a: { request: { body: { json: body } } } } }
  const fields = leftOut.map((field) => ({
    field,
    said: '',
    isUnsupported: true,
    isDependent: false,
  }))
  const journal = [
    { kind: 'start', run: { id }, specs: [target], targets: [], selection },
    {
      kind: 'evidence',
      target: 'it',
      scenario,
      attempt: 0,
      nonce,
      steps: { [step]: 'a' },
      leftOut: { [step]: fields },
    },
  ]
  return { ...told, journal } as unknown as Evidence
}

test('what is asked today is no change', async () => {
  expect(await listChangedQuestions(await describeRun(asked))).toEqual([])
})

test('another question is named by its scenario', async () => {
  const { scenario } = await ask('run-1')
  expect(
    await listChangedQuestions(await describeRun({ ...asked, input: 'Something else.' })),
  ).toEqual([scenario])
})

test('a cap that was added, and a field that was refused, are no change', async () => {
  const { temperature: _, ...rest } = { temperature: 1, ...asked }
  const [field = ''] = Object.keys(rest).filter((name) => !['model', 'input'].includes(name))
  const { [field]: _left, ...less } = asked
  const capped = 'max_output_tokens' in asked ? less : { ...less, max_output_tokens: 300 }
  expect(
    await listChangedQuestions(await describeRun(capped, field === '' ? [] : [field])),
  ).toEqual([])
})

test('of a run that drew its words from something else nothing is said', async () => {
  expect(await listChangedQuestions(await describeRun({ input: 'Else.' }, [], 'run-2'))).toEqual([])
})
