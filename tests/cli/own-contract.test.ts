// A contract of the user's own in what a run writes: named, quoted, and asked again by its file.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

const FRONT_KEY = 'a-key-of-our-own-contract'
const ORG_KEY = 'the-key-of-an-organisation'

const server = await startReference({
  keys: [FRONT_KEY],
  model: 'our-model',
  mutant: {
    reply: (reply) => ({
      ...reply,
      status: 400,
      body: { json: { error: { message: 'no', type: 'x', code: null, param: 'input' } } },
    }),
  },
})
afterAll(() => server.close())

const CONTRACT = `openapi: 3.1.0
info: { title: Our gateway, version: "2026-11-20" }
security: [{ bearer: [] }]
components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
paths: { /responses: { post: { operationId: create, responses: { "200": { description: ok } } } } }
x-kind: provider
x-follows: openai
x-provider: { name: Ours, key: OUR_KEY, models: { text: our-model } }
x-sources:
  page:
    title: Our handbook
    url: https://example.com/handbook
    retrieved: "2026-11-20"
    kind: document
x-claims:
  - { at: promise openai-format, status: documented, words: Follows the format., source: page }
`

test('its id, edition and sources are in the result, and its file in the commands to copy', async () => {
  const cwd = createEmptyFolder()
  writeFileSync(join(cwd, 'ours.yaml'), CONTRACT)
  const given = ['--contract', './ours.yaml', '--base-url', server.url]
  const headers = ['--header', 'X-Region: eu west', '--header', 'X-Org-Key: ${ORG_KEY}']
  const { code, stdout, stderr } = await runCommandLine(
    [
      'run',
      ...given,
      ...headers,
      '--check',
      'basic/status-is-terminal',
      '--out',
      'out',
      '--verbose',
    ],
    { cwd, env: { OUR_KEY: FRONT_KEY, ORG_KEY } },
  )
  expect([code, stderr]).toEqual([1, expect.stringContaining('ours: ')])
  const read = (name: string): string => readFileSync(join(cwd, 'out', name), 'utf8')
  const result = readRunResult(read('run.json'), 'run.json')
  expect(result.targets[0]).toMatchObject({
    id: 'ours',
    contract: 'ours',
    contractFile: 'ours.yaml',
    edition: '2026-11-20',
    headers: { 'x-region': 'eu west', 'x-org-key': '${ORG_KEY}' },
  })
  expect(result.contracts['ours']).toMatchObject({
    title: 'Our gateway',
    edition: '2026-11-20',
    sources: [{ id: 'page', title: 'Our handbook', url: 'https://example.com/handbook' }],
  })
  expect(result.documents.some(({ provider }) => provider === 'ours')).toBe(true)
  const repeat =
    `run --contract ours.yaml --base-url ${server.url} --model our-model ` +
    `--header 'x-region: eu west' --header 'x-org-key: \${ORG_KEY}' --check basic/accepted`
  expect(read('matrix.md')).toContain(repeat)
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(repeat)
  expect(read('report.html')).toContain('Our handbook')
  expect(['run.json', 'report.html', 'matrix.md', 'journal.jsonl'].map(read).join()).not.toContain(
    ORG_KEY,
  )
  // The journal says it all: what is recovered needs no file of the contract.
  const recovered = await runCommandLine(['report', 'out', '--from-journal', '--out', 'again'], {
    cwd: cwd,
  })
  expect(recovered.code).toBe(1)
  const again = readRunResult(readFileSync(join(cwd, 'again', 'run.json'), 'utf8'), 'run.json')
  expect(again.contracts['ours']).toEqual(result.contracts['ours'])
})

test('a header that looks like a key is refused, wherever it is written', async () => {
  const line = 'X-Gateway: sk-Ab3dEf6hIj9kLm2nOp5q'
  const target = ['--base-url', server.url, '--model', 'm']
  const { code, stderr } = await runCommandLine(['run', ...target, '--header', line])
  expect([code, stderr]).toEqual([2, expect.stringContaining('x-gateway: ${NAME}')])
  expect(stderr).not.toContain('sk-Ab3dEf6hIj9kLm2nOp5q')
})

test('what is refused by name is left out, null and many fields too, and the rest is judged', async () => {
  const names = ['one', 'two', 'three', 'four', 'five', 'six']
  const properties = Object.fromEntries(names.map((name) => [name, { enum: ['on', null] }]))
  const document = {
    openapi: '3.1.0',
    info: { title: 'A gateway', version: '1' },
    paths: {
      '/responses': {
        post: {
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    model: {},
                    input: {},
                    user: { type: ['string', 'null'] },
                    ...properties,
                  },
                },
              },
            },
          },
          responses: { '200': { description: 'ok' } },
        },
      },
    },
  }
  const cwd = createEmptyFolder()
  writeFileSync(join(cwd, 'gateway.json'), JSON.stringify(document))
  const strict = await startReference({ keys: [FRONT_KEY], model: 'our-model' })
  const asked = ['--base-url', strict.url, '--model', 'our-model', '--api-key-env', 'OUR_KEY']
  await runCommandLine(
    [
      'run',
      '--contract',
      'gateway.json',
      ...asked,
      '--check',
      'parameters/accepted/*',
      '--out',
      'out',
    ],
    { cwd, env: { OUR_KEY: FRONT_KEY } },
  )
  await strict.close()
  const file = join(cwd, 'out', 'run.json')
  const rows = readRunResult(readFileSync(file, 'utf8'), file).verdicts.filter(
    ({ yardstick }) => yardstick === 'own',
  )
  const outcomeOf = (check: string) =>
    rows.find((row) => row.check === `parameters/accepted/${check}`)?.outcome
  expect(rows.filter(({ outcome }) => outcome === 'inconclusive')).toEqual([])
  expect(outcomeOf('user-null')).toBe('pass')
  for (const value of ['on', 'null'])
    expect(names.map((name) => outcomeOf(`${name}-${value}`))).toEqual(names.map(() => 'fail'))
})
