// What a recorded run knew of an exchange beside its bytes is known when it is judged again.

import { expect, test } from 'vitest'
import { checkEntry, type JournalEntry } from '../../../src/evidence/journal.ts'
import { createRecordedSource } from '../../../src/evidence/recorded.ts'
import type { Target } from '../../../src/target/target-and-keys.ts'
import type { Exchange, Scenario } from '../../../src/types/index.ts'

const ID = '0123456789abcdef'
const target = { id: 't' } as Target
const scenario = { id: 'parameters/plain' } as Scenario
const refused = { field: 'max_tool_calls', said: '400: not supported', isUnsupported: true }
const exchange = { status: 200, headers: [], body: { kind: 'empty' } } as unknown as Exchange

function gather(changes: object): Promise<readonly unknown[]> {
  const entry = {
    kind: 'evidence',
    target: 't',
    scenario: scenario.id,
    attempt: 0,
    nonce: 'n',
    steps: { ask: ID },
    ...changes,
  } as Extract<JournalEntry, { kind: 'evidence' }>
  checkEntry(entry, 'evidence', 'line 1')
  const source = createRecordedSource(
    { targets: [target], gathered: [entry], load: () => exchange },
    target,
    'live',
  )
  return source.gather(scenario, 0).then(({ exchanges }) => exchanges['ask']?.leftOut ?? [])
}

test('a request that was sent again without a refused field is known as one', async () => {
  expect(await gather({ leftOut: { ask: [refused] } })).toEqual([refused])
  expect(await gather({})).toEqual([])
})

test('a line that says something else of it is refused', async () => {
  await expect(async () => gather({ leftOut: { ask: ['max_tool_calls'] } })).rejects.toThrow(
    'no line of a journal of ours',
  )
})
