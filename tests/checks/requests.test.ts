// Everything that we send is valid where it claims to be: a provider is never blamed for us.

import { expect, test } from 'vitest'
import { loadContract } from '../../src/contract/file/load.ts'
import { NothingToBuildOn } from '../../src/authoring/define.ts'
import { createRequestBuilder, AnswerNeededError } from '../../src/request/builder.ts'
import { createBuiltInTarget } from '../../src/run/built-in-provider.ts'
import type { Scenario, Step, WireRequest } from '../../src/types/index.ts'
import { createAnsweredExchange } from '../exchange.ts'
import { listAllChecks, EVERYTHING } from '../prove.ts'

const openai = loadContract('openai')
const target = createBuiltInTarget('openai', 'http://127.0.0.1:1/v1', EVERYTHING)

const ANSWER = createAnsweredExchange({
  id: 'resp_1',
  object: 'response',
  output: [
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'weigh', arguments: '{}' },
    { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_2', name: 'note', input: '' },
    { type: 'message', id: 'msg_2', role: 'assistant', status: 'completed', content: [] },
  ],
  data: [{ id: 'msg_1' }],
  status: 'completed',
  usage: { input_tokens: 1, output_tokens: 1 },
})

const scenarios = new Map(
  (await listAllChecks()).flatMap(({ check, yardstick }) =>
    check.scenario === 'every' ||
    check.scenario.asClient !== undefined ||
    yardstick !== 'openai' ||
    check.only?.includes('openai') === false
      ? []
      : [[check.scenario.id, check.scenario as Scenario] as const],
  ),
)

function requestOf(step: Step, contract: typeof openai | undefined): WireRequest | undefined {
  const builder = createRequestBuilder({ target, contract, seed: 'requests', prior: () => ANSWER })
  try {
    return step.request(builder)
  } catch (error) {
    if (error instanceof AnswerNeededError || error instanceof NothingToBuildOn) return undefined
    throw error
  }
}

test('a check of every exchange sends nothing of its own', async () => {
  const own = (await listAllChecks()).filter(({ check }) => check.scenario !== 'every')
  expect(scenarios.size > 0 || own.every(({ yardstick }) => yardstick !== 'openai')).toBe(true)
})

test.each([...scenarios.values()].map((scenario) => ({ id: scenario.id, scenario })))(
  '$id',
  ({ scenario }) => {
    for (const [name, step] of Object.entries<Step>(scenario.steps)) {
      const request = requestOf(step, undefined)
      if (request === undefined) continue
      const flaws = openai
        .requestFlaws(request)
        .map(({ at, expected }) => `${name} ${at} ${expected}`)
      if (step.expect === 'success') expect(flaws).toEqual([])
      else if (step.invalidAt !== undefined) {
        const elsewhere = openai
          .requestFlaws(request)
          .filter(({ at }) => !at.startsWith(step.invalidAt!))
        expect(elsewhere).toEqual([])
      }
    }
  },
)
