import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { CONFIG_FILE } from '../../src/cli/config/config-file.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

let server: Awaited<ReturnType<typeof startReference>>
beforeAll(async () => {
  server = await startReference({ keys: ['a-key-of-an-init-test'] })
})
afterAll(() => server.close())

const key = { OURS_KEY: 'a-key-of-an-init-test' }

test('a contract from an endpoint’s own model list can be run as it stands', async () => {
  const cwd = createEmptyFolder()
  const ask = ['--base-url', server.url, '--models', '--api-key-env', 'OURS_KEY', '--name', 'Ours']
  const made = await runCommandLine(['init', ...ask], { cwd, env: key })
  expect(made).toMatchObject({ code: 0, stdout: 'contract.yaml\n' })
  expect(readFileSync(join(cwd, 'contract.yaml'), 'utf8')).toContain('text: "reference"')
  const run = [
    'run',
    '--contract',
    'contract.yaml',
    '--check',
    'basic/answers-with-text',
    '--quiet',
  ]
  const ran = await runCommandLine([...run, '--api-key-env', 'OURS_KEY'], { cwd, env: key })
  expect(ran).toMatchObject({ code: 0 })
})

test('a configuration from an endpoint can be run as it stands', async () => {
  const cwd = createEmptyFolder()
  const ask = [
    '--base-url',
    server.url,
    '--models',
    '--api-key-env',
    'OURS_KEY',
    '--name',
    'My GPU',
  ]
  const made = await runCommandLine(['init', '--config', ...ask], { cwd, env: key })
  expect(made).toMatchObject({ code: 0, stdout: `${CONFIG_FILE}\n` })
  const run = ['run', 'My-GPU', '--check', 'basic/answers-with-text', '--quiet']
  expect(await runCommandLine(run, { cwd, env: key })).toMatchObject({ code: 0 })
})

test('nothing is overwritten', async () => {
  const cwd = createEmptyFolder()
  writeFileSync(join(cwd, 'contract.yaml'), 'mine')
  const { code, stderr } = await runCommandLine(['init', '--base-url', 'https://a.example'], {
    cwd,
  })
  expect(code).toBe(2)
  expect(stderr).toContain('contract.yaml is there already')
  expect(readFileSync(join(cwd, 'contract.yaml'), 'utf8')).toBe('mine')
})

test.each([
  [['init'], '--base-url'],
  [['init', '--base-url', 'nonsense'], 'is not a base URL'],
  [['init', '--base-url', 'http://127.0.0.1:9', '--models'], 'ECONNREFUSED'],
])('refuses %j', async (args, said) => {
  const cwd = createEmptyFolder()
  const { code, stderr } = await runCommandLine(args, { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain(said)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(existsSync(join(cwd, 'contract.yaml'))).toBe(false)
})

test('without its key the model list is not there, and the reason is told', async () => {
  const args = ['init', '--base-url', server.url, '--models']
  const { code, stderr } = await runCommandLine(args)
  expect(code).toBe(2)
  expect(stderr).toContain('HTTP 401')
})
