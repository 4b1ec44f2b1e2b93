import { expect, test } from 'vitest'
import { ContractError, HarnessError } from '../../../src/base/errors.ts'
import {
  disputeOfAll,
  collectRequirements,
  levelOfAll,
  loadRequirements,
} from '../../../src/plan/requirements/requirement-catalogue.ts'

const valid = {
  id: 'a-b',
  tier: 'core',
  level: { openai: 'must' },
  statement: 'A holds.',
  sources: [{ title: 'Page', url: 'https://example.com/' }],
}

const collect = (...requirements: readonly unknown[]): ReturnType<typeof collectRequirements> =>
  collectRequirements([{ file: 'x.yaml', content: { area: 'x', requirements } }])

function wrongs(...requirements: readonly unknown[]): readonly string[] {
  try {
    collect(...requirements)
    return []
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    return error.problems.map(({ pointer }) => pointer)
  }
}

test('the catalogue loads, and every source is a public page', () => {
  const requirements = [...loadRequirements().values()]
  expect(requirements).not.toEqual([])
  const urls = requirements.flatMap(({ id, sources }) => sources.map(({ url }) => `${id} ${url}`))
  expect(urls.filter((line) => !/^\S+ https:\/\/[\w-]+(\.[\w-]+)*\.[a-z]+\//.test(line))).toEqual(
    [],
  )
})

test('the strongest level counts; own takes the OpenAI level unless it has one', () => {
  const catalogue = collect(
    valid,
    { ...valid, id: 'c', level: { openai: 'may', 'open-responses': 'should' } },
    { ...valid, id: 'd', level: { own: 'should' } },
  )
  expect(levelOfAll(['a-b', 'c'], 'openai', catalogue)).toBe('must')
  expect(levelOfAll(['a-b', 'c'], 'open-responses', catalogue)).toBe('should')
  expect(levelOfAll(['a-b'], 'own', catalogue)).toBe('must')
  expect(levelOfAll(['d'], 'own', catalogue)).toBe('should')
  expect(levelOfAll(['d'], 'openai', catalogue)).toBeUndefined()
  expect(levelOfAll([], 'openai', catalogue)).toBeUndefined()
  expect(() => levelOfAll(['nope'], 'own', catalogue)).toThrow(HarnessError)
})

test('what is on probation fails nobody', () => {
  const fresh = { ...valid, id: 'fresh', probation: '2026-11-20' }
  const catalogue = collect(fresh)
  expect(levelOfAll(['fresh'], 'openai', catalogue)).toBe('should')
  expect(wrongs({ ...fresh, probation: 'soon' })).toEqual(['/requirements/0/probation'])
})

test('a level is contested when every requirement that asks so strongly is', () => {
  const catalogue = collect(
    valid,
    { ...valid, id: 'disputed', contested: 'Two sources disagree.' },
    { ...valid, id: 'weak', level: { openai: 'may' } },
  )
  expect(disputeOfAll(['disputed'], 'openai', catalogue)).toBe('Two sources disagree.')
  expect(disputeOfAll(['disputed', 'weak'], 'openai', catalogue)).toBe('Two sources disagree.')
  expect(disputeOfAll(['disputed', 'a-b'], 'openai', catalogue)).toBeUndefined()
  expect(disputeOfAll(['disputed'], 'open-responses', catalogue)).toBeUndefined()
})

test('every mistake is told at once, with its place', () => {
  expect(wrongs(valid)).toEqual([])
  expect(wrongs(valid, valid)).toEqual(['/requirements/1/id'])
  expect(wrongs('text', { ...valid, id: 'A b', tier: 'top', level: { openai: 'none' } })).toEqual([
    '/requirements/0',
    '/requirements/1/id',
    '/requirements/1/tier',
    '/requirements/1/level/openai',
  ])
  expect(wrongs({ ...valid, sources: [{ title: '', url: 'here' }], note: 1 })).toEqual([
    '/requirements/0/note',
    '/requirements/0/sources/0',
  ])
  const places = [
    { in: 'openai-openapi', at: '/info' },
    { in: 'nowhere', at: '/info' },
    { in: 'openai-openapi', page: 3 },
    { in: 'openai-openapi', quote: 'word '.repeat(26).trim() },
  ]
  expect(wrongs({ ...valid, sources: places })).toEqual([
    '/requirements/0/sources/1',
    '/requirements/0/sources/2',
    '/requirements/0/sources/3',
  ])
  expect(wrongs({ ...valid, statement: ' ', contested: true })).toEqual([
    '/requirements/0/statement',
    '/requirements/0/contested',
  ])
  expect(() => collectRequirements([{ file: 'x.yaml', content: null }])).toThrow(
    'x.yaml /requirements: absent; write a list of requirements',
  )
})
