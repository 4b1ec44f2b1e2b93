// A refusal that comes late, as the only thing that a stream tells, and an accident that comes so.

import { expect, test } from 'vitest'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { createStreamedExchange } from '../../exchange.ts'

const opened = { type: 'response.created', response: { status: 'in_progress' } }
const failed = (error: object) => ({ type: 'response.failed', response: { error } }) as never

test.each([
  ['a refusal', [opened, failed({ code: 'invalid_prompt', message: 'No such role.' })], 'holds'],
  [
    'that of the API behind',
    [failed({ code: 'server_error', message: '400 Bad Request' })],
    'holds',
  ],
  [
    'an event of its own name',
    [opened, { type: 'response.error', error: { message: 'x' } }, failed({ message: 'x' })],
    'holds',
  ],
  ['an error without a type', [{ error: { message: 'Unknown parameter: text.' } }], 'holds'],
  ['an event of a name that nobody knows', [opened, { type: 'response.odd' }], 'violated'],
  [
    'an accident',
    [opened, failed({ code: 'server_error', message: 'Out of memory.' })],
    'violated',
  ],
  [
    'an answer that fails later',
    [
      opened,
      { type: 'response.output_text.delta', delta: 'a' },
      failed({ code: 'x', message: '' }),
    ],
    'violated',
  ],
] as const)('%s in a stream', (_, events, kind) => {
  expect(judgeRefusal('ask', createStreamedExchange(events), 'it is wrong').kind).toBe(kind)
})
