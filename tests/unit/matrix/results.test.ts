// Stored results: written whole or not at all, and borne out by their evidence or not.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkSetup, compareResults, judgeEvidence } from '../../../matrix/check-results.ts'
import { listStored, packEvidence, readStored, writeStored } from '../../../matrix/results.ts'
import { storeRun } from '../../../matrix/measure.ts'
import { readServerFile, type ServerFile } from '../../../matrix/server-file.ts'
import { unpackRecording } from '../../../src/run/pack-recording.ts'
import { rejudgeFolder } from '../../../src/run/rejudge.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import { createEmptyFolder } from '../../empty-folder.ts'
import { serializeRun } from '../../../src/result/run-json.ts'
import { writeJournal, JOURNAL } from '../../../src/evidence/journal.ts'

const server: ServerFile = { ...readServerFile('aimock'), id: 'aimock', model: 'gpt-x' }
const results = createEmptyFolder()
const date = '2026-11-30'
let out: string

/** A run's folder, made of a recording instead of by a run. */
beforeAll(async () => {
  out = join(createEmptyFolder(), 'out')
  unpackRecording(join(packageRoot, 'fixtures', 'recordings', 'aimock.json'), out)
  const { result, journal } = await rejudgeFolder(out)
  writeJournal(join(out, JOURNAL), journal)
  writeFileSync(join(out, 'run.json'), serializeRun(result))
  await storeRun(server, out, { results, date })
})

test('both files are there, and nothing half-written', () => {
  expect(readdirSync(join(results, 'aimock')).toSorted()).toEqual([
    `${date}.evidence.json.gz`,
    `${date}.json.gz`,
  ])
  expect(listStored(results)).toEqual([{ id: 'aimock', date }])
})

test('the evidence bears out what is stored', async () => {
  const { run, evidence } = readStored('aimock', date, results)
  expect(run.verdicts.some(({ outcome }) => outcome === 'fail')).toBe(true)
  expect(compareResults(run, await judgeEvidence(evidence))).toEqual([])
})

test('a forged verdict is named', async () => {
  const { run, evidence } = readStored('aimock', date, results)
  const failing = run.verdicts.find(({ outcome }) => outcome === 'fail')!
  const forged = {
    ...run,
    verdicts: run.verdicts.map((row) =>
      row === failing ? { ...row, outcome: 'pass' as const } : row,
    ),
  }
  expect(compareResults(forged, await judgeEvidence(evidence))).toEqual([
    `${failing.check} (${failing.scenario}, ${failing.yardstick}): stored as pass, judged as fail`,
  ])
})

test('forged words of a finding, and another name, are named', async () => {
  const { run, evidence } = readStored('aimock', date, results)
  const failing = run.verdicts.find(({ outcome }) => outcome === 'fail')!
  const [finding] = failing.findings
  const findings = [{ ...finding!, actual: 'see https://evil.invalid' }]
  const forged = {
    ...run,
    targets: run.targets.map((target) => ({ ...target, name: 'Another' })),
    verdicts: run.verdicts.map((row) => (row === failing ? { ...row, findings } : row)),
  }
  const changes = compareResults(forged, await judgeEvidence(evidence))
  expect(changes).toHaveLength(2)
  expect(changes[0]).toContain('the name: stored as Another')
  expect(changes[1]).toContain('evil.invalid')
})

test('a result of another set-up, or of none, is refused', () => {
  const stored = readStored('aimock', date, results)
  const { run } = stored
  const withSetup = (setup: object | undefined): typeof stored => {
    const { setup: _, ...target } = run.targets[0]!
    const targets = [setup === undefined ? target : { ...target, setup }]
    return { ...stored, run: { ...run, targets } }
  }
  expect(() => checkSetup(withSetup(undefined), server)).toThrow(/of the version, .* absent/)
  const { setup } = run.targets[0]!
  expect(() => checkSetup(withSetup({ ...setup, lacks: [] }), server)).toThrow(/of the lacks/)
  expect(() => checkSetup(withSetup({ ...setup, note: 'x' }), server)).toThrow(/of the note/)
  expect(() => checkSetup(stored, { ...server, version: '9' })).toThrow(/and its file "9"/)
})

test('a result that is a link is refused', () => {
  const other = createEmptyFolder()
  mkdirSync(join(other, 'aimock'))
  for (const name of readdirSync(join(results, 'aimock'))) {
    symlinkSync(join(results, 'aimock', name), join(other, 'aimock', name))
  }
  expect(() => readStored('aimock', date, other)).toThrow(/: a link$/)
})

test('a forged cell is named, and so is a forged conclusion', async () => {
  const { run, evidence } = readStored('aimock', date, results)
  const judged = await judgeEvidence(evidence)
  const [column, ...others] = run.matrix!.columns
  const cell = column!.cells.find(({ kept }) => kept?.state === 'partly')!
  const cells = column!.cells.map((each) =>
    each === cell ? { ...cell, kept: { ...cell.kept!, state: 'yes' as const } } : each,
  )
  const matrix = { ...run.matrix!, columns: [{ ...column!, cells }, ...others] }
  expect(compareResults({ ...run, matrix }, judged)).toEqual([
    `the cell ${cell.capability} of ${column!.target}: stored as yes, judged as partly`,
  ])
  const praised = { ...run, run: { ...run.run, conclusion: 'conforms' as const } }
  expect(compareResults(praised, judged)).toEqual([
    'the run: stored as conforms, judged as does not conform',
  ])
})

test('evidence with other bytes does not bear it out', async () => {
  const { run, evidence } = readStored('aimock', date, results)
  const exchanges = Object.fromEntries(
    Object.entries(evidence.exchanges).map(([id, saved]) => [
      id,
      { ...saved, text: (saved.text ?? '').replaceAll('"object":"response"', '"object":"thing"') },
    ]),
  )
  expect(compareResults(run, await judgeEvidence({ ...evidence, exchanges }))).not.toEqual([])
})

describe('what is no result of ours', () => {
  const place = join(results, 'aimock')
  const names = [join(place, `${date}.json.gz`), join(place, `${date}.evidence.json.gz`)] as const

  function replaceText(index: 0 | 1, change: (text: string) => string): string {
    const other = createEmptyFolder()
    const { run, evidence } = readStored('aimock', date, results)
    writeStored({ id: 'aimock', date, run, evidence }, [], other)
    const file = names[index].replace(results, other)
    const text = gunzipSync(readFileSync(file)).toString('utf8')
    writeFileSync(file, gzipSync(change(text)))
    return other
  }

  test.each<[string, 0 | 1, (text: string) => string, RegExp]>([
    ['a run of an unknown format', 0, (t) => t.replace('run/1', 'run/9'), /its "format" is/],
    [
      'a run with a verdict of its own kind',
      0,
      (t) => t.replace('"fail"', '"bad"'),
      /not a run result/,
    ],
    [
      'evidence of an unknown format',
      1,
      (t) => t.replace('evidence/1"', 'evidence/9"'),
      /format is not/,
    ],
    [
      'evidence with a path for an id',
      1,
      (t) => t.replace(/"[0-9a-f]{16}":\{/, '"../../x":{'),
      /no evidence id/,
    ],
    [
      'evidence that brings verdicts',
      1,
      (t) => t.replace('"kind":"exchange"', '"kind":"verdict"'),
      /says nothing observed/,
    ],
    ['what is not JSON', 1, () => '{', /not JSON/],
  ])('%s is refused in one line', (_, index, change, sentence) => {
    const other = replaceText(index, change)
    expect(() => readStored('aimock', date, other)).toThrow(sentence)
    expect(() => readStored('aimock', date, other)).toThrow(/^[^\n]*$/)
  })

  test('a file that is not packed is refused', () => {
    const other = replaceText(0, (text) => text)
    writeFileSync(names[0].replace(results, other), 'x')
    expect(() => readStored('aimock', date, other)).toThrow(/not gzip/)
  })

  test('a key in it is refused, and nothing is written', () => {
    const { run, evidence } = readStored('aimock', date, results)
    const other = createEmptyFolder()
    const [id, saved] = Object.entries(evidence.exchanges)[0]!
    const leaking = { ...saved, text: 'key-of-the-server-7' }
    const stored = {
      id: 'aimock',
      date,
      run,
      evidence: { ...evidence, exchanges: { [id]: leaking } },
    }
    expect(() => writeStored(stored, ['key-of-the-server-7'], other)).toThrow(
      /stands in the result/,
    )
    expect(existsSync(join(other, 'aimock'))).toBe(false)
  })
})

test('what looks like a key is refused as a word, and not in the middle of base64', () => {
  const { run, evidence } = readStored('aimock', date, results)
  const pasted = ['sk', 'aB3dE5gH7jK9mN1pQ3sT5v'].join('-')
  const write = (text: string): void => {
    const [[id, saved] = []] = Object.entries(evidence.exchanges)
    const exchanges = { [id!]: { ...saved!, text } }
    writeStored(
      { id: 'it', date, run, evidence: { ...evidence, exchanges } },
      [],
      createEmptyFolder(),
    )
  }
  expect(() => write(`my key is ${pasted}`)).toThrow(/looks like a key \(sk-aB3…\)/)
  expect(() => write(`c29tZQ+${pasted}`)).not.toThrow()
})

test('a result of another server or model is refused', () => {
  const stored = readStored('aimock', date, results)
  expect(() => checkSetup(stored, server)).not.toThrow()
  expect(() => checkSetup({ ...stored, id: 'other' }, server)).toThrow(/the result is of aimock/)
  expect(() => checkSetup(stored, { ...server, lacks: ['tool'] })).toThrow(/--renew/)
  expect(() => checkSetup(stored, { ...server, model: 'gpt-y' })).toThrow(/the model gpt-x/)
})

test('a folder without a finished run stores nothing', async () => {
  const empty = createEmptyFolder()
  const storing = storeRun(server, empty, { results: empty, date })
  await expect(storing).rejects.toThrow(/holds no run.json/)
  expect(packEvidence(empty, {}).journal).toEqual([])
})
