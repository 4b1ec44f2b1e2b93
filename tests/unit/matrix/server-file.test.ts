// A server's file is read whole or refused by one sentence.

import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findNeeded } from '../../../matrix/needed-programs.ts'
import { fillPlaces, listServerIds, readServerFile } from '../../../matrix/server-file.ts'
import { createEmptyFolder } from '../../empty-folder.ts'

test('every server of the matrix is one', () => {
  const ids = listServerIds()
  expect(ids.length).toBeGreaterThan(9)
  for (const id of ids) {
    const { version, install = [], files, image, recorded } = readServerFile(id)
    // What is installed is what the column says.
    const steps = JSON.stringify([install, files, image, recorded])
    expect(`${id} ${steps}`).toContain(version.replace(/ .*/, ''))
  }
})

test('placeholders are filled in, and other braces left alone', () => {
  const places = { folder: '/f', port: 7, upstream: 'http://u' }
  expect(fillPlaces('{port} {folder} {upstream} {{x}} {y}', places)).toBe('7 /f http://u {{x}} {y}')
})

const PLAIN = {
  name: 'A server',
  version: '1.2.3',
  homepage: 'https://example.com',
  licence: 'MIT',
  install: [['true']],
  start: ['true'],
  ready: { path: '/' },
  base: '/v1',
  model: 'm',
  upstream: { own: 'canned answers' },
}

function read(value: unknown): () => unknown {
  const folder = createEmptyFolder()
  writeFileSync(join(folder, 'it.yaml'), typeof value === 'string' ? value : JSON.stringify(value))
  return () => readServerFile('it', folder)
}

test('a whole file is read', () => {
  expect(read(PLAIN)()).toMatchObject({ id: 'it', version: '1.2.3' })
})

test.each([
  ['a field that nobody knows', { ...PLAIN, run: 'x' }, /additional properties/],
  ['what no set-up can lack', { ...PLAIN, lacks: ['tools'] }, /\/lacks: .*did you mean "tool"/],
  ['no version', { ...PLAIN, version: undefined }, /version/],
  ['a command as one text', { ...PLAIN, start: 'npm start' }, /\/start: must be array/],
  ['a file outside of the folder', { ...PLAIN, files: { '../x': '' } }, /files/],
  ['a page without https', { ...PLAIN, homepage: 'http://x.com' }, /homepage/],
  ['an image that names no version', { ...PLAIN, image: 'a/b:latest' }, /image/],
  ['no way to have it', { ...PLAIN, install: undefined }, /install/],
  ['what is not YAML', '{', /it\.yaml: /],
  [
    'a real key',
    { ...PLAIN, key: ['sk', 'aB3dE5gH7jK9mN1pQ3sT5v'].join('-') },
    /looks like a real key \(sk-aB3…\)/,
  ],
])('%s is refused in one line', (_, value, sentence) => {
  expect(read(value)).toThrow(sentence)
  expect(read(value)).toThrow(/^[^\n]*$/)
})

test.each(['../it', 'none', ''])('%j is no server', (id) => {
  expect(() => readServerFile(id)).toThrow(/No server/)
})

describe('what a file needs', () => {
  const findIn = (folder: string, program: string): readonly string[] =>
    findNeeded({ id: 'it', needs: [program] }, { PATH: folder, PYENV_ROOT: join(folder, 'none') })

  test('is found on the path, and a stand-in that cannot run is passed over', () => {
    const [broken, whole] = [createEmptyFolder(), createEmptyFolder()]
    writeFileSync(join(broken, 'python3.99'), '#!/bin/sh\nexit 127\n', { mode: 0o755 })
    writeFileSync(join(whole, 'python3.99'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    expect(findIn([broken, whole].join(delimiter), 'python3.99')).toEqual([whole])
    expect(() => findIn(broken, 'python3.99')).toThrow(/python3\.99 is needed/)
  })

  test('is named where it is missing, a folder, or may not be run', () => {
    const folder = createEmptyFolder()
    mkdirSync(join(folder, 'npm'))
    writeFileSync(join(folder, 'go'), '')
    for (const each of ['npm', 'go', 'none']) {
      expect(() => findIn(folder, each)).toThrow(`it: ${each} is needed`)
    }
  })
})
