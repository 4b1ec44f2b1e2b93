// The contracts of the five vendors: every sentence of their pages is carried by something, and
// everything that a contract takes from a page can be traced to a sentence.

import { describe, expect, test } from 'vitest'
import { field, isObject } from '../src/read.ts'
import { readSpec } from '../src/specs.ts'
import type { Json, JsonObject } from '../src/types.ts'

const vendors = ['sunra', 'lemondata', 'crun', 'anyfast', 'new-api'] as const

interface Sentence {
  readonly says: string
  readonly by?: readonly string[]
  readonly excuse?: string
}

function contract(id: string): JsonObject {
  return readSpec(`vendors/${id}.yaml`) as JsonObject
}

function sentences(id: string): readonly Sentence[] {
  return (readSpec(`vendors/sentences/${id}.yaml`) as { sentences: Sentence[] }).sentences
}

function list(document: JsonObject, key: string): readonly JsonObject[] {
  const value = document[key]
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** Every named example below a value. */
function examples(value: Json | undefined): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  const walk = (node: Json | undefined): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (!isObject(node)) return
    for (const [key, child] of Object.entries(node)) {
      if (key === 'examples' && isObject(child)) {
        for (const [name, example] of Object.entries(child)) found.set(name, example as JsonObject)
      } else walk(child)
    }
  }
  walk(value)
  return found
}

/** What a carrier names, or undefined when there is no such thing in the contract. */
function carrier(document: JsonObject, name: string): Json | undefined {
  const [kind, ...rest] = name.split(' ')
  const at = rest.join(' ')
  switch (kind) {
    case 'claim':
      return list(document, 'x-claims').find((claim) => claim['at'] === at)
    case 'contradiction':
      return list(document, 'x-contradictions').find((one) => one['at'] === at)
    case 'sample':
      return examples(document['paths']).get(at)
    default:
      return field(document, name)
  }
}

describe.each(vendors)('%s', (id) => {
  const document = contract(id)
  const said = sentences(id)

  test('carries every sentence of its page', () => {
    expect(said.length).toBeGreaterThan(30)
    for (const { says, by, excuse } of said) {
      expect([says, (by ?? []).length > 0 || excuse !== undefined]).toEqual([says, true])
      for (const name of by ?? []) {
        expect([says, name, carrier(document, name) !== undefined]).toEqual([says, name, true])
      }
    }
  })

  test('takes nothing from its page that no sentence says', () => {
    const carriers = new Set(said.flatMap(({ by }) => by ?? []))
    const fromPage = (one: JsonObject) => one['source'] === 'page' || one['source'] === 'sample'
    const untold = [
      ...list(document, 'x-claims')
        .filter(fromPage)
        .map(({ at }) => `claim ${String(at)}`),
      ...list(document, 'x-contradictions')
        .filter(fromPage)
        .map(({ at }) => `contradiction ${String(at)}`),
      ...[...examples(document['paths'])]
        .filter(([, example]) => example['x-source'] === 'sample')
        .map(([name]) => `sample ${name}`),
      ...['CreateRequest', 'Response'].flatMap((schema) => {
        const at = `/components/schemas/${schema}/properties`
        return Object.keys(field(document, at) as JsonObject).map((name) => `${at}/${name}`)
      }),
    ].filter((name) => !carriers.has(name))
    expect(untold).toEqual([])
  })

  test('names a source for every claim, contradiction and sample', () => {
    const sources = Object.keys(document['x-sources'] as JsonObject)
    const named = [
      ...list(document, 'x-claims').map(({ source }) => source),
      ...list(document, 'x-contradictions').flatMap(({ source, against }) => [
        source,
        ...(isObject(against) ? [against['source']] : []),
      ]),
      ...[...examples(document['paths']).values()].map((example) => example['x-source']),
    ]
    expect(named.filter((source) => !sources.includes(String(source)))).toEqual([])
  })
})
