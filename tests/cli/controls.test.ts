// Controls in the words of what they are, and addresses of the test that nobody has to fetch from.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { Mutation, Verdict } from '../../src/types/index.ts'
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
