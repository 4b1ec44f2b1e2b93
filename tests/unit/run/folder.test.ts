import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareFolder } from '../../../src/run/run-in-worker.ts'

const empty = (): string => mkdtempSync(join(tmpdir(), 'responses-conformance-'))

test('a folder of ours is taken again and again, and keeps what is not ours', () => {
  const out = join(empty(), 'new', 'deep')
  prepareFolder(out)
  prepareFolder(out)
  mkdirSync(join(out, 'evidence'))
  writeFileSync(join(out, 'journal.jsonl'), '{"kind":"start"}\n')
  writeFileSync(join(out, 'notes.txt'), 'mine')
  prepareFolder(out)
  prepareFolder(out)
  expect(readFileSync(join(out, 'journal.jsonl'), 'utf8')).toBe('')
  expect(existsSync(join(out, 'evidence'))).toBe(false)
  expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine')
})

test('a folder with files of somebody else is refused, and left alone', () => {
  const out = empty()
  writeFileSync(join(out, 'thesis.md'), 'three years')
  expect(() => prepareFolder(out)).toThrow(/choose an empty or a new folder with --out/)
  expect(readFileSync(join(out, 'thesis.md'), 'utf8')).toBe('three years')
})
