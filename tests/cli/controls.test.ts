// Controls in the words of what they are, and addresses of the test that nobody has to fetch from.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { Mutation, Verdict } from '../../src/types/index.ts'
import { mapBody, mapResponse, without } from '../../src/authoring/define.ts'
import { mapUsage } from '../../suites/common/mutants.ts'
import { answerAnyway } from '../../suites/common/refusals.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

const KEY = 'a-key-of-a-test-of-controls'

async function judge(mutant: Mutation, ...checks: readonly string[]): Promise<readonly Verdict[]> {
  const server = await startReference({ keys: [KEY], mutant })
  const out = createEmptyFolder()
  const args = ['run', '--base-url', server.url, '--model', 'reference', '--api-key-env', 'K']
  await runCommandLine([...args, '--check', ...checks, '--out', out], { env: { K: KEY } })
  await server.close()
  const file = join(out, 'run.json')
  return readRunResult(readFileSync(file, 'utf8'), file).verdicts.filter(
    ({ yardstick }) => yardstick === 'openai',
  )
}

/** A server that refuses to fetch a picture, in these words. */
const refuseToFetch = (message: string): Mutation => ({
  reply: (reply, { text }) =>
    text.includes('/image.png')
      ? { ...reply, status: 400, body: { json: { error: { message, type: 'bad_request' } } } }
      : reply,
})

test.each([
  ['The URL policy of this server rejected the address', 'inconclusive'],
  ['Unable to fetch image from URL', 'inconclusive'],
  ['The picture is upside down', 'fail'],
])('a picture at an address of the test: "%s" is %s', async (message, outcome) => {
  const rows = await judge(refuseToFetch(message), 'image/*')
  const row = rows.find(
    ({ check, scenario }) => check === 'image/accepted' && scenario === 'image/by-url',
  )
  expect(row?.outcome).toBe(outcome)
})

test('what breaks without a key is held beside the same request with its key', async () => {
  const rows = await judge(
    {
      reply: (reply, { headers }) =>
        headers['authorization'] === undefined
          ? { ...reply, status: 500, body: { raw: 'no key' } }
          : reply,
    },
    'auth/asks-for-a-key',
  )
  const [finding] = rows.find(({ check }) => check === 'auth/asks-for-a-key')?.findings ?? []
  expect(finding?.control).toMatch(/^the same request with its key: 200/)
})

test('a retrieval that breaks is held beside a plain question', async () => {
  const rows = await judge(
    {
      reply: (reply, { method, path }) =>
        method === 'GET' && path.startsWith('/responses/')
          ? { ...reply, status: 500, body: { raw: 'broken' } }
          : reply,
    },
    'lifecycle/stored-is-retrievable',
    'lifecycle/lists-input-items',
  )
  const broken = rows.flatMap(({ findings }) => findings).filter(({ kind }) => kind === 'crashed')
  expect(broken.length).toBeGreaterThan(0)
  expect(broken.map(({ expected }) => expected)).toContain('a 2xx status, as for a plain question')
  expect(broken.filter(({ control = '' }) => control.startsWith('the same request'))).toEqual([])
})

const outcomeOf = (rows: readonly Verdict[], check: string, scenario?: string): string =>
  rows.find((row) => row.check === check && (scenario ?? row.scenario) === row.scenario)?.outcome ??
  'no row'

test('a setting of the wrong type that is taken warns, and one that breaks the server fails', async () => {
  const names = ['include-is-a-string', 'metadata-is-a-string', 'list-as-body', 'text-as-body']
  const checks = names.map((name) => `errors/grid/${name}`)
  const rows = await judge(
    {
      reply: (reply, request) => {
        const { text, path } = request
        if (path !== '/responses' || reply.status !== 400) return reply
        const broken = { ...reply, status: 500, body: { json: { error: { message: 'oops' } } } }
        return text.includes('"metadata":"none"') ? broken : answerAnyway(reply, request)
      },
    },
    ...checks,
  )
  expect(checks.map((check) => outcomeOf(rows, check))).toEqual(['warn', 'fail', 'fail', 'fail'])
})

test.each([
  ['GET is not supported here', 'warn'],
  ['something went wrong', 'fail'],
])('a retrieval answered 500: "%s" is %s', async (message, outcome) => {
  const rows = await judge(
    {
      reply: (reply, { method, path }) =>
        method === 'GET' && /^\/responses\/resp_\w+$/.test(path)
          ? { ...reply, status: 500, body: { json: { error: { message } } } }
          : reply,
    },
    'lifecycle/streamed-is-retrievable',
  )
  expect(outcomeOf(rows, 'lifecycle/accepted', 'lifecycle/streamed')).toBe(outcome)
})

test.each([
  ['one model, which the answer names', 1, 'warn'],
  ['two models', 2, 'fail'],
])('an unknown model, answered where the list has %s', async (_, count, outcome) => {
  const model = { id: 'reference', object: 'model', created: 1_700_000_000, owned_by: 'x' }
  const rows = await judge(
    {
      reply: (reply, request) =>
        request.path === '/models'
          ? { ...reply, body: { json: { object: 'list', data: [model, model].slice(0, count) } } }
          : request.text.includes('"nonexistent-')
            ? answerAnyway(reply, request)
            : reply,
    },
    'errors/grid/unknown-model',
    'lifecycle/lists-the-model',
  )
  expect(outcomeOf(rows, 'errors/grid/unknown-model')).toBe(outcome)
})

test('an answer above the limit that says it was cut there has counted otherwise', async () => {
  const rows = await judge(
    {
      reply: (reply) =>
        mapUsage(reply, (usage) => ({ ...usage, output_tokens: 21, total_tokens: 60 })),
    },
    'basic/says-why-incomplete',
    'usage/stays-within-the-budget',
  )
  expect(outcomeOf(rows, 'usage/stays-within-the-budget')).toBe('warn')
})

test('a field that no document has is contested', async () => {
  const rows = await judge(
    { reply: (reply) => mapResponse(reply, (response) => ({ ...response, store: null })) },
    'basic/fields/store',
  )
  expect(outcomeOf(rows, 'basic/fields/store')).toBe('warn')
})

test('who calls nothing where a call is required says nothing of searches and custom tools', async () => {
  const rows = await judge(
    { request: (request) => mapBody(request, (body) => without(body, 'tools', 'tool_choice')) },
    'hosted-tools/leaves-a-search-behind',
    'streaming/streams-a-custom-call',
    'tool/required-means-a-call',
  )
  expect(outcomeOf(rows, 'tool/required-means-a-call')).toBe('fail')
  expect(outcomeOf(rows, 'hosted-tools/leaves-a-search-behind')).toBe('inconclusive')
  expect(outcomeOf(rows, 'streaming/streams-a-custom-call')).toBe('inconclusive')
})
