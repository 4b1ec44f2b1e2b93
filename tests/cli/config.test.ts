import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { CONFIG_FILE, findConfig } from '../../src/cli/config/config-file.ts'
import { initConfig } from '../../src/cli/config/starter.ts'
import { ContractError } from '../../src/base/errors.ts'
import type { FileProblem } from '../../src/base/errors.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

function written(text: string, folder = createEmptyFolder()): string {
  const file = join(folder, CONFIG_FILE)
  writeFileSync(file, text)
  return file
}

function mistakes(text: string): readonly FileProblem[] {
  try {
    findConfig(written(text))
    return []
  } catch (error) {
    if (error instanceof ContractError) return error.problems
    throw error
  }
}

describe('the file', () => {
  const starter = { name: 'ours', baseUrl: 'https://a.example/v1', model: 'm: "1"' }

  test('that init writes is sound, with and without its comments', () => {
    const text = initConfig(starter)
    const config = findConfig(written(text))
    expect(config?.targets['ours']).toMatchObject({ baseUrl: starter.baseUrl, model: 'm: "1"' })
    const uncommented = text
      .replaceAll(/^#( {4}(?: {2})?(?! )|[a-z])/gm, '$1')
      .replace(/^ {4}contract:.*$/m, '    contract: lemondata')
      .replace(/^ {4}ca:.*$/m, `    ca: ${CONFIG_FILE}`)
    const all = findConfig(written(uncommented))
    expect(all?.choices).toMatchObject({ suite: ['basic', 'streaming', 'tool'], attempts: 2 })
    expect(all?.targets['ours']).toMatchObject({
      header: ['X-Region: eu', 'X-Team: ${TEAM_TOKEN}'],
      secondKeyEnv: 'SECOND_API_KEY',
      maxTokens: 200000,
      fixtures: { image: { word: 'lantern' } },
    })
  })

  test('says what is meant by a word that no set-up can lack', () => {
    const text = `targets:
  a:
    base-url: https://a.example/v1
    model: m
    setup: { lacks: [model, tool, strem-ends] }
`
    expect(mistakes(text)).toMatchObject([
      { line: 5, wrong: 'there is no feature or capability "strem-ends"', write: '"stream-ends"' },
    ])
  })

  test('is refused with every mistake at once, each with its line', () => {
    const secret = ['sk', 'proj', '9aF3kQ7zLm2Xc8Vb5Nt1'].join('-')
    const found = mistakes(`targets:
  a:
    base-url: ftp://a.example
    modle: m
    model: m
  b:
    contract: ./nowhere.yaml
  c: { base-url: "https://c.example/v1" }
  d:
    contract: lemondata
    headers:
      authorization: Bearer abc
      x-team: ${secret}
    concurrency: 0
suites: [strem, basics]
gate: [ours]
`)
    expect(found.map(({ line, pointer }) => `${line} ${pointer}`)).toEqual([
      '3 /targets/a/base-url',
      '4 /targets/a/modle',
      '7 /targets/b/contract',
      '8 /targets/c',
      '12 /targets/d/headers/authorization',
      '13 /targets/d/headers/x-team',
      '14 /targets/d/concurrency',
      '15 /suites/0',
      '15 /suites/1',
      '16 /gate/0',
    ])
    expect(found.map(({ write }) => write)).toContain('"model"')
    expect(found.map(({ write }) => write)).toContain('"basic"')
    expect(JSON.stringify(found)).not.toContain(secret)
  })

  test.each([
    ['targets: [', 'no YAML'],
    ['targets:\n  a: }\n', 'no YAML'],
    ['- a', 'no configuration'],
    ['', 'no configuration'],
    ['targets: { "a b": { base-url: "https://a.example", model: m } }', 'cannot be typed'],
    ['targets: { a: { base-url: "https://a.example", model: m, ca: nowhere.pem } }', 'no file'],
  ])('%j', (text, wrong) => {
    expect(mistakes(text).map((mistake) => mistake.wrong)).toEqual([expect.stringContaining(wrong)])
  })
})

describe('the command', () => {
  let server: Awaited<ReturnType<typeof startReference>>
  const key = 'a-key-of-a-config-test'
  beforeAll(async () => {
    server = await startReference({ keys: [key] })
  })
  afterAll(() => server.close())

  const config = (more = ''): string => `targets:
  one: { base-url: "${server.url}", model: reference, api-key-env: ONE_KEY }
  two: { base-url: "${server.url}", model: reference, api-key-env: ONE_KEY, gate: [open-responses] }
checks: [basic/answers-with-text]
gate: [openai]
out: there
${more}`

  test('asks the named target with the key of .env, and says so', async () => {
    const folder = createEmptyFolder()
    written(config(), folder)
    writeFileSync(join(folder, '.env'), `ONE_KEY=${key}\nRESPONSES_OTHER=1\n`)
    const { code, stderr } = await runCommandLine(['run', 'one'], {
      cwd: folder,
      env: { RESPONSES_OTHER: '2' },
    })
    expect(stderr).toContain('.env: ONE_KEY\n')
    expect(stderr).not.toContain(key)
    const result = resultOf(join(folder, 'there'))
    expect(result.targets.map(({ id, gate }) => [id, gate])).toEqual([['one', ['openai']]])
    expect(code).toBe(0)
  })

  test('asks every target without a name; flags override the file', async () => {
    const folder = createEmptyFolder()
    written(config(), folder)
    await runCommandLine(['run', '--quiet', '--out', 'elsewhere', '--check', 'basic/has-an-id'], {
      cwd: folder,
      env: { ONE_KEY: key },
    })
    const result = resultOf(join(folder, 'elsewhere'))
    expect(result.targets.map(({ id, gate }) => [id, gate])).toEqual([
      ['one', ['openai']],
      ['two', ['open-responses']],
    ])
    expect(Object.keys(result.checks)).not.toContain('basic/answers-with-text')
  })

  test.each([
    [['run', 'oen'], 'did you mean "one"?'],
    [['run', 'one'], 'ONE_KEY'],
    [['run', '--model', 'm'], 'describes one target'],
    [['run', 'one', 'one'], 'named twice'],
    [['run', '--config', 'nowhere.yaml'], 'There is no configuration "nowhere.yaml"'],
    [['run', 'one', '--header', 'Authorization: Bearer x'], 'secret on the command line'],
  ])('refuses %j', async (args, said) => {
    const folder = createEmptyFolder()
    written(config(), folder)
    const env = args.includes('--header') ? { ONE_KEY: key } : {}
    const { code, stdout, stderr } = await runCommandLine(args, { cwd: folder, env })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('masks what a header takes from the environment wherever the provider repeats it', async () => {
    const secret = 'a-secret-team-token-of-a-header'
    const echo = createServer((request, reply) => {
      const error = {
        message: `team ${request.headers['x-team']} is unknown`,
        type: 'x',
        code: 'x',
      }
      reply.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))
    })
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/v1`
    const folder = createEmptyFolder()
    const what = ['--model', 'm', '--check', 'basic/answers-with-text', '--out', 'out']
    const { code, stdout } = await runCommandLine(
      ['run', '--base-url', url, '--header', 'X-Team: ${TEAM_TOKEN}', ...what],
      { cwd: folder, env: { TEAM_TOKEN: secret } },
    )
    await new Promise((resolve) => echo.close(resolve))
    expect(code).toBe(1)
    expect(stdout).not.toContain(secret)
    const files = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    expect(files.some((text) => text.includes(`team ${'*'.repeat(secret.length)}`))).toBe(true)
    expect(files.filter((text) => text.includes(secret))).toEqual([])
  })
})

function resultOf(folder: string): RunResult {
  const file = join(folder, 'run.json')
  return readRunResult(readFileSync(file, 'utf8'), file)
}
