// Folders of results, recordings and run.json of a stranger are data: nothing in them is executed,
// names a file elsewhere, or is written through.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isName } from '../../../src/base/check-foreign-names.ts'
import { checkEntry, readJournal } from '../../../src/evidence/journal.ts'
import {
  copyEvidence,
  openStore,
  type SavedExchange,
} from '../../../src/evidence/saved-exchanges.ts'
import { matchesGlob } from '../../../src/plan/selection.ts'
import { recoverResult } from '../../../src/result/read-result.ts'
import { readRunResult, serializeRun } from '../../../src/result/run-json.ts'
import { mergeRuns } from '../../../src/run/merge.ts'
import { recordingOf, unpackRecording } from '../../../src/run/pack-recording.ts'
import { rejudgeFolder } from '../../../src/run/rejudge.ts'
import { prepareFolder, writeFiles } from '../../../src/run/run-in-worker.ts'
import { DEFAULT_LIMITS } from '../../../src/target/target-and-keys.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { sampleRun } from '../reporters/sample.ts'

const EXCHANGE: SavedExchange = {
  format: 'responses-conformance/evidence/1',
  request: { operation: 'create', method: 'POST', path: '/responses' },
  status: 200,
  headers: [['content-type', 'application/json']],
  ending: 'complete',
  raw: { sha256: '', bytes: 2, kept: 2 },
  text: '{}',
  tries: 1,
}

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'responses-conformance-test-'))
}

/** The first line of a journal, with these changes. */
function startEntry(changes: JsonObject = {}, spec: JsonObject = {}): JsonObject {
  const { suite, run, targets } = sampleRun()
  const { contract: _, ...record } = targets[0]!
  const target = {
    id: 'one',
    name: 'One',
    baseUrl: 'http://127.0.0.1:1/v1',
    auth: [],
    headers: {},
    models: { text: 'm' },
    limits: { ...DEFAULT_LIMITS },
    origin: 'live',
    yardsticks: ['openai'],
    gate: ['openai'],
    has: [],
    ...spec,
  }
  return JSON.parse(
    JSON.stringify({
      kind: 'start',
      suite,
      run,
      targets: [{ ...record, id: 'one', yardsticks: ['openai'], gate: ['openai'] }],
      specs: [target],
      selection: { suites: ['basic'] },
      ...changes,
    }),
  ) as JsonObject
}

/** A folder as a run leaves it. */
function folderOf(...lines: readonly JsonObject[]): string {
  const folder = join(emptyFolder(), 'run')
  mkdirSync(join(folder, 'evidence'), { recursive: true })
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  writeFileSync(join(folder, 'journal.jsonl'), text)
  return folder
}

describe('a module that a journal names', () => {
  /** A module of its own for each test: what was executed once is not executed again. */
  function namesModule(): { folder: string; module: string; isExecuted: () => boolean } {
    const marker = join(emptyFolder(), 'executed')
    const module = join(emptyFolder(), 'evil.mjs')
    writeFileSync(
      module,
      `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(marker)}, '')\nexport default []\n`,
    )
    const folder = folderOf(startEntry({ selection: { suites: ['basic'], load: [module] } }), {
      kind: 'plan',
      cases: 0,
      checks: {},
      scenarios: {},
    })
    return { folder, module, isExecuted: () => existsSync(marker) }
  }

  test('is not executed by rejudge or report, which say so', async () => {
    const { folder, isExecuted } = namesModule()
    const judged = [await rejudgeFolder(folder), await recoverResult(folder)]
    for (const { notes } of judged) expect(notes?.join()).toContain('evil.mjs')
    expect(isExecuted()).toBe(false)
  })

  test('is not executed by merge, which would look complete without its checks', async () => {
    const { folder, isExecuted } = namesModule()
    const out = join(emptyFolder(), 'merged')
    await expect(mergeRuns([folder], out)).rejects.toThrow(/give --load/)
    expect(isExecuted()).toBe(false)
  })

  test('is executed where the user names it', async () => {
    const { folder, module, isExecuted } = namesModule()
    const { notes } = await rejudgeFolder(folder, { load: [module] })
    expect(notes ?? []).toEqual([])
    expect(isExecuted()).toBe(true)
  })
})

test('a contract that a journal names outside of the working folder is not read', async () => {
  const elsewhere = join(emptyFolder(), 'contract.yaml')
  writeFileSync(elsewhere, 'no: contract')
  const folder = folderOf(startEntry({}, { contract: elsewhere }))
  await expect(rejudgeFolder(folder)).rejects.toThrow(/--contract .*if it is yours/)
  // Named by the user, it is read, and is no contract.
  await expect(rejudgeFolder(folder, { contract: [elsewhere] })).rejects.toThrow(/openapi/)
})

describe('an evidence id', () => {
  const outside = emptyFolder()
  writeFileSync(join(outside, 'private.json'), JSON.stringify(EXCHANGE))
  const folder = join(outside, 'run', 'evidence')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '0123456789abcdef.json'), JSON.stringify(EXCHANGE))
  symlinkSync(join(outside, 'private.json'), join(folder, '0000000000000000.json'))
  writeFileSync(join(folder, 'ffffffffffffffff.json'), '{"request": null}')

  test.each([
    '../../private',
    join(outside, 'private'),
    '../evidence/0123456789abcdef',
    '0123456789abcdeF',
    '',
    '0000000000000000',
    'ffffffffffffffff',
  ])('%s brings nothing', (id) => {
    expect(openStore(folder).load(id)).toBeUndefined()
  })

  test('of a file of the folder brings its exchange, and only such are copied', () => {
    expect(openStore(folder).load('0123456789abcdef')?.status).toBe(200)
    const store = openStore(folder)
    // Of megabytes, each report would read it again.
    expect(store.load('0123456789abcdef')).toBe(store.load('0123456789abcdef'))
    const copy = join(emptyFolder(), 'evidence')
    copyEvidence(folder, copy)
    expect(openStore(copy).ids()).toEqual(['0123456789abcdef'])
  })

  test('is nothing in a folder that is a link', () => {
    const link = join(emptyFolder(), 'evidence')
    symlinkSync(folder, link)
    expect(openStore(link).load('0123456789abcdef')).toBeUndefined()
    expect(openStore(link).ids()).toEqual([])
  })
})

test.each<[string, JsonObject]>([
  [
    'a path as an evidence id',
    { kind: 'exchange', id: '../../x', target: 'one', record: {}, tokens: [0, 0], tries: 1 },
  ],
  [
    'a path as the answer of a step',
    {
      kind: 'evidence',
      target: 'one',
      scenario: 'a/b',
      attempt: 0,
      nonce: '',
      steps: { ask: '../x' },
    },
  ],
  ['a target of two lines', startEntry({}, { id: 'one\n::error::two' })],
  ['a target that no file can be named by', startEntry({}, { id: 'x'.repeat(300) })],
  ['a start without targets', { kind: 'start' }],
  [
    'verdicts that are none',
    { kind: 'case', target: 'one', check: 'a/b', scenario: 'every', verdicts: [null] },
  ],
  ['a billion shards', startEntry({ run: { id: 'x', startedAt: '', shard: [1, 1e9] } })],
])('a journal with %s is refused with its line', (_, line) => {
  const folder = folderOf(startEntry(), line)
  expect(() => readJournal(join(folder, 'journal.jsonl'))).toThrow(
    /journal\.jsonl:2: this is no line/,
  )
})

test('a journal of a run is read, and what is cut or unknown is passed over', () => {
  const folder = folderOf(startEntry(), { kind: 'of-another-version' })
  writeFileSync(
    join(folder, 'journal.jsonl'),
    `${readFileSync(join(folder, 'journal.jsonl'), 'utf8')}{"kind":"en`,
  )
  expect(readJournal(join(folder, 'journal.jsonl')).map(({ kind }) => kind)).toEqual(['start'])
})

test('verdicts that make no result are refused, not rendered', async () => {
  const verdict = {
    target: 'one',
    check: 'a/b',
    scenario: 'every',
    requirements: [],
    findings: [],
    evidence: {},
  }
  const folder = folderOf(startEntry(), {
    kind: 'case',
    target: 'one',
    check: 'a/b',
    scenario: 'every',
    verdicts: [verdict],
  })
  await expect(recoverResult(folder)).rejects.toThrow(/its journal makes no result/)
})

test('a run.json with a target that no file can be named by is refused', () => {
  const run = sampleRun()
  const targets = run.targets.map((target, index) =>
    index === 0 ? { ...target, id: 'a\u202eb' } : target,
  )
  expect(() => readRunResult(serializeRun({ ...run, targets }), 'run.json')).toThrow(
    /targets\/0\/id/,
  )
  expect(
    ['a', 'the key', '127.0.0.1-80', '..', 'a\u0000', '\ud800', 'x'.repeat(201)].filter(isName),
  ).toEqual(['a', 'the key', '127.0.0.1-80'])
})

test.each(['yesterday', '2026-11-20', '2026-99-99T00:00:00Z', '2026-11-20T06:00:00Z\u001b[31m'])(
  'a run.json whose time is %j is refused',
  (finishedAt) => {
    const run = sampleRun()
    const text = serializeRun({ ...run, run: { ...run.run, finishedAt } })
    expect(() => readRunResult(text, 'run.json')).toThrow(/\/run\/finishedAt: must be a time/)
  },
)

test('a run.json with a check that would be an option of a copied command is refused', () => {
  const run = sampleRun()
  const [first, ...others] = run.verdicts
  const verdicts = [{ ...first!, check: '--load=./evil.mjs' }, ...others]
  expect(() => readRunResult(serializeRun({ ...run, verdicts }), 'run.json')).toThrow(
    /check: must not begin like an option/,
  )
})

test('a recording with an exchange or an entry that is none is refused', () => {
  const folder = emptyFolder()
  const recording = JSON.parse(recordingOf(folderOf(startEntry()))) as JsonObject
  const unpack = (changes: JsonObject): (() => void) => {
    const file = join(folder, 'recording.json')
    writeFileSync(file, JSON.stringify({ ...recording, ...changes }))
    return () => unpackRecording(file, join(folder, 'out'))
  }
  expect(unpack({ exchanges: { '../../x': {} } })).toThrow(/no evidence id/)
  expect(unpack({ exchanges: { '0123456789abcdef': { status: 200 } } })).toThrow(
    /no exchange of ours/,
  )
  expect(unpack({ journal: [startEntry(), { kind: 'case' }] })).toThrow(/"case" is not recorded/)
  expect(unpack({ journal: [startEntry({ specs: [{}] })] })).toThrow(/journal\/0/)
  expect(() => unpack({})()).not.toThrow()
})

test('nothing is written through a link, or outside of the folder', () => {
  const out = emptyFolder()
  const precious = join(emptyFolder(), 'precious')
  writeFileSync(precious, 'mine')
  mkdirSync(join(precious, '..', 'folder'))
  symlinkSync(precious, join(out, 'run.json'))
  symlinkSync(join(precious, '..', 'folder'), join(out, 'badges'))
  expect(() => writeFiles(out, { 'run.json': 'theirs' })).toThrow(/is a link/)
  expect(() => writeFiles(out, { 'badges/a.json': 'theirs' })).toThrow(/is a link/)
  expect(() => writeFiles(out, { '../a.json': 'theirs' })).toThrow(/no path below/)
  symlinkSync(precious, join(out, 'journal.jsonl'))
  expect(() => prepareFolder(out)).toThrow(/is a link/)
  expect(readFileSync(precious, 'utf8')).toBe('mine')
})

test('a glob of nothing but stars takes one pass', () => {
  expect(matchesGlob(`${'*a'.repeat(40)}*b`, 'a'.repeat(200))).toBe(false)
  expect(
    ['basic/*', '*/text', 'b*c/te*t', 'basic/text', '*'].map((glob) =>
      matchesGlob(glob, 'basic/text'),
    ),
  ).toEqual([true, true, true, true, true])
  expect(
    ['basic', 'basic/text*x', 'text*', 'basic/te*ext'].map((glob) =>
      matchesGlob(glob, 'basic/text'),
    ),
  ).toEqual([false, false, false, false])
})

test('an entry is judged by its own kind', () => {
  expect(() => checkEntry({ kind: 'end', finishedAt: 'now' }, 'end', 'x')).not.toThrow()
  expect(() => checkEntry({ kind: 'end' }, 'end', 'x')).toThrow(/finishedAt/)
})
