// Published OpenAPI documents as a user gives them to the command.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { mapJson } from '../../src/authoring/define.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import { DEFAULT_LIMITS, type Target } from '../../src/target/target-and-keys.ts'
import { resolveTargets } from '../../src/target/resolve-targets.ts'
import { addressOf, credentialsOf } from '../../src/transport/http.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

const FRONT_KEY = 'a-key-of-a-published-document'
const GATEWAY = join(packageRoot, 'tests', 'unit', 'contract', 'published', 'gateway.yaml')

/** What the reference provider keeps. */
const KEPT = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Kept', version: '1' },
  paths: {
    '/v1/responses': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['model', 'input'],
                properties: { model: { type: 'string' }, input: {}, stream: { type: 'boolean' } },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'ok',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['id', 'status'],
                  properties: {
                    id: { type: 'string' },
                    status: { type: 'string' },
                    truncation: { type: 'string', enum: ['auto', 'disabled'] },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  components: { securitySchemes: { token: { type: 'oauth2', flows: {} } } },
})

const right = await startReference({ keys: [FRONT_KEY] })
const wrong = await startReference({
  keys: [FRONT_KEY],
  mutant: { reply: (reply) => mapJson(reply, (body) => ({ ...body, truncation: 7 })) },
})
const pages = createServer((request, reply) => {
  if (request.url !== '/openapi.json') reply.writeHead(404).end()
  else reply.end(KEPT)
})
await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
const site = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
afterAll(async () => {
  pages.close()
  await right.close()
  await wrong.close()
})

const ours = ['--model', 'reference', '--api-key-env', 'OUR_KEY', '--check', 'basic/fields/*']
const env = { OUR_KEY: FRONT_KEY }

describe('run', () => {
  test.each([
    ['a server that keeps it', right.url, 0],
    ['a server that does not', wrong.url, 1],
  ])('judges %s', async (_, url, code) => {
    const cwd = createEmptyFolder()
    writeFileSync(join(cwd, 'kept.json'), KEPT)
    const given = ['run', '--contract', 'kept.json', '--base-url', url, ...ours, '--out', 'out']
    const ran = await runCommandLine(given, { cwd, env })
    expect(ran).toMatchObject({
      code,
      stderr: expect.stringContaining('kept.json /servers: not used'),
    })
    const result = readRunResult(readFileSync(join(cwd, 'out', 'run.json'), 'utf8'), 'run.json')
    const failing = result.verdicts.filter(
      ({ yardstick, outcome }) => yardstick === 'own' && outcome === 'fail',
    )
    expect(failing.map(({ check }) => check)).toEqual(code === 0 ? [] : ['basic/fields/truncation'])
  })

  test('takes a document from its address, and keeps it beside the results', async () => {
    const cwd = createEmptyFolder()
    const given = ['--contract', `${site}/openapi.json`, '--base-url', right.url]
    const ran = await runCommandLine(['run', ...given, ...ours, '--out', 'out/one'], { cwd, env })
    expect(ran.code).toBe(0)
    expect(existsSync(join(cwd, 'out', 'contracts', '127.0.0.1-openapi.json'))).toBe(true)
  })
})

test('init --from writes a contract that audit and run take', async () => {
  const cwd = createEmptyFolder()
  const made = await runCommandLine(['init', '--from', GATEWAY, '--name', 'Ours'], { cwd })
  expect(made).toMatchObject({ code: 0, stdout: 'contract.yaml\n' })
  expect(readFileSync(join(cwd, 'contract.yaml'), 'utf8')).toContain('key: OURS_API_KEY')
  const audited = await runCommandLine(['audit', '--contract', 'contract.yaml'], { cwd })
  expect(audited).toMatchObject({ code: 0, stderr: '' })
})

describe('bad input ends with a sentence and exit 2', () => {
  test.each<[string, readonly string[], string]>([
    ['an address without a document', ['audit', '--contract', `${site}/nothing`], 'HTTP 404'],
    ['a path that it has not', ['audit', '--contract', GATEWAY, '--path', '/x'], '/beta/responses'],
    ['a path without a document', ['run', '--path', '/x', '--base-url', site], '--contract'],
    ['no file', ['init', '--from', 'nowhere.yaml'], 'There is no file "nowhere.yaml"'],
  ])('%s', async (_, given, said) => {
    const { code, stderr } = await runCommandLine(given)
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)])
  })
})

test('each form of a key is sent as the document says', () => {
  process.env['OUR_PUBLISHED_KEY'] = 'me:secret'
  const target = {
    baseUrl: 'https://a.example/v1',
    keyEnv: 'OUR_PUBLISHED_KEY',
    limits: DEFAULT_LIMITS,
    headers: {},
    query: { 'api-version': '7' },
  } as unknown as Target
  const request = { operation: 'create', method: 'POST', path: '/responses' } as const
  const plain = 'https://a.example/v1/responses?api-version=7'
  const sent = (auth: Target['auth'][number]) => [
    addressOf({ ...target, auth: [auth] }, request),
    credentialsOf({ ...target, auth: [auth] }, request),
  ]
  expect(sent({ header: 'Authorization', prefix: 'Basic ', form: 'basic' })).toEqual([
    plain,
    { Authorization: 'Basic bWU6c2VjcmV0' },
  ])
  expect(sent({ header: 'key', prefix: '', form: 'query' })).toEqual([
    `${plain}&key=me%3Asecret`,
    {},
  ])
  expect(sent({ header: 'Cookie', prefix: 's=' })).toEqual([plain, { Cookie: 's=me:secret' }])
  delete process.env['OUR_PUBLISHED_KEY']
})

test('a base URL says what every request is sent with, and no secret', () => {
  const of = (baseUrl: string) => resolveTargets([], { baseUrl, model: 'm' })[0]
  expect(of('https://a.example/openai?api-version=7')).toMatchObject({
    baseUrl: 'https://a.example/openai',
    query: { 'api-version': '7' },
  })
  expect(() => of('https://a.example/v1?api-key=x')).toThrow('--api-key-env')
})
