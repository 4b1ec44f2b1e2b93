// `judge` as a user calls it: several files, what is left out, and evidence that is where the result says.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunResult } from '../../src/types/index.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

const samples = join(import.meta.dirname, '../unit/traffic/samples')

test('files and folders of any kind, and what of them is not judged', async () => {
  const cwd = createEmptyFolder()
  mkdirSync(join(cwd, 'traffic/deeper'), { recursive: true })
  for (const name of ['vcrpy.yaml', 'nock-gzip.json', 'codex-rollout.jsonl']) {
    writeFileSync(join(cwd, 'traffic/deeper', name), readFileSync(join(samples, name)))
  }
  writeFileSync(join(cwd, 'traffic/README'), 'not a recording \u001b[31m')
  const har = join(samples, 'chromium-embed.har')
  const { code, stdout, stderr } = await runCommandLine(['judge', 'traffic', har], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('conforms in what was asked: what holds for every exchange')
  expect(stderr).toContain('vcrpy.yaml (cassette of VCR, vcrpy, Betamax or go-vcr): 4 exchanges')
  expect(stderr).toContain('nock-gzip.json (nock): 3 exchanges')
  expect(stderr).toMatch(/left out: lines 1-11: Codex keeps the items/)
  expect(stderr).toContain('left out: entry 1: GET /: not an endpoint of this API')
  expect(stderr).toContain('not judged: traffic/README begins with "not a recording \\u001b[31m"')
  expect(stderr).not.toContain('\u001b')
})

test('the evidence that a result names is there, and holds no key', async () => {
  const cwd = createEmptyFolder()
  const text = readFileSync(join(samples, 'curl-v.txt'), 'utf8')
  writeFileSync(join(cwd, 'spoilt.txt'), text.replaceAll('"status":"completed"', '"status":"done"'))
  const { code, stdout } = await runCommandLine(
    ['judge', 'spoilt.txt', '--out', 'out', '--verbose'],
    { cwd },
  )
  expect(code).toBe(1)
  const result = JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8')) as RunResult
  const named = result.verdicts.flatMap(({ evidence }) => Object.values(evidence))
  expect(named.length).toBeGreaterThan(0)
  expect(readFileSync(join(cwd, 'out/not-judged.txt'), 'utf8')).toBe('')
  for (const id of named) {
    const { file } = result.evidence[id]!
    expect(stdout).toContain(file)
    const saved = readFileSync(join(cwd, 'out', file), 'utf8')
    expect(saved).toContain('"unrecorded"')
    expect(saved).not.toContain('sk-recorded')
  }
})

test('without a folder the evidence is the recording, and the place in it', async () => {
  const cwd = createEmptyFolder()
  const text = readFileSync(join(samples, 'vcrpy.yaml'), 'utf8')
  writeFileSync(join(cwd, 'a.yaml'), text.replaceAll('"status":"completed"', '"status":"done"'))
  const { stdout } = await runCommandLine(['judge', 'a.yaml', '--verbose'], { cwd })
  expect(stdout).toContain('a.yaml, interaction 1')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'run openai --base-url http://127.0.0.1:23300/v1 --model reference --check',
  )
  expect(existsSync(join(cwd, 'evidence'))).toBe(false)
})

test.each([
  [['nowhere.har'], 'nowhere.har is not there'],
  [['empty.jsonl'], 'empty.jsonl is empty: there is nothing to judge'],
  [[join(samples, 'litellm.jsonl')], 'Nothing of'],
  [['empty'], 'Nothing of empty can be judged: there is no file in it'],
])('%j', async (args, said) => {
  const cwd = createEmptyFolder()
  writeFileSync(join(cwd, 'empty.jsonl'), '\n')
  mkdirSync(join(cwd, 'empty'))
  const { code, stderr } = await runCommandLine(['judge', ...args], { cwd })
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)])
})

test('many that are left out: the terminal counts them, a file has each', async () => {
  const cwd = createEmptyFolder()
  const answer = readFileSync(join(samples, 'curl-i.txt'), 'utf8').split('\r\n\r\n')[1]!
  const page = (at: number): string =>
    `{"url":"https://h/${at % 2 === 0 ? 'page' : at}","request":{"method":"GET"},"response":{"status":200,"body":"x"}}`
  const lines = Array.from({ length: 200 }, (_, at) => page(at))
  writeFileSync(join(cwd, 'many.jsonl'), [answer.trim(), ...lines].join('\n'))
  const { code, stderr } = await runCommandLine(['judge', 'many.jsonl', '--out', 'out'], { cwd })
  expect(code).toBe(0)
  expect(stderr).toMatch(/left out: lines 2, 4, 6, .* and 60 more: GET \/page: not an endpoint/)
  expect(stderr).toContain('left out: 61 more, for other reasons: --out DIR writes all')
  const written = readFileSync(join(cwd, 'out/not-judged.txt'), 'utf8')
  expect(written.trim().split('\n')).toHaveLength(200)
})
