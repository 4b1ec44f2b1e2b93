// The action's step, as GitHub would start it: inputs and files in the environment, no GitHub.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference, type Reference } from '../../reference/main.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { mapResponse } from '../../src/authoring/define.ts'

interface Job {
  readonly cwd: string
  readonly code: number
  readonly log: string
  readonly summary: string
  readonly outputs: string
}

let server: Reference
beforeAll(async () => {
  server = await startReference()
})
afterAll(() => server.close())

async function job(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  cwd = createEmptyFolder(),
): Promise<Job> {
  const files = { GITHUB_STEP_SUMMARY: join(cwd, 'summary'), GITHUB_OUTPUT: join(cwd, 'outputs') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const script = join(packageRoot, 'action', 'run.mjs')
  const all = { PATH: process.env['PATH'], ...files, ...env }
  const [code, log] = await new Promise<readonly [number, string]>((resolve) =>
    execFile(
      process.execPath,
      [script],
      { cwd, env: { ...all, CONFORMANCE_INPUTS: JSON.stringify(inputs) } },
      (error, stdout, stderr) => resolve([Number(error?.code ?? 0), stdout + stderr]),
    ),
  )
  const read = (file: string): string => readFileSync(file, 'utf8')
  return {
    cwd,
    code,
    log,
    summary: read(files.GITHUB_STEP_SUMMARY),
    outputs: read(files.GITHUB_OUTPUT),
  }
}

const staging = (): Readonly<Record<string, string>> => ({
  'base-url': server.url,
  model: 'reference',
  'api-key-env': 'STAGING_KEY',
  check: 'basic/created-at-is-seconds basic/status-is-terminal',
  out: 'found',
})

describe('a job that gates a staging endpoint', () => {
  test('is green, red with what to fix after a fault, and never red for a fork that has only the recording', async () => {
    const key = { STAGING_KEY: 'test' }
    expect(await job(staging(), key)).toMatchObject({
      code: 0,
      outputs: 'exit-code=0\nresults=found\nasked=true\n',
    })
    server.mutate({
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, created_at: Date.now() })),
    })
    const red = await job(staging(), key)
    server.mutate(undefined)
    const fork = await job({
      ...staging(),
      'without-key': 'documents',
      recording: join(red.cwd, 'found'),
    })
    expect(fork.code).toBe(0)
    expect(fork.log).not.toContain('::error')
    expect(fork.summary).toMatch(/^> \*\*Documented and recorded evidence only\.\*\*/)
    expect(fork.summary).toContain('/created_at')
    expect(red.code).toBe(1)
    expect(red.log).toMatch(/^::error title=[^:]+basic\/created-at-is-seconds::/m)
    expect(red.summary).toContain('/created_at')
    expect(red.outputs).toContain('exit-code=1')
  })
})

test('shows nothing of an earlier run, and nothing that is not wanted', async () => {
  const key = { STAGING_KEY: 'test' }
  const first = await job(staging(), key)
  expect(first.summary).toContain('conforms')
  // The same folder on a runner that is kept; this time nothing can be asked.
  const again = await job({ ...staging(), model: '', check: 'no/such' }, key, first.cwd)
  expect([again.code, again.log]).toEqual([2, expect.stringContaining('::error')])
  expect(again.summary).toContain('Exit code 2: wrong use')
  expect(again.summary).not.toContain('conforms')
  expect(existsSync(join(first.cwd, 'found', 'run.json'))).toBe(false)
  const quiet = await job({ ...staging(), summary: 'false', annotations: 'false' }, key)
  expect([quiet.code, quiet.summary, quiet.log]).toEqual([0, '', expect.not.stringContaining('::')])
})

test('shards of a matrix are joined by a job of its own', async () => {
  const key = { STAGING_KEY: 'test' }
  const cwd = createEmptyFolder()
  for (const part of ['1/2', '2/2']) {
    const out = `shards/part-${part[0]}`
    await job({ ...staging(), shard: part, out }, key, cwd)
  }
  const whole = await job({ merge: 'shards/*', out: 'merged' }, {}, cwd)
  expect([whole.code, whole.outputs]).toEqual([0, 'exit-code=0\nresults=merged\nasked=true\n'])
  expect(whole.summary).toContain('# Responses API conformance: conforms')
  const half = await job({ merge: 'shards/part-1', out: 'merged' }, {}, cwd)
  expect([half.code, half.log]).toEqual([2, expect.stringContaining('shard 2/2 is missing')])
  const none = await job({ merge: 'nothing/*' }, {}, cwd)
  expect([none.code, none.log]).toEqual([2, expect.stringContaining('nothing to merge at nothing')])
})

test('an input never becomes a command or an option', async () => {
  const odd = { ...staging(), model: '$(touch pwned) `id` --api-key=x', check: 'basic/created*' }
  const { log, code } = await job(odd, { STAGING_KEY: 'test' })
  expect(log).not.toContain('shell history')
  expect(code).not.toBe(2)
})

describe('without a key', () => {
  test('it is red and names the variable', async () => {
    const { code, log } = await job(staging())
    expect(code).toBe(2)
    expect(log).toContain('STAGING_KEY')
    expect(log).toContain('::error')
  })

  test('a fork is told what documents say, clearly labelled, and stays green', async () => {
    const fork = await job({ targets: 'crun', 'without-key': 'documents' })
    expect(fork).toMatchObject({ code: 0, outputs: 'exit-code=0\nresults=\nasked=false\n' })
    expect(fork.log).toContain('::notice title=Documented evidence only::')
    expect(fork.summary).toMatch(/^> \*\*Documented evidence only\.\*\* No request was sent/)
    expect(fork.summary).toContain('CRUN')
  })
})

test('the inputs of action.yml are those that the step reads, and options of the command', () => {
  const { inputs } = parse(readFileSync(join(packageRoot, 'action.yml'), 'utf8')) as {
    inputs: Readonly<Record<string, unknown>>
  }
  const script = readFileSync(join(packageRoot, 'action', 'run.mjs'), 'utf8')
  const options = ['src/cli/commands/run.ts', 'src/cli/options.ts']
    .map((file) => readFileSync(join(packageRoot, file), 'utf8'))
    .join('\n')
  const apart = [
    'targets',
    'merge',
    'summary',
    'annotations',
    'out',
    'working-directory',
    'artifact',
    'without-key',
    'recording',
  ]
  for (const name of Object.keys(inputs)) {
    if (!['working-directory', 'artifact'].includes(name)) {
      expect(script).toMatch(new RegExp(`'${name}'|inputs\\.${name}\\b`))
    }
    if (!apart.includes(name)) expect(options).toContain(`--${name}`)
  }
})

test.each([
  ['all inputs empty', { 'base-url': '', model: '', smoke: 'true' }, {}],
  ['a key whose endpoint is empty', { 'base-url': '', 'api-key-env': 'STAGING_KEY' }, {}],
  ['variables of an SDK without an address', { model: '' }, { OPENAI_API_KEY: 'sk-0123456789' }],
] as const)('%s: the job fails, and asks nobody', async (_, inputs, env) => {
  const { code, log, outputs } = await job(inputs, env)
  expect(code).toBe(2)
  expect(log).toContain('No target: ')
  expect(outputs).toContain('exit-code=2')
})
