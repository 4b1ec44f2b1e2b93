// How much of what a careful reader finds in the documents of the five vendors is found by checking.

import { describe, expect, test } from 'vitest'
import { auditContract } from '../../../src/document-audit/audit.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { isObject } from '../../../src/base/json.ts'
import type { DocumentRow, Json, JsonObject } from '../../../src/types/index.ts'
import { READINGS, type WantedRow } from './vendor-readings.ts'

const yardsticks = {
  openai: loadContract('openai'),
  'open-responses': loadContract('open-responses'),
}

function matches(row: DocumentRow, wanted: WantedRow): boolean {
  const told = [row.says, row.expected, row.actual].join(' ')
  return (
    row.kind === wanted.kind &&
    row.at === wanted.at &&
    (row.kind === 'contradiction' || row.yardstick === (wanted.yardstick ?? 'openai')) &&
    (wanted.names ?? []).every((name) => told.includes(name))
  )
}

function declarations(document: Json | undefined): readonly string[] {
  const list = isObject(document) ? document['x-contradictions'] : undefined
  return (Array.isArray(list) ? list.filter(isObject) : []).map(({ at }) => String(at))
}

describe.each(Object.entries(READINGS))('%s', (id, { contradictions, deviations }) => {
  const contract = loadContract(id)
  const rows = auditContract(contract, yardsticks, { scenarios: [], checks: [] })
  const stated = declarations(contract.document as unknown as JsonObject)

  test.each([...contradictions, ...deviations])('$says', ({ found, declared, left }) => {
    for (const row of found ?? []) {
      expect(
        rows.filter((one) => one.at === row.at),
        `${row.kind} ${row.at}`,
      ).toEqual(expect.arrayContaining([expect.objectContaining({ kind: row.kind })]))
      expect(
        rows.some((one) => matches(one, row)),
        JSON.stringify(row),
      ).toBe(true)
    }
    if (declared !== undefined) {
      expect(stated).toContain(declared.at)
      expect(rows.some((one) => one.kind === 'contradiction' && one.at === declared.at)).toBe(true)
    }
    expect([found, declared?.because, left].filter((one) => one !== undefined).length).toBe(1)
  })

  test('quotes a page, with its address, in every row', () => {
    for (const { says, source } of rows) {
      expect([says, source.url]).toEqual([says, expect.stringMatching(/^https:\/\//)])
    }
  })

  test('computes nothing that no reader has found', () => {
    const listed = [...contradictions, ...deviations].flatMap(({ found }) => found ?? [])
    const computed = rows.filter(({ kind, at }) => kind === 'contradiction' && !stated.includes(at))
    const news = computed.filter((row) => !listed.some((wanted) => matches(row, wanted)))
    expect(news.map(({ at }) => at)).toEqual([])
  })
})
