// The requirements against the record of their sources. Nothing is opened here: `npm run sources` does.

import { expect, test } from 'vitest'
import { YARDSTICK_LABELS } from '../../../src/base/sort-text-and-ranks.ts'
import { loadSourceDocuments } from '../../../src/plan/requirements/requirement-sources.ts'
import { loadRequirements } from '../../../src/plan/requirements/requirement-catalogue.ts'
import type { RequirementSource } from '../../../src/types/index.ts'
import { findPlace } from './find-place.ts'
import { placesOf, readRecord, textDocuments } from './record.ts'

const documents = loadSourceDocuments()
const record = readRecord().documents
const requirements = [...loadRequirements().values()]
const opened = Object.values(record).map((each) => each.opened)
const days = Math.floor((Date.now() - Date.parse(opened.toSorted()[0]!)) / 86_400_000)

const ACCUSES: readonly unknown[] = ['specification', 'documentation', 'schema', 'standard']

/** A place that a reader can look up: what an index or a whole document says is no such thing. */
function isPlace({ at, quote }: RequirementSource): boolean {
  return at !== undefined || quote !== undefined
}

test('a must rests on what its own yardstick published, at a place', () => {
  const bare = requirements.flatMap(({ id, level, sources }) =>
    YARDSTICK_LABELS.filter(
      (yardstick) =>
        level[yardstick] === 'must' &&
        !sources.some(
          (source) =>
            ACCUSES.includes(source.kind) && source.of?.includes(yardstick) && isPlace(source),
        ),
    ).map((yardstick) => `${id} by ${yardstick}`),
  )
  expect(bare).toEqual([])
})

test('what clients cannot do without is shown by an SDK or by measured clients', () => {
  const bare = requirements.filter(
    ({ level, sources }) =>
      level.clients !== undefined &&
      !sources.some(({ kind }) => kind === 'sdk' || kind === 'clients'),
  )
  expect(bare.map(({ id }) => id)).toEqual([])
})

test('every document is used, and names an address or a package', () => {
  const used = new Set(requirements.flatMap(({ sources }) => sources.map((source) => source.in)))
  expect(Object.keys(documents).filter((id) => !used.has(id))).toEqual([])
  expect(
    requirements.filter(({ sources }) => sources.some((each) => each.in === undefined)),
  ).toEqual([])
})

test(`the record, ${days} days old, has every place of each document that was opened`, () => {
  const wrong = Object.entries(record).flatMap(([id, { version, places }]) => {
    const asked = [...placesOf(id).keys()]
    return [
      ...asked.filter((place) => places[place] === undefined).map((place) => `${id} ${place}`),
      ...Object.keys(places)
        .filter((place) => !asked.includes(place))
        .map((place) => `${id} ${place}: nobody points at it any more`),
      ...(documents[id]?.version === version ? [] : [`${id}: was opened as ${version}`]),
    ]
  })
  expect(wrong, 'run: npm run sources').toEqual([])
})

test('every schema, specification and package was opened', () => {
  const unopened = textDocuments().filter((id) => record[id] === undefined)
  const accusing = unopened.filter((id) => /schema|specification|sdk/.test(documents[id]!.kind))
  expect(accusing).toEqual([])
})

test('a place is found where it stands and nowhere else', () => {
  const schema = { ...documents['openai-openapi']!, kind: 'schema' as const }
  const page = { ...schema, kind: 'documentation' as const }
  const opening = (text: string): Parameters<typeof findPlace>[2] => ({
    way: 'copy',
    hash: '',
    text: () => text,
  })
  const source = { title: 'T', url: 'https://example.com/' }
  const json = opening('{"required":["id"],"default":true,"says":"One\\n  word."}')
  const inSchema = (place: object): object => findPlace({ ...source, ...place }, schema, json)
  expect(inSchema({ at: '/required', has: ['id'] })).toHaveProperty('hash')
  expect(inSchema({ at: '/required', has: ['model'] })).toHaveProperty('wrong')
  expect(inSchema({ at: '/default', is: true })).toHaveProperty('hash')
  expect(inSchema({ at: '/default', is: 'true' })).toHaveProperty('wrong')
  expect(inSchema({ at: '/says', quote: 'One word.' })).toHaveProperty('hash')
  expect(inSchema({ at: '/says', quote: 'Two words.' })).toHaveProperty('wrong')
  expect(inSchema({ at: '/gone' })).toHaveProperty('wrong')
  expect(findPlace({ ...source, at: '/x' }, schema, opening('<html>'))).toHaveProperty('wrong')
  const words = opening('It says\nso here.')
  expect(findPlace({ ...source, quote: 'says so' }, page, words)).toHaveProperty('hash')
  expect(findPlace({ ...source, quote: 'says not' }, page, words)).toHaveProperty('wrong')
})
