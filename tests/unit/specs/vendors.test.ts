// The contracts of the five vendors: every sentence of their pages is carried by something, and
// everything that a contract takes from a page can be traced to a sentence.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadContract, loadContracts } from '../../../src/contract/file/load.ts'
import { exchangeOf } from '../../../src/contract/samples.ts'
import { field, isObject } from '../../../src/base/json.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import { readSpec, listSpecFiles } from '../../../src/base/read-specs.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'

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
    const used = JSON.stringify([document['x-claims'], document['x-contradictions'], named])
    const shapes = JSON.stringify([document['paths'], document['components']])
    const unused = sources.filter((id) => !`${used}${shapes}`.includes(`"${id}"`))
    expect(unused).toEqual([])
  })
})

describe('other editions of the same pages', () => {
  const editions = listSpecFiles('vendors/editions')

  test('are not among the shipped contracts', () => {
    const shipped = loadContracts().map(({ id }) => id)
    expect(editions.length).toBe(4)
    for (const file of editions) expect(shipped).not.toContain(/([^/]+)\.yaml$/.exec(file)![1])
  })

  test.each([
    ['sunra-english', 'sunra', ['/completed_at', '/output_text', '/service_tier', '/tools']],
    ['lemondata-earlier', 'lemondata', ['/created_at', '/model']],
  ])('%s shows what %s does not name', (edition, vendor, unknownFields) => {
    const other = loadContract(join(packageRoot, 'specs/vendors/editions', `${edition}.yaml`))
    const answer = other.samples.find(({ response }) => response !== undefined)!
    const found = loadContract(vendor).unknownFields(exchangeOf(answer)!)
    expect(found.map(({ at }) => at)).toEqual(expect.arrayContaining(unknownFields))
    expect(other.flaws(exchangeOf(answer)!)).toEqual([])
  })

  test('the document repository of New API refuses its own sample of a function', () => {
    const docs = loadContract(join(packageRoot, 'specs/vendors/editions/new-api-docs.yaml'))
    const json = docs.samples.find(({ name }) => name === 'function-calling')!.request as JsonObject
    const body = { json }
    const flaws = docs.requestFlaws({
      operation: 'create',
      method: 'POST',
      path: '/responses',
      body,
    })
    expect(flaws.map(({ at }) => at)).toEqual(['/tools/0/strict'])
  })
})
