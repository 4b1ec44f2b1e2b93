// Mistakes of somebody who has seen the README and --help alone: each ends in a sentence that says what to
// do, with 2 where it is his to change and 3 where nobody answers. What is printed stands in mistakes.txt.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

const KEY = 'a-key-of-a-test-of-mistakes'
const server = await startReference({ keys: [KEY] })
afterAll(() => server.close())
const url = server.url
const host = new URL(url).host

const cwd = createEmptyFolder()
mkdirSync(join(cwd, 'mine'))
writeFileSync(join(cwd, 'mine', 'thesis.txt'), 'four years of work')
writeFileSync(join(cwd, 'notes.md'), '# Notes\n')
writeFileSync(join(cwd, 'broken.yaml'), 'entries: [')

const env = {
  K: KEY,
  WRONG: 'a-key-of-somebody-else',
  LINES: 'first-line\nsecond',
  SPACED: 'sk one',
}
const asked = ['--model', 'reference', '--api-key-env', 'K', '--check', 'basic/object-type']
const run = ['run', '--base-url', url]

const MISTAKES: readonly (readonly string[])[] = [
  // The address.
  [host + '/v1'],
  ['run', '--base-url', `${host}/v1`, ...asked],
  ['run', '--base-url', `htp://${host}/v1`, ...asked],
  ['run', '--base-url', `${url}/chat/completions`, ...asked],
  ['run', '--base-url', url.replace('http', 'https'), ...asked],
  ['run', '--base-url', 'http://127.0.0.1:9/v1', ...asked],
  ['run', '--base-url', 'https://api.exampel.invalid/v1', ...asked],
  ['run', '--base-url', `http://me:secret@${host}/v1`, ...asked],
  ['http://127.0.0.1:9/v1'],
  [url, 'crun'],
  // The key.
  [...run, '--model', 'reference', '--check', 'basic/object-type'],
  [...run, '--model', 'reference', '--api-key', KEY],
  [...run, '--model', 'reference', '--api-key-env', 'NOT_SET'],
  [...run, '--model', 'reference', '--api-key-env', 'sk-Ab3dEf6hIj9kLm2nOp5q'],
  [...run, '--model', 'reference', '--api-key-env', 'WRONG', '--check', 'basic/object-type'],
  [...run, '--model', 'reference', '--api-key-env', 'LINES'],
  [...run, '--model', 'reference', '--api-key-env', 'SPACED'],
  [...run, '--model', 'reference', '--header', 'Authorization: Bearer x'],
  ['run', 'crun'],
  // The model.
  [...run, '--api-key-env', 'K', '--check', 'basic/object-type'],
  [...run, '--model', '--api-key-env', 'K'],
  [...run, '--model', 'refrence', '--api-key-env', 'K', '--check', 'basic/object-type'],
  [...run, '--model', 'gpt-9', '--api-key-env', 'K', '--check', 'basic/object-type'],
  // What is asked.
  ['run', 'crum'],
  ['check', 'basic'],
  [...run, ...asked, '--suite', 'tools'],
  [...run, ...asked, '--check', 'created-at-is-seconds'],
  [...run, ...asked, '--level', 'high'],
  [...run, ...asked, '--client', 'Codex'],
  [...run, ...asked, '--gate', 'OpenAI'],
  [...run, ...asked, '--shard', '4/3'],
  [...run, ...asked, '--max-requests', '0'],
  [...run, ...asked, '--deadline', '30s'],
  [...run, ...asked, '--budget', '90000'],
  [...run, ...asked, '--header', 'X-Team'],
  [...run, ...asked, '--proxy', 'localhost:8080'],
  [...run, ...asked, '--speed', 'high'],
  // Files and folders.
  [...run, ...asked, '--contract', 'notes.md'],
  [...run, ...asked, '--contract', 'nowhere.yaml'],
  [...run, ...asked, '--config', 'nowhere.yaml'],
  [...run, ...asked, '--baseline', 'nowhere.yaml'],
  [...run, ...asked, '--baseline', 'broken.yaml'],
  [...run, ...asked, '--ca', 'nowhere.pem'],
  [...run, ...asked, '--out', 'mine'],
  [...run, ...asked, '--resume', '--out', 'fresh'],
  [...run, ...asked, '--reporter', 'pdf'],
  ['run', '--from-recording', 'notes.md'],
  // Other commands.
  ['compare', 'crun'],
  ['compare', 'crun', 'groq', '--needs', 'tols'],
  ['doctor'],
  ['explain', 'basic/objekt-type'],
  ['merge', 'nowhere'],
  ['diff', 'nowhere', 'neither'],
  ['report', 'site', 'nowhere'],
  ['judge', 'nowhere.har'],
  ['baseline', 'add', '--all', '--reason', 'known'],
  ['init'],
  ['serve', '--port', 'eighty'],
]

/** What differs from one test to the next. */
function settled(text: string): string {
  return text
    .replaceAll(host.replace(':', '-'), 'HOST')
    .replaceAll(host, 'HOST')
    .replaceAll(cwd, '.')
    .replaceAll(/responses-conformance-test-\w+/g, 'FOLDER')
    .replaceAll(/(ENOTFOUND|EAI_AGAIN)/g, 'ENOTFOUND')
}

test('each ends in a sentence', async () => {
  const told: string[] = []
  const odd: string[] = []
  for (const args of MISTAKES) {
    const { code, stdout, stderr } = await runCommandLine(args, { cwd, env })
    const said = stderr
      .split('\n')
      // A forecast and the progress are no part of what went wrong.
      .filter(
        (line) =>
          line !== '' && !/^\S+: \d+ requests?, about |^\S+ {2}\d+\/\d+ requests/.test(line),
      )
    if (code !== 2 && code !== 3) odd.push(`${code}: ${args.join(' ')}`)
    if (said.length === 0) odd.push(`silent: ${args.join(' ')}`)
    expect(stdout + stderr).not.toMatch(
      /^\s+at |fault of responses-conformance|undefined|\[object/m,
    )
    expect(stdout + stderr).not.toContain(KEY)
    expect(stdout + stderr).not.toContain('sk-Ab3dEf6hIj9kLm2nOp5q')
    const line = args.map((arg) => (/[\s$]/.test(arg) ? `'${arg}'` : arg)).join(' ')
    const shown = line.replaceAll(KEY, 'KEY').replaceAll('sk-Ab3dEf6hIj9kLm2nOp5q', 'sk-…')
    told.push(settled(`$ responses-conformance ${shown}\n${said.join('\n')}\n→ ${code}\n`))
  }
  expect(odd).toEqual([])
  await expect(told.join('\n')).toMatchFileSnapshot('mistakes.txt')
})
