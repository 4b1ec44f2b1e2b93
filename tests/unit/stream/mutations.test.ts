import { expect, test } from 'vitest'
import { judgeStream } from '../../../src/stream/rules/judge-stream.ts'
import { LEGAL_STREAM, place, R, edit, set } from './edits.ts'
import { encodeEvents, receiveEvents } from './framing.ts'
import { numberEvents } from './legal.ts'
import { itemsMutations } from './mutations/items.ts'
import { legalMutations } from './mutations/legal.ts'
import { partsMutations } from './mutations/parts.ts'
import { responseMutations } from './mutations/response.ts'

// One change each: the one rule that it breaks must say so, and no other.
const MUTATIONS = [...responseMutations, ...itemsMutations, ...partsMutations, ...legalMutations]

test.each(MUTATIONS.map((row) => ({ story: row[0], row })))('$story', ({ row }) => {
  const [, events, law, dialect] = row
  const findings = judgeStream(receiveEvents(encodeEvents(events)), dialect ?? 'openai')
  expect(findings.map((finding) => finding.rule)).toEqual(law === 'legal' ? [] : [law].flat())
  for (const finding of findings) {
    expect(finding.at).toMatch(/^\/events/)
    expect(finding.expected).not.toBe(finding.actual)
    expect(finding.place).toMatch(/event \d+, after \d+ ms, at byte \d+/)
  }
})

test('an event without a type hides nothing but itself', () => {
  const at = place(LEGAL_STREAM, R('completed'))
  const heartbeat = { sequence_number: 1 }
  const events = numberEvents([LEGAL_STREAM[0]!, heartbeat, ...LEGAL_STREAM.slice(1, at)])
  const findings = judgeStream(receiveEvents(encodeEvents(events)))
  expect(findings.map(({ rule, actual }) => [rule, actual])).toEqual([
    ['numbered', 'absent'],
    ['single-terminal', expect.stringContaining('the stream ended after')],
  ])
})

test('an end without a type is no end', () => {
  const events = edit('completed', set('/type', undefined))
  const findings = judgeStream(receiveEvents(encodeEvents(events)))
  expect(findings.map(({ rule, actual }) => [rule, actual])).toEqual([
    ['numbered', 'absent'],
    ['single-terminal', 'the stream ended after an event without a type'],
  ])
})
