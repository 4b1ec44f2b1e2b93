// Attempts at green without a target that was judged: none succeeds.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { run, UsageError } from '../../src/index.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

const KEY = 'a-key-of-a-test-of-green'
const server = await startReference({ keys: [KEY] })
const doors: { close(): unknown }[] = [server]
afterAll(() => Promise.all(doors.map((door) => door.close())))

/** A server that does one thing to everybody. */
async function door(listener: RequestListener): Promise<string> {
  const opened = createServer(listener)
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  doors.push({
    close: () => {
      opened.closeAllConnections()
      opened.close()
    },
  })
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}/v1`
}

const says =
  (status: number, type: string, text: string): RequestListener =>
  (_, reply) =>
    void reply.writeHead(status, { 'content-type': type, 'retry-after-ms': '1' }).end(text)

const json = 'application/json'
const closed = 'http://127.0.0.1:9/v1'
const locked = await door(says(401, json, '{"error":{"message":"who?"}}'))
const missing = await door(says(404, json, '{"detail":"Not Found"}'))
const page = await door(says(200, 'text/html', '<!doctype html>Welcome'))
const down = await door(says(503, json, '{"error":{"message":"no worker"}}'))
const busy = await door(says(429, json, '{"error":{"message":"later"}}'))
const silent = await door(() => undefined)
const refusing = await door(says(501, json, '{"error":{"message":"not implemented"}}'))
const empty = await door(says(200, json, '{}'))

const CHECK = ['--check', 'basic/object-type', '--quiet']
const of = (url: string, ...more: readonly string[]): readonly string[] => [
  'run',
  '--base-url',
  url,
  '--model',
  'reference',
  ...CHECK,
  ...more,
]

/** A folder with what somebody else's job, or an earlier one, left behind. */
const cwd = createEmptyFolder()
const env = { K: KEY }
await runCommandLine(of(server.url, '--api-key-env', 'K', '--out', 'green'), { cwd, env })
await runCommandLine(
  [
    ...of(server.url, '--api-key-env', 'K', '--out', 'cut', '--check', 'basic/*'),
    '--max-requests',
    '2',
  ],
  { cwd, env },
)
await runCommandLine(of(server.url, '--api-key-env', 'K', '--shard', '1/2', '--out', 'part'), {
  cwd,
  env,
})
mkdirSync(join(cwd, 'hollow'))
writeFileSync(join(cwd, 'hollow', 'journal.jsonl'), '')
const [start] = readFileSync(join(cwd, 'green', 'journal.jsonl'), 'utf8').split('\n')
mkdirSync(join(cwd, 'begun'))
writeFileSync(join(cwd, 'begun', 'journal.jsonl'), `${start}\n`)
writeFileSync(join(cwd, 'none.yaml'), 'targets: {}\n')

const ATTEMPTS: readonly (readonly [
  how: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
])[] = [
  ['no word at all', []],
  ['run alone', ['run']],
  ['a few quick questions to nobody', ['run', '--smoke']],
  ['an address from a variable that is unset', ['run', '--base-url', '', '--model', '']],
  ['a name from a variable that is unset', ['run', '']],
  ['a target from a variable that is unset', ['run', '--target', '']],
  ['a contract from a variable that is unset', ['run', '--contract', '']],
  ['a key alone', ['run', '--api-key-env', 'K'], env],
  ['a command for a key alone', ['run', '--api-key-command', 'echo key-0123456789']],
  ['OPENAI_API_KEY alone', [], { OPENAI_API_KEY: KEY }],
  ['an empty OPENAI_BASE_URL', [], { OPENAI_BASE_URL: ' ', OPENAI_API_KEY: KEY }],
  ['a configuration without targets', ['run', '--config', 'none.yaml']],
  ['a baseline alone', ['run', '--baseline', 'none.yaml']],
  ['a closed port', of(closed)],
  [
    'OPENAI_BASE_URL of a closed port',
    ['run', ...CHECK],
    { OPENAI_BASE_URL: closed, OPENAI_MODEL: 'm' },
  ],
  ['a server that refuses every key', of(locked)],
  ['a server that has nothing', of(missing)],
  ['a web page', of(page)],
  ['a server that is down', of(down)],
  ['a server that is busy', of(busy)],
  ['a server that never answers', of(silent, '--deadline', '1')],
  ['a server that implements nothing', of(refusing)],
  ['a server that says nothing', of(empty)],
  [
    'a yardstick that has no word on it',
    of(server.url, '--api-key-env', 'K', '--gate', 'own'),
    env,
  ],
  ['a level that nobody has', of(server.url, '--api-key-env', 'K', '--level', 'may'), env],
  ['time for nothing', of(silent, '--max-time', '1')],
  ['a budget for nothing', of(server.url, '--api-key-env', 'K', '--max-requests', '1'), env],
  ["another target's result", of(closed, '--resume', '--out', 'green')],
  [
    'another selection',
    [...of(server.url, '--api-key-env', 'K'), '--smoke', '--resume', '--out', 'green'],
    env,
  ],
  ['a result that was cut short', ['report', 'cut']],
  ['… judged anew', ['rejudge', 'cut', '--out', 'cut-again']],
  ['… joined', ['merge', 'cut', '--out', 'cut-joined']],
  ['a part of a whole, joined', ['merge', 'part', '--out', 'half']],
  ['a folder that holds nothing', ['rejudge', 'hollow', '--out', 'hollow-again']],
  ['a run that only began', ['rejudge', 'begun', '--out', 'begun-again']],
  ['… recovered', ['report', 'begun', '--from-journal', '--out', 'begun-report']],
  ['a need without a target', ['compare', '--needs', 'tools']],
]

test.each(ATTEMPTS.map(([how, args, env = {}]) => ({ how, args, env })))(
  '$how',
  async (attempt) => {
    const { args, env } = attempt
    const { code, stdout, stderr } = await runCommandLine(args, { cwd, env })
    expect([0, 5]).not.toContain(code)
    expect(stdout).not.toMatch(/^conforms/m)
    expect(stdout + stderr).not.toMatch(/^\s+at /m)
  },
)

test('the programming interface', async () => {
  const out = join(createEmptyFolder(), 'out')
  await expect(run({ out })).rejects.toBeInstanceOf(UsageError)
  await expect(run({ out, smoke: true })).rejects.toThrow('No target')
  await expect(run({ out, baseUrl: '', model: '' })).rejects.toThrow('is not a base URL')
  const { exitCode } = await run({ out, baseUrl: closed, model: 'm', check: ['basic/object-type'] })
  expect(exitCode).toBe(3)
})
