// Right answers that are unlike the reference's: no check of theirs may accuse them.

import { expect, test } from 'vitest'
import {
  judgeUnknown,
  judgeUnknownId,
  isUnsupported,
} from '../../../src/authoring/judge-refusal.ts'
import { decodeBody } from '../../../src/transport/decode-body.ts'
import type {
  Exchange,
  JudgeContext,
  Json,
  JsonObject,
  WireRequest,
} from '../../../src/types/index.ts'
import outputIsAList from '../../../suites/basic/checks/output-is-a-list.ts'
import { isCutShort } from '../../../suites/common/answers.ts'
import { isOfAMissingRoute } from '../../../suites/errors/missing-route.ts'
import listsWhatWasSaid from '../../../suites/lifecycle/checks/lists-what-was-said.ts'
import { toldWordsOf } from '../../../suites/lifecycle/scenarios.ts'
import { compareStored } from '../../../suites/lifecycle/stored-response.ts'
import { findBlamed } from '../../../suites/parameters/refused-parameter.ts'
import repeatsItsItems from '../../../suites/streaming/checks/repeats-its-items-at-the-end.ts'
import tellsItsThoughts from '../../../suites/streaming/checks/tells-its-thoughts.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { createAnsweredExchange, createStreamedExchange } from '../../exchange.ts'

function answer(value: Json, status = 200, json: JsonObject = {}): Exchange {
  const request = {
    operation: 'create',
    method: 'POST',
    path: '/responses',
    body: { json },
  } as const
  return createAnsweredExchange(value, status, request)
}

function refusal(error: JsonObject): Exchange {
  return answer({ error }, 400)
}

const trials = ['include', 'tools', 'text.verbosity', 'store'].map((name) => ({
  at: `/${name.replaceAll('.', '/')}`,
  name,
  value: null,
}))

test.each<[string, JsonObject, string | undefined]>([
  ['a verb is no parameter', { message: 'each entry must include a name' }, undefined],
  ['a quoted word is', { message: "Unknown parameter: 'include'." }, 'include'],
  ['a path is about its field', { message: 'tools[0].function.name is empty' }, 'tools'],
  ['the subject of the sentence', { message: 'store is not offered' }, 'store'],
  ['param before the message', { message: "wrong 'store'", param: 'tools[1]' }, 'tools'],
  ['a neighbour is not blamed', { message: 'no', param: 'text.format' }, undefined],
])('whom a refusal blames: %s', (_, error, name) => {
  expect(findBlamed(refusal(error), trials)?.name).toBe(name)
})

const retrieval: WireRequest = { operation: 'retrieve', method: 'GET', path: '/responses/resp_1' }
const page: Exchange = {
  ...answer(null, 404),
  request: retrieval,
  body: { kind: 'text', text: '404 page not found' },
}

test('a 404 is a 404, in whatever words', () => {
  const bare = { ...answer({ message: 'Not here.' }, 404), request: retrieval }
  expect(judgeUnknown('again', page, 'it was deleted')).toMatchObject({ kind: 'holds' })
  expect(judgeUnknownId('retrieve', bare)).toMatchObject({ kind: 'holds' })
})

test('a missing route is no wrong answer about an id', () => {
  expect(judgeUnknownId('retrieve', page)).toMatchObject({ kind: 'inconclusive' })
  expect(judgeUnknown('retrieve', { ...page, status: 405 }, 'x')).toMatchObject({
    kind: 'inconclusive',
  })
})

test.each<[string, JsonObject, boolean]>([
  ['no count, and few words', { output_tokens: null }, false],
  ['fewer tokens than the budget', { output_tokens: 6 }, false],
  ['the whole budget', { output_tokens: 16 }, true],
])('whether an answer was cut short: %s', (_, usage, isCut) => {
  const message = {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text: 'ready' }],
  }
  const value = { object: 'response', status: 'completed', output: [message], usage }
  expect(isCutShort(answer(value, 200, { max_output_tokens: 16 }))).toBe(isCut)
})

test("a vendor's own figure may be told once only", () => {
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
  const created = answer({ usage })
  expect(compareStored('again', created, answer({ usage: { ...usage, cost: null } }))).toEqual([])
  expect(compareStored('again', created, answer({ usage: null }))).toHaveLength(1)
})

test('null and a missing key say the same of a stored answer', () => {
  const item = { id: 'msg_1', type: 'message' }
  const created = answer({ output: [item], instructions: null })
  expect(compareStored('again', created, answer({ output: [{ ...item, phase: null }] }))).toEqual(
    [],
  )
  expect(compareStored('again', created, answer({ output: [] }))).toHaveLength(1)
})

const ROUTE: WireRequest = { operation: 'input-items', method: 'GET', path: '/responses/resp_1/x' }

test.each<[string, Json, boolean]>([
  ["a framework's own words", { detail: 'Not Found' }, true],
  ["a server's about the id", { detail: "Response 'resp_1' not found" }, false],
])('what a 404 without an error object is of: %s', (_, value, isMissing) => {
  expect(isOfAMissingRoute({ ...answer(value, 404), request: ROUTE })).toBe(isMissing)
  expect(isOfAMissingRoute(answer(value, 400))).toBe(false)
})

test('input that is listed in another order was listed', () => {
  const newestFirst = toldWordsOf('nonce').toReversed()
  const listed = newestFirst.map((text, index) => ({
    id: `msg_${index}`,
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text }],
  }))
  const up = { ...answer({ data: listed }), request: ROUTE }
  expect(listsWhatWasSaid.judge({ up }, { nonce: 'nonce' } as JudgeContext).kind).toBe('holds')
})

test('a list of output without an item is a list, where nothing else is counted', () => {
  const value = { object: 'response', status: 'completed', output: [] }
  const judge = (usage: Json): string =>
    outputIsAList.judge({ exchange: answer({ ...value, usage }) }, {} as JudgeContext).kind
  expect(judge(null)).toBe('holds')
  expect(judge({ output_tokens: 1 })).toBe('holds')
  expect(judge({ output_tokens: 9 })).toBe('violated')
})

test('what a code calls unsupported by name is not offered; a mistake is none', () => {
  const about = { id: 'tool/x', title: '', tier: 'core', steps: {} } as const
  const scenario = { ...about, apiPaths: ['request /tools/*/type = function'] }
  const says = (code: string, param: string) => refusal({ message: 'no', code, param })
  expect(isUnsupported(says('unsupported_parameter', 'tools'), scenario)).toBe(true)
  expect(isUnsupported(says('invalid_value', 'tools'), scenario)).toBe(false)
  expect(isUnsupported(says('unsupported_parameter', 'input'), scenario)).toBe(false)
})

test.each<[string, boolean]>([
  ['model tiny does not support tools', true],
  ["Unsupported parameter: 'tools'.", true],
  ['the stools are not supported', false],
  ['tools must not be empty', false],
])('what words call unsupported by name: %s', (message, isSaid) => {
  const scenario = { id: 'x/y', title: '', tier: 'core', steps: {} } as const
  const apiPaths = ['request /tools/*/type = function'] as const
  expect(isUnsupported(refusal({ message }), { ...scenario, apiPaths })).toBe(isSaid)
})

test('JSON that is labelled as a stream is read as JSON', () => {
  const text = '{"error":{"message":"no","type":"invalid_request_error"}}'
  const body = decodeBody({
    request: {
      operation: 'create',
      method: 'POST',
      path: '/responses',
      body: { json: { stream: true } },
    },
    status: 400,
    headers: [['content-type', 'text/event-stream']],
    bytes: Buffer.from(text),
    chunks: [],
    ending: 'complete',
    leftOpen: false,
  })
  expect(body).toMatchObject({ kind: 'json', text })
})

const byOpenAI = { contract: loadContract('openai'), yardstick: 'openai' } as JudgeContext

test.each([
  ['a field that no document has', { own_counter: 2 }, 'holds'],
  ['a published field', { status: 'in_progress' }, 'violated'],
])('the final item differs from the streamed one in %s', (_, change, kind) => {
  const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [] }
  const at = { output_index: 0, sequence_number: 0 }
  const exchange = createStreamedExchange([
    { type: 'response.output_item.added', item: { ...item, status: 'in_progress' }, ...at },
    { type: 'response.output_item.done', item, ...at, sequence_number: 1 },
    {
      type: 'response.completed',
      response: { id: 'resp_1', output: [{ ...item, ...change }] },
      sequence_number: 2,
    },
  ])
  expect(repeatsItsItems.judge({ exchange }, byOpenAI).kind).toBe(kind)
})

test.each([
  ['without a word in it', {}, 'not-shown'],
  ['with a summary', { summary: [{ type: 'summary_text', text: 'So.' }] }, 'violated'],
  ['that is sealed', { encrypted_content: 'x' }, 'violated'],
])('a reasoning item %s, and none in the stream', (_, told, kind) => {
  const item = { type: 'reasoning', id: 'rs_1', summary: [], ...told }
  const plain = answer({ object: 'response', output: [item] } as Json)
  const stream = createStreamedExchange([{ type: 'response.completed', response: { output: [] } }])
  expect(tellsItsThoughts.judge({ plain, stream }, byOpenAI).kind).toBe(kind)
})
