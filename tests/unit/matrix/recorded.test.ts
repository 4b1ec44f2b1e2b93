// What was recorded of a server is judged, stored and judged again like a run; another's is refused.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkSetup, compareResults, judgeEvidence } from '../../../matrix/check-results.ts'
import { storeRecorded } from '../../../matrix/measure.ts'
import { readStored, writeStored } from '../../../matrix/results.ts'
import type { ServerFile } from '../../../matrix/server-file.ts'
import { createEmptyFolder } from '../../empty-folder.ts'

const date = '2026-11-30'
const server: ServerFile = {
  id: 'it',
  name: 'A server',
  version: '1.2.3',
  homepage: 'https://example.com',
  licence: 'MIT',
  recorded: 'by hand',
  base: '/v1',
  model: 'm',
  upstream: { own: 'canned answers' },
}

const recordLine = (changes: object = {}): object => ({
  host: 'it',
  request: { method: 'POST', path: '/v1/responses', body: { model: 'm', input: 'hi' } },
  response: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: 'resp_1',
      object: 'response',
      model: 'm',
      status: 'completed',
      output: [],
    }),
  },
  ...changes,
})

function writeLines(lines: readonly (object | string)[]): string {
  const file = join(createEmptyFolder(), 'it.jsonl')
  writeFileSync(
    file,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  )
  return file
}

test('it is stored with its traffic, and borne out by it', async () => {
  const results = createEmptyFolder()
  const { run } = await storeRecorded(server, writeLines([recordLine()]), { results, date })
  expect(run.verdicts.some(({ outcome }) => outcome === 'fail')).toBe(true)
  const stored = readStored('it', date, results)
  checkSetup(stored, server)
  const judged = await judgeEvidence(stored.evidence, server)
  expect(compareResults(stored.run, judged)).toEqual([])
  expect(judged.targets[0]).toMatchObject({ origin: 'recorded', setup: { version: '1.2.3' } })

  const forged = { ...stored.run, verdicts: stored.run.verdicts.slice(1) }
  writeStored({ ...stored, run: forged }, [], results)
  const again = readStored('it', date, results)
  expect(compareResults(again.run, await judgeEvidence(again.evidence, server))).not.toEqual([])
})

test.each<[string, readonly (object | string)[], RegExp]>([
  [
    'another host',
    [recordLine(), recordLine({ host: 'other' })],
    /^it: exchange 2 is of another host/,
  ],
  ['a line that is null', ['null'], /^it: exchange 1 is of another host/],
  ['a line that is no JSON', [recordLine(), '{'], /^it: line 2 of .* is not JSON$/],
  ['nothing of this API', [recordLine({ request: { method: 'GET', path: '/' } })], /^[^\n]+$/],
  ['nothing', [], /^[^\n]+$/],
])('%s is refused in one sentence, and nothing is stored', async (_, lines, sentence) => {
  const results = createEmptyFolder()
  await expect(storeRecorded(server, writeLines(lines), { results, date })).rejects.toThrow(
    sentence,
  )
  expect(() => readStored('it', date, results)).toThrow(/no evidence/)
})

test('a file that is not there is said', async () => {
  await expect(storeRecorded(server, '/none/it.jsonl')).rejects.toThrow(
    /^it: \/none\/it\.jsonl is no file/,
  )
})

test('traffic is no evidence of a server that is measured, and a run none of one that is recorded', async () => {
  const results = createEmptyFolder()
  await storeRecorded(server, writeLines([recordLine()]), { results, date })
  const stored = readStored('it', date, results)
  const { recorded: _, ...measured } = server
  expect(() => checkSetup(stored, measured)).toThrow(
    /recorded traffic, and its file says otherwise/,
  )
  const { traffic: _traffic, ...evidence } = stored.evidence
  expect(() => checkSetup({ ...stored, evidence }, server)).toThrow(
    /of a run, and its file says otherwise/,
  )
})

test('what the set-up lacks is not held against what was recorded', async () => {
  const results = createEmptyFolder()
  const lacking = { ...server, lacks: ['basic'] }
  const { run } = await storeRecorded(lacking, writeLines([recordLine()]), { results, date })
  const told = await storeRecorded(server, writeLines([recordLine()]), {
    results: createEmptyFolder(),
    date,
  })
  const failing = (of: typeof run): string[] =>
    of.verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)
  expect(failing(told.run)).toContain('basic/created-at-is-seconds')
  expect(failing(run)).not.toContain('basic/created-at-is-seconds')
  expect(run.targets[0]!.setup!.lacks).toEqual(['basic'])
})
