// What is asked, and that nothing is green where nothing was.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference, type Reference } from '../../reference/main.ts'
import { mapJson } from '../../src/authoring/define.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

const KEY = 'a-key-of-a-test-of-targets'
const CHECK = ['--check', 'basic/object-type']

let server: Reference
beforeAll(async () => {
  server = await startReference({ keys: [KEY] })
})
afterAll(() => server.close())

/** Lists these models, and keeps the keys that it is sent. */
async function listing(...models: readonly string[]) {
  const keys: (string | undefined)[] = []
  const agents = new Set<string | undefined>()
  const list = createServer((request, response) => {
    keys.push(request.headers.authorization)
    agents.add(request.headers.accept && request.headers['user-agent'])
    const data = models.map((id) => ({ id, object: 'model' }))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'list', data }))
  })
  await new Promise<void>((resolve) => list.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(list.address() as AddressInfo).port}/v1`
  return { url, keys, agents, close: () => list.close() }
}

describe('without a target nothing is green', () => {
  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
    ['in CI', [], {}],
    ['run in CI', ['run'], { CI: 'true' }],
    ['smoke in CI', ['run', '--smoke'], {}],
    ['the variable of a key named', ['run', '--api-key-env', 'STAGING_KEY'], { CI: '' }],
    ['… and set', ['run', '--api-key-env', 'K'], { CI: '', K: KEY }],
    ['a header', ['run', '--header', 'X-Team: a'], { CI: '' }],
    ['a baseline', ['run', '--baseline', 'known.yaml'], { CI: '' }],
    ['a folder to continue', ['run', '--resume'], { CI: '' }],
    ['only a model', ['run', '--model', 'm'], { CI: '' }],
    ['an empty base URL', ['run', '--base-url', '', '--model', 'm'], { CI: '' }],
    ['an empty name', ['run', ''], { CI: '' }],
    ['an empty contract', ['run', '--contract', ''], { CI: '' }],
    ['an empty target', ['run', '--target', ''], { CI: '' }],
    ['OPENAI_API_KEY alone', [], { CI: '', OPENAI_API_KEY: KEY }],
    ['OPENAI_MODEL alone', [], { CI: '', OPENAI_MODEL: 'm' }],
    ['OPENAI_BASE_URL empty', [], { CI: '', OPENAI_BASE_URL: '' }],
    ['our own variable', [], { CI: '', RESPONSES_CONFORMANCE_API_KEY: KEY }],
  ])('%s', async (_, args, env) => {
    const { code, stdout, stderr } = await runCommandLine(args, { env })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/\S/)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('and the demo says in its last line that it was one', async () => {
    const { code, stdout } = await runCommandLine(['demo', ...CHECK])
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^This was a demo: the built-in/)
  })
})

describe('one argument', () => {
  test('runs, with the only model of the list', async () => {
    const cwd = createEmptyFolder()
    const server = await startReference({
      keys: [KEY],
      mutant: {
        reply: (reply) =>
          mapJson(reply, (body) =>
            body['object'] === 'list' ? { ...body, data: [{ id: 'reference' }] } : body,
          ),
      },
    })
    const { code, stderr } = await runCommandLine([server.url, ...CHECK], {
      cwd,
      env: { OPENAI_API_KEY: KEY },
    })
    await server.close()
    expect(stderr.split('\n')[0]).toBe(
      `target: ${server.url} from the command line, key from OPENAI_API_KEY, model reference, the only one of its list`,
    )
    expect(code).toBe(0)
    const file = join(cwd, 'results', 'latest', 'run.json')
    expect(readRunResult(readFileSync(file, 'utf8'), file).targets).toMatchObject([
      { endpoint: server.url },
    ])
  })

  test('asks for a choice among several models, and names them', async () => {
    const list = await listing('big', 'small', 'text-embedding-3')
    const { code, stderr } = await runCommandLine([list.url])
    list.close()
    expect(code).toBe(2)
    expect(stderr).toContain('lists 3: big, small, text-embedding-3; choose one with --model NAME')
  })

  test('says that there is no list', async () => {
    const { code, stderr } = await runCommandLine([server.url])
    expect(code).toBe(2)
    expect(stderr).toContain('/models gives none (HTTP 401); choose one with --model NAME')
  })

  test('is one', async () => {
    expect(await runCommandLine([server.url, 'crun'])).toMatchObject({ code: 2 })
    expect(await runCommandLine(['run', server.url, '--base-url', server.url])).toMatchObject({
      code: 2,
    })
  })
})

describe('the variables that SDKs read', () => {
  test('name the target, and the first line says so', async () => {
    const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY, OPENAI_MODEL: 'reference' }
    const { code, stderr } = await runCommandLine(['run', ...CHECK], { env })
    expect(stderr.split('\n')[0]).toBe(
      `target: ${server.url} from OPENAI_BASE_URL, key from OPENAI_API_KEY, model reference from OPENAI_MODEL`,
    )
    expect(code).toBe(0)
  })

  test('give way to flags', async () => {
    const list = await listing('one')
    const env = { OPENAI_BASE_URL: list.url, OPENAI_API_KEY: 'another-key-0123456789', K: KEY }
    const target = ['--base-url', server.url, '--model', 'reference', '--api-key-env', 'K']
    const { code } = await runCommandLine(['run', ...target, ...CHECK], { env })
    list.close()
    expect([code, list.keys]).toEqual([0, []])
  })

  test('send their key to no target of a list or a contract', async () => {
    const list = await listing('one')
    const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.url }
    const target = `ours=${list.url},model=one`
    await runCommandLine(['run', '--target', target, ...CHECK], { env })
    list.close()
    expect(list.keys.length).toBeGreaterThan(0)
    expect(list.keys.filter((sent) => sent !== undefined)).toEqual([])
  })
})

test('a request says who sends it, unless the user says another', async () => {
  const list = await listing('one')
  await runCommandLine([list.url, ...CHECK, '--out', 'first'])
  expect([...list.agents]).toEqual([expect.stringMatching(/^responses-conformance\/\d/)])
  list.agents.clear()
  await runCommandLine(['run', list.url, '--header', 'User-Agent: ours', ...CHECK])
  list.close()
  expect([...list.agents]).toEqual(['ours'])
})

describe('a command that prints the key', () => {
  /** A script that prints another key each time, and what starts it. */
  function printer(cwd: string): string {
    const script = join(cwd, 'print.mjs')
    writeFileSync(
      script,
      `import { existsSync, readFileSync, writeFileSync } from 'node:fs'
       const count = existsSync('count') ? Number(readFileSync('count')) + 1 : 1
       writeFileSync('count', String(count))
       console.log('printed-key-0123456789-' + count)`,
    )
    return `"${process.execPath}" "${script}"`
  }

  test('is asked again when the key has expired, and no key is written', async () => {
    const cwd = createEmptyFolder()
    let asked = 0
    const door = createServer((request, response) => {
      asked += 1
      // Each key is good for four requests.
      const wanted = `Bearer printed-key-0123456789-${Math.ceil(asked / 5)}`
      const isGood = request.headers.authorization === wanted && asked % 5 !== 0
      const echoed = { error: { message: `${request.headers.authorization} has expired` } }
      response.setHeader('content-type', 'application/json')
      if (!isGood) return void response.writeHead(401).end(JSON.stringify(echoed))
      response.end(JSON.stringify({ object: 'response', id: 'resp_1', output: [] }))
    })
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/v1`
    const given = ['run', url, '--model', 'm', '--api-key-command', printer(cwd)]
    const asking = ['--check', 'basic/*', '--concurrency', '1', '--out', 'out']
    const { code, stdout, stderr } = await runCommandLine([...given, ...asking], {
      cwd,
      env: { OPENAI_API_KEY: KEY },
    })
    door.close()
    expect(code).toBe(1)
    expect(Number(readFileSync(join(cwd, 'count'), 'utf8'))).toBeGreaterThan(1)
    const files = readdirSync(join(cwd, 'out'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(cwd, 'out', name))
      .filter((file) => statSync(file).isFile())
    const written = [stdout, stderr, ...files.map((file) => readFileSync(file, 'utf8'))]
    expect(written.filter((text) => text.includes('printed-key'))).toEqual([])
    // An expired key decides nothing.
    const { verdicts } = readRunResult(readFileSync(join(cwd, 'out', 'run.json'), 'utf8'), cwd)
    expect(verdicts.filter(({ reason }) => reason === 'credentials')).toEqual([])
  })

  test.each([
    ['exit 3', 'printed no key: it ended with 3'],
    ['echo a key', 'it printed something else'],
    ['true', 'it printed nothing'],
  ])('%s is refused', async (command, says) => {
    const given = ['run', server.url, '--model', 'm', '--api-key-command', command]
    const { code, stderr } = await runCommandLine(given)
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
  })

  test('and a variable are one too many', async () => {
    const given = [
      'run',
      server.url,
      '--model',
      'm',
      '--api-key-command',
      'x',
      '--api-key-env',
      'K',
    ]
    const { code, stderr } = await runCommandLine(given, { env: { K: KEY } })
    expect([code, stderr]).toEqual([2, expect.stringContaining('leave one out')])
  })
})

describe('--resume', () => {
  test.each([
    ['another model', ['--model', 'other'], /another model: .*"reference".* not .*"other"/],
    ['another selection', ['--check', 'basic/has-an-id'], /another selection: /],
  ])('refuses %s', async (_, change, says) => {
    const cwd = createEmptyFolder()
    const given = ['run', '--base-url', server.url, '--api-key-env', 'K', '--out', 'out']
    const env = { K: KEY }
    const begun = ['--model', 'reference', ...CHECK]
    expect(await runCommandLine([...given, ...begun], { cwd, env })).toMatchObject({ code: 0 })
    expect(await runCommandLine([...given, ...begun, '--resume'], { cwd, env })).toMatchObject({
      code: 0,
    })
    const kept = readFileSync(join(cwd, 'out', 'journal.jsonl'), 'utf8')
    const changed =
      change[0] === '--model' ? [...change, ...CHECK] : ['--model', 'reference', ...change]
    const { code, stderr } = await runCommandLine([...given, ...changed, '--resume'], { cwd, env })
    expect([code, stderr]).toEqual([2, expect.stringMatching(says)])
    expect(readFileSync(join(cwd, 'out', 'journal.jsonl'), 'utf8')).toBe(kept)
  })

  test('refuses another base URL', async () => {
    const cwd = createEmptyFolder()
    const given = ['run', '--target']
    const env = { K: KEY }
    const of = (url: string): readonly string[] => [
      ...given,
      `ours=${url},model=reference,api-key-env=K`,
      ...CHECK,
      '--out',
      'out',
    ]
    await runCommandLine(of(server.url), { cwd, env })
    const { code, stderr } = await runCommandLine([...of('http://127.0.0.1:9/v1'), '--resume'], {
      cwd,
      env,
    })
    expect([code, stderr]).toEqual([2, expect.stringContaining('another base URL')])
  })
})
