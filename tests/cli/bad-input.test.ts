// Whatever a person mistypes: what is wrong and what to do, exit code 2, and no stack trace.

import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readVersion } from '../../src/base/package-root.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

const cwd = createEmptyFolder()
mkdirSync(join(cwd, 'folder'))
writeFileSync(join(cwd, 'file.json'), '{"format":"x"}')
writeFileSync(
  join(cwd, 'broken.pem'),
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
)

const TARGET = ['run', '--base-url', 'http://127.0.0.1:1/v1', '--model', 'm']

test.each([
  [[...TARGET, '--baseline', 'folder'], 'There is no baseline folder'],
  [[...TARGET, '--ca', 'folder'], 'There is no file "folder" (--ca)'],
  [[...TARGET, '--ca', 'file.json'], 'holds no certificate'],
  [[...TARGET, '--ca', 'broken.pem'], 'holds no certificate'],
  [[...TARGET, '--out', 'file.json'], 'file.json is a file'],
  [[...TARGET, '--out', 'file.json/out'], 'lies below a file'],
  [[...TARGET, '--record', 'nowhere/recording.json'], 'nowhere is not there'],
  [[...TARGET, '--contract', 'folder'], 'There is no contract "folder"'],
  [['report', 'file.json'], 'its "format" is "x"'],
  [['judge', 'file.json'], 'is of no format that judge reads'],
  [['rejudge', 'folder'], 'holds no journal'],
  [['merge', 'folder'], 'holds no journal.jsonl'],
  [['serve', '--port', '99999'], 'at most 65535'],
])('%j', async (args, said) => {
  const { code, stderr, stdout } = await runCommandLine(args, { cwd })
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)])
  expect(stdout + stderr).not.toMatch(/\n {4}at |fault of responses-conformance/)
})

test('a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { code, stderr } = await runCommandLine(['serve', '--port', String(port)])
  server.close()
  expect([code, stderr]).toEqual([2, expect.stringContaining(`127.0.0.1 port ${port}: another`)])
})

test('its version is that of the package', async () => {
  const { code, stdout } = await runCommandLine(['--version'])
  expect([code, stdout.trim()]).toEqual([0, readVersion()])
})
