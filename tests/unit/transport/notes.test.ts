// What a provider says stands behind our notes, in one line.

import { expect, test } from 'vitest'
import { saidOf } from '../../../src/transport/single-requests.ts'
import type { Body, Exchange } from '../../../src/types/index.ts'

const said = (body: Body): string => saidOf({ body } as Exchange)

test.each<[string, Body, string]>([
  [
    'an error',
    { kind: 'json', value: { error: { message: 'No.\n::error::owned\r\n# owned' } }, text: '' },
    ': No. ::error::owned # owned',
  ],
  ['a text', { kind: 'text', text: 'No.\u2028##[error]owned' }, ': No. ##[error]owned'],
  ['nothing', { kind: 'text', text: ' \n ' }, ''],
])('%s', (_, body, note) => {
  expect(said(body)).toBe(note)
})
