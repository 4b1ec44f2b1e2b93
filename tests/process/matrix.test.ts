// Servers that do not come up as their file says: one sentence, and nothing is left running or written.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { measureServer } from '../../matrix/measure.ts'
import type { ServerFile } from '../../matrix/server-file.ts'
import { createEmptyFolder } from '../empty-folder.ts'

const SERVER = `
  const [port] = process.argv.slice(2)
  require('node:fs').writeFileSync('pid', String(process.pid))
  require('node:http').createServer((_, answer) => answer.end('{}')).listen(port, '127.0.0.1')
`

function describeServer(changes: Partial<ServerFile>): ServerFile {
  return {
    id: 'it',
    name: 'A server',
    version: '1.2.3',
    homepage: 'https://example.com',
    licence: 'MIT',
    install: [['{node}', '-e', 'require("node:fs").writeFileSync("installed", "")']],
    files: { 'server.cjs': SERVER },
    start: ['{node}', 'server.cjs', '{port}'],
    ready: { path: '/', seconds: 30 },
    base: '/v1',
    model: 'm',
    upstream: { own: 'nothing' },
    ...changes,
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('it is installed, started, asked, stopped and removed', async () => {
  const results = createEmptyFolder()
  const seen: number[] = []
  const asking = measureServer(describeServer({}), {
    results,
    run: async (_, baseUrl) => {
      const { status } = await fetch(baseUrl)
      seen.push(status)
    },
  })
  await expect(asking).rejects.toThrow(/holds no run.json of a finished run/)
  expect(seen).toEqual([200])
  expect(readdirSync(results)).toEqual([])
})

test.each<[string, Partial<ServerFile>, RegExp]>([
  [
    'an install step that fails',
    { install: [['{node}', '-e', 'console.error("no such package"); process.exit(7)']] },
    /the install step .* ended with 7: no such package/,
  ],
  [
    'an install program that is not there',
    { install: [['no-such-program-here']] },
    /cannot be started/,
  ],
  [
    'a server that ends at once',
    { start: ['{node}', '-e', 'console.error("half installed"); process.exit(3)'] },
    /ended with 3 before it was ready: half installed/,
  ],
  [
    'a server that never answers',
    { start: ['{node}', '-e', 'setInterval(() => {}, 1000)'], ready: { path: '/', seconds: 1 } },
    /was not ready at http:\/\/127\.0\.0\.1:\d+\/ within 1 s/,
  ],
  [
    'a program that is needed and not there',
    { needs: ['no-such-program-here'] },
    /^it: no-such-program-here is needed and is not on the PATH; install it first$/,
  ],
  ['a server that was recorded', { recorded: 'by hand' }, /judged from traffic.*by hand/],
])('%s is one sentence', async (_, changes, sentence) => {
  const results = createEmptyFolder()
  const failing = measureServer(describeServer(changes), {
    results,
    ...(changes.start === undefined ? {} : { installed: createEmptyFolder() }),
    run: async () => {},
  })
  await expect(failing).rejects.toThrow(sentence)
  expect(readdirSync(results)).toEqual([])
})

test('what a server started is stopped with it', async () => {
  const installed = createEmptyFolder()
  const parent = `
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ['server.cjs', process.argv[1]], { stdio: 'ignore' })
    setInterval(() => child.pid, 1000)
  `
  const file = describeServer({ start: ['{node}', '-e', parent, '{port}'] })
  let pid = 0
  const asking = measureServer(file, {
    results: createEmptyFolder(),
    installed,
    run: async () => {
      pid = Number(readFileSync(join(installed, 'pid'), 'utf8'))
      throw new Error('the run breaks off')
    },
  })
  await expect(asking).rejects.toThrow('the run breaks off')
  expect(pid).toBeGreaterThan(0)
  expect(isRunning(pid)).toBe(false)
  expect(existsSync(join(installed, 'server.cjs'))).toBe(true)
})

test('a port in use is said', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const asking = measureServer(describeServer({}), {
    results: createEmptyFolder(),
    installed: createEmptyFolder(),
    port,
    run: async () => {},
  })
  await expect(asking).rejects.toThrow(`it: port ${port} is in use`)
  other.close()
})

/** Stands for docker: its run starts what follows the image, and says what it was asked. */
const DOCKER = `#!${process.execPath}
  const { appendFileSync } = require('node:fs')
  const { spawn } = require('node:child_process')
  const [verb, ...rest] = process.argv.slice(2)
  appendFileSync(process.env.ASKED_OF_DOCKER, JSON.stringify([verb, ...rest]) + '\\n')
  if (verb === 'run') {
    const at = rest.indexOf('--entrypoint')
    spawn(rest[at + 1], rest.slice(at + 3), { stdio: 'inherit' })
  }
`

test('a container image is pulled, run, asked and removed', async () => {
  const programs = createEmptyFolder()
  writeFileSync(join(programs, 'docker'), DOCKER, { mode: 0o755 })
  const asked = join(programs, 'asked')
  const before = process.env['PATH']
  process.env['PATH'] = `${programs}${delimiter}${before}`
  process.env['ASKED_OF_DOCKER'] = asked
  try {
    const { install: _, ...plain } = describeServer({
      image: 'a/b:1.2.3',
      environment: { PLACE: '{folder}' },
      start: ['{node}', 'server.cjs', '{port}'],
    })
    let status = 0
    const asking = measureServer(plain, {
      results: createEmptyFolder(),
      run: async (_file, baseUrl) => void ({ status } = await fetch(baseUrl)),
    })
    await expect(asking).rejects.toThrow(/holds no run.json/)
    expect(status).toBe(200)
  } finally {
    process.env['PATH'] = before
    delete process.env['ASKED_OF_DOCKER']
  }
  const [pull, run, remove] = readFileSync(asked, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string[])
  const name = run![run!.indexOf('--name') + 1]!
  const folder = run![run!.indexOf('--volume') + 1]!.split(':')[0]!
  expect(pull).toEqual(['pull', '--quiet', 'a/b:1.2.3'])
  expect(run).toContain(`PLACE=${folder}`)
  expect(remove).toEqual(['rm', '--force', name])
  expect(existsSync(folder)).toBe(false)
})
