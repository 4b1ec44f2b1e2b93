// What documents promise, as cells, and what recorded requests ask for.

import { describe, expect, test } from 'vitest'
import { computeMatrix } from '../../../../src/result/cells/compute-matrix.ts'
import { countAsked } from '../../../../src/result/cells/asked-in-traffic.ts'
import type { CapabilityCell, DocumentRow } from '../../../../src/types/index.ts'
import {
  cellOfRows as cellOf,
  createFailingRow as fails,
  PLAIN_ROWS as PLAIN,
  runOfRows as runOf,
} from './rows.ts'

describe('promised', () => {
  const promise = (given: Partial<DocumentRow>): DocumentRow => ({
    provider: 'p',
    kind: 'promise',
    feature: 'stateful',
    capability: 'previous-response',
    at: 'request /previous_response_id',
    status: 'documented',
    says: 'is documented.',
    source: { title: 'page', url: 'https://p.example' },
    ...given,
  })
  const rows = [...PLAIN, fails('s/r', ['state-previous-recall'], {})]
  const of = (...documents: readonly DocumentRow[]): CapabilityCell =>
    cellOf('previous-response', { rows, documents, target: { contract: 'p' } })

  test('only a promise without a condition can be broken', () => {
    expect(of(promise({}))).toMatchObject({ promised: { state: 'yes' }, isBroken: true })
    for (const [status, state] of [
      ['conditional', 'if'],
      ['inherited', 'in general'],
      ['denied', 'no'],
      ['silent', 'silent'],
    ] as const) {
      const cell = of(promise({ status }))
      expect(cell.promised?.state).toBe(state)
      expect(cell.isBroken).toBeUndefined()
    }
  })

  test('a material contradiction at its place, or of the promise itself, makes it both', () => {
    const against = { kind: 'contradiction', says: 'And not.', weight: 'material' } as const
    expect(of(promise({ contested: 'And not.' })).promised?.state).toBe('yes & no')
    expect(of(promise({}), promise({ ...against, at: 'promise stateful' }))).toMatchObject({
      promised: { state: 'yes & no', contested: 'And not.' },
    })
    expect(of(promise({}), promise({ ...against, at: 'request /store' })).promised?.state).toBe(
      'yes',
    )
  })

  test('a provider that was not asked has the half of its documents alone', () => {
    const { columns } = computeMatrix(runOf({ rows: PLAIN, documents: [promise({})] }))
    expect(columns.map(({ target, provider }) => target ?? provider)).toEqual(['t', 'p'])
    expect(columns[1]!.features.find(({ feature }) => feature === 'stateful')).toEqual({
      feature: 'stateful',
      promised: 'yes',
      lost: 0,
    })
  })
})

test('recorded requests are counted by what they ask for', () => {
  const request = {
    operation: 'create',
    method: 'POST',
    path: '/responses',
    headers: {},
    body: { json: { input: [{ role: 'assistant', content: 'x' }], stream: true } },
  } as const
  const counts = countAsked([
    { request, status: 200 },
    { request, status: 400 },
  ])
  expect(counts).toMatchObject({
    history: { answered: 1, refused: 1 },
    'stream-ends': { answered: 1, refused: 1 },
  })
  expect(counts['plain-answer']).toBeUndefined()
})
