// Which checks go with what a set-up lacks: by requirement, and by what is sent.

import { beforeAll, expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import { loadSuites, type Suite } from '../../../src/plan/load-suites-and-reporters.ts'
import { planTarget } from '../../../src/plan/plan.ts'
import { loadCapabilityCatalogue } from '../../../src/plan/requirements/capabilities.ts'
import { loadRequirements } from '../../../src/plan/requirements/requirement-catalogue.ts'

let suites: readonly Suite[]
beforeAll(async () => {
  suites = await loadSuites()
})

function listUnasked(...lacks: readonly string[]): readonly string[] {
  const target = {
    yardsticks: ['openai'],
    has: ['vision-model', 'fixture-url', 'reasoning-model', 'key', 'second-key', 'hosted-tools'],
    setup: { lacks },
  } as const
  return planTarget(target, { openai: loadContract('openai') }, suites, {}).flatMap(
    ({ check, judgements: [{ skipReason }] }) =>
      skipReason?.note.startsWith('the set-up lacks') === true ? [check] : [],
  )
}

test.each([
  [
    ['tool'],
    [
      'tool/required-means-a-call',
      'tool/call-ids-are-distinct',
      'tool/refuses-orphaned-results',
      'streaming/streams-a-call-as-a-call',
      'streaming/streams-a-custom-call',
      'structured-output/tools-come-first',
      'stateful/continues-a-function-call',
      'errors/grid/parallel-tool-calls-is-a-string',
    ],
    [
      'errors/grid/input-is-a-number',
      'structured-output/text-is-json',
      'parameters/accepted/tools',
    ],
  ],
  [
    ['structured-output'],
    ['structured-output/refuses-open-objects', 'errors/grid/text-format-type-unknown'],
    [
      'errors/grid/text-verbosity-unknown',
      'errors/grid/text-is-a-string',
      'basic/answers-with-text',
    ],
  ],
  [
    ['logprobs'],
    ['parameters/logprobs-make-up-the-text', 'errors/grid/top-logprobs-too-high'],
    [
      'errors/grid/include-is-a-string',
      'parameters/accepted/include',
      'parameters/null-means-absent',
    ],
  ],
  [
    ['image-url'],
    ['image/reads-an-image-by-url'],
    ['image/reads-a-png', 'image/sees-every-image-in-order'],
  ],
  [
    ['previous-response'],
    ['stateful/remembers-its-own-answer', 'stateful/refuses-an-unknown-previous-response'],
    ['lifecycle/stored-is-retrievable', 'lifecycle/refuses-an-unknown-conversation'],
  ],
  [
    ['model'],
    [
      'errors/grid/unknown-model',
      'parameters/include-alone-brings-logprobs',
      'parameters/logprobs-make-up-the-text',
      'usage/counts-the-question',
      'message-style/hears-its-own-words',
      'transport/keeps-every-character',
    ],
    [
      'usage/is-whole',
      'basic/says-why-incomplete',
      'basic/names-the-model-asked-for',
      'errors/grid/no-model',
      'structured-output/refuses-open-objects',
    ],
  ],
])('%j', (lacks, gone, kept) => {
  const unasked = listUnasked(...lacks)
  expect(gone.filter((check) => !unasked.includes(check))).toEqual([])
  expect(kept.filter((check) => unasked.includes(check))).toEqual([])
})

test('nothing is left out where nothing lacks', () => {
  expect(listUnasked()).toEqual([])
})

test('what only a model meets are requirements of the catalogue', () => {
  const known = loadRequirements()
  expect(loadCapabilityCatalogue().model.filter((id) => !known.has(id))).toEqual([])
})
