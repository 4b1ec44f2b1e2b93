// What a sentence of a provider's page is judged by: right answers hold, and one that is wrong in this alone does not.

import { expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import { findProbeOf } from '../../../suites/basic/claim-probes.ts'
import {
  createAnsweredExchange,
  createEmptyResponse,
  createStreamedExchange,
} from '../../exchange.ts'
import type { ApiPath, Exchange } from '../../../src/types/index.ts'

const answer = (more = {}): Exchange =>
  createAnsweredExchange(createEmptyResponse('completed', more))
const refusal = createAnsweredExchange({ error: { message: 'No.', type: 'x' } }, 400)
const stream = (types: readonly string[], number = (at: number) => at): Exchange =>
  createStreamedExchange(types.map((type, at) => ({ type, sequence_number: number(at) })))
const EVENTS = ['response.created', 'response.completed']

test.each<[string, ApiPath, string, Exchange, Exchange]>([
  ['groq', 'request /store = true', 'ask', answer({ store: false }), answer({ store: true })],
  ['openrouter', 'request /store = true', 'ask', refusal, answer({ store: true })],
  ['vllm', 'request /store = true', 'ask', answer(), refusal],
  ['vllm', 'request /input = <string>', 'ask', answer(), refusal],
  ['vllm', 'request /input = <array>', 'ask', answer(), refusal],
  ['upstage', 'request /*', 'ask', answer(), refusal],
  ['litellm', 'request /*', 'ask', answer(), refusal],
  ['vllm', 'response /usage', 'plain', answer({ usage: { output_tokens: 1 } }), answer()],
  ['vllm', 'response /status', 'plain', answer(), answer({ status: 'done' })],
  ['upstage', 'stream sequence-number', 'stream', stream(EVENTS), stream(EVENTS, () => 0)],
  ['upstage', 'stream terminal-event', 'stream', stream(EVENTS), stream(EVENTS.slice(0, 1))],
])('%s: %s', (provider, at, step, right, wrong) => {
  const contract = loadContract(provider)
  const claim = contract.claims.find(({ hinge }) => hinge === at)!
  const probe = findProbeOf(claim, contract)!
  expect(probe.judge({ [step]: right })).toMatchObject({ kind: 'holds' })
  expect(probe.judge({ [step]: wrong })).toMatchObject({ kind: 'violated' })
})
