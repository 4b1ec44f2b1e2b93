import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import { GOOD_ITEM, GOOD_RESPONSE, createContract } from './documents.ts'
import { createAnsweredExchange, createExchange, createStreamedExchange } from '../../exchange.ts'

const small = createContract()

function flaws(change: JsonObject) {
  return small.flaws(createAnsweredExchange({ ...GOOD_RESPONSE, ...change }))
}

describe('one wrong field is one finding', () => {
  test('nothing is wrong with a documented answer', () => {
    expect(flaws({})).toEqual([])
    expect(small.unknownFields(createAnsweredExchange(GOOD_RESPONSE))).toEqual([])
  })

  test('a wrong enum value names the allowed ones', () => {
    expect(flaws({ status: 7 })).toEqual([
      {
        step: '',
        at: '/status',
        expected: 'one of "completed", "failed", "incomplete"',
        actual: '7',
      },
    ])
  })

  test('a missing field inside a union does not drag in the other variants', () => {
    const { role: _, ...item } = GOOD_ITEM
    const found = flaws({ output: [item] })
    expect(found).toHaveLength(1)
    expect(found?.[0]).toMatchObject({
      at: '/output/0/role',
      expected: '"assistant"',
      actual: 'absent',
    })
  })

  test('a field under another name is named', () => {
    expect(flaws({ usage: { totalTokens: 3 } })).toMatchObject([
      { at: '/usage/total_tokens', message: expect.stringContaining('`totalTokens` stands') },
    ])
  })

  test('a missing tag is said', () => {
    const { type: _, ...item } = GOOD_ITEM
    expect(flaws({ output: [item] })).toMatchObject([
      { at: '/output/0/type', actual: 'absent', message: expect.stringContaining('`type`') },
    ])
  })

  test('a wrong JSON type is said in words', () => {
    expect(flaws({ usage: 'none', output: ['text'] })).toMatchObject([
      { at: '/output/0', expected: 'an object', actual: 'the string "text"' },
      { at: '/usage', expected: 'an object or null', actual: 'the string "none"' },
    ])
  })

  test('an unknown variant is surplus, not a flaw', () => {
    const reply = createAnsweredExchange({
      ...GOOD_RESPONSE,
      output: [{ type: 'tool_use', id: 1 }],
    })
    expect(small.flaws(reply)).toEqual([])
    expect(small.unknownFields(reply)).toMatchObject([
      {
        at: '/output/0/type',
        expected: 'one of "message", "function_call"',
        actual: '"tool_use"',
      },
    ])
  })

  test('a contested point carries its dispute', () => {
    const call = { type: 'function_call', call_id: 'c', name: 'f' }
    expect(flaws({ output: [call] })).toMatchObject([
      { at: '/output/0/arguments', contested: 'its own traffic leaves it out' },
    ])
  })
})

describe('streams', () => {
  const delta = { type: 'response.output_text.delta', delta: 'x' }
  const done = { type: 'response.completed', sequence_number: 9, response: GOOD_RESPONSE }

  test('a mistake in every delta is told once, with a count', () => {
    const found = small.flaws(
      createStreamedExchange([...Array.from({ length: 40 }, () => delta), done]),
    )
    expect(found).toHaveLength(1)
    expect(found?.[0]?.at).toBe('/events/0/sequence_number')
    expect(found?.[0]?.message).toContain('In 40 of 41 events (response.output_text.delta)')
  })

  test('pointers lead into the event, unknown events are surplus', () => {
    const bad = { ...done, response: { ...GOOD_RESPONSE, id: null } }
    const reply = createStreamedExchange([{ type: 'response.whatever' }, bad])
    expect(small.flaws(reply)).toMatchObject([{ at: '/events/1/response/id' }])
    expect(small.unknownFields(reply)).toMatchObject([
      { at: '/events/0/type', actual: '"response.whatever"' },
    ])
  })
})

describe('surplus', () => {
  test('unknown fields are found at any depth, open objects promise nothing', () => {
    const value = {
      ...GOOD_RESPONSE,
      output: [{ ...GOOD_ITEM, vendor_note: 1 }],
      extra: true,
      metadata: { any: 'string' },
      raw: { anything: { goes: 1 } },
    }
    expect(small.unknownFields(createAnsweredExchange(value)).map(({ at }) => at)).toEqual([
      '/output/0/vendor_note',
      '/extra',
    ])
  })
})

describe('requests', () => {
  const create = (json: JsonObject) =>
    ({ operation: 'create', method: 'POST', path: '/responses', body: { json } }) as const

  test('are told apart by role and type', () => {
    const json = { model: 'm', input: [{ role: 'tool', content: 'x' }], temperature: 3 }
    expect(small.requestFlaws(create(json))).toMatchObject([
      { at: '/input/0/role', expected: 'one of "user", "assistant"' },
      { at: '/temperature', expected: 'at most 2', actual: '3' },
    ])
  })

  test('undocumented parts are listed', () => {
    const json = { model: 'm', input: [{ role: 'user', content: 'x', name: 'n' }], stop: 'x' }
    expect(small.undocumented(create(json))).toEqual(['/input/0/name', '/stop'])
    expect(small.requestFlaws(create(json))).toEqual([])
  })
})

test('garbage never throws', () => {
  let deep: Json = 1
  for (let level = 0; level < 20_000; level++) deep = [deep]
  const values: readonly Json[] = [null, [], {}, '', 0, deep, { output: deep }, { output: [null] }]
  for (const value of values) {
    expect(small.flaws(createAnsweredExchange(value))).toBeInstanceOf(Array)
    expect(small.unknownFields(createAnsweredExchange(value))).toBeInstanceOf(Array)
    expect(small.flaws(createStreamedExchange([value]))).toBeInstanceOf(Array)
  }
  expect(small.flaws(createExchange({ kind: 'empty' }))).toHaveLength(1)
  expect(small.flaws(createExchange({ kind: 'text', text: '<html>' }))).toHaveLength(1)
  expect(small.flaws(createAnsweredExchange({}, 500))).toBeUndefined()
})
