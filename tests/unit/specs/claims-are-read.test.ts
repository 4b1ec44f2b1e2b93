// A sentence of a contract that nothing can refute is an ornament: each claim is read by a check, or says
// why no request shows it.

import { describe, expect, test } from 'vitest'
import { loadContract, loadContracts } from '../../../src/contract/file/load.ts'
import { casesOf } from '../../../src/plan/plan.ts'
import { suites } from '../../prove.ts'
import type { Contract } from '../../../src/types/index.ts'

const loaded = await suites

/** The API paths of which a check of this contract's plan asks. */
function readPaths(contract: Contract): ReadonlySet<string> {
  const checks = loaded.flatMap(({ checks, families }) => [
    ...checks,
    ...families.flatMap((family) => casesOf(family, contract)),
  ])
  return new Set(
    checks.flatMap(({ promises = [], scenario, covers }) => [
      ...promises,
      ...(scenario === 'every' ? [] : scenario.apiPaths),
      // A whole format is read wherever an answer is.
      ...(covers.includes('own-openai-format') ? ['promise openai-format'] : []),
    ]),
  )
}

const published = loadContracts().filter(({ kind }) => kind === 'vendor' || kind === 'provider')

describe.each(published.map(({ id }) => ({ id })))('$id', ({ id }) => {
  const contract = loadContract(id)

  test('has no claim that no check reads', () => {
    const read = readPaths(contract)
    const unread = contract.claims.filter(
      ({ hinge = '', untestable }) => untestable === undefined && !read.has(hinge),
    )
    expect(unread.map(({ status, hinge }) => `${status} ${hinge}`)).toEqual([])
  })

  test('says of no claim that nothing shows it, and shows it all the same', () => {
    const shown = loaded
      .flatMap(({ families }) => families.flatMap((family) => casesOf(family, contract)))
      .flatMap(({ id: check, promises = [] }) => (check.startsWith('basic/claims/') ? promises : []))
    const both = contract.claims.filter(
      ({ hinge = '', untestable }) => untestable !== undefined && shown.includes(hinge),
    )
    expect(both).toEqual([])
  })
})
