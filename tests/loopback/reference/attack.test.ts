// No request may crash the reference or make it hang. A longer run: `npx tsx benchmarks/attack.ts`.

import { expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { attack } from './attack.ts'
import { clientOf, textOf } from './client.ts'

test.each(['openai', 'open-responses'] as const)(
  'dialect %s stands any request',
  async (dialect) => {
    const reference = await startReference({ dialect })
    const { failures, statuses } = await attack(reference.url, { requests: 200, seed: 7 })
    expect(failures).toEqual([])
    expect(statuses['200']).toBeGreaterThan(0)
    expect(statuses['400']).toBeGreaterThan(50)
    const { body } = await clientOf(reference).create({ input: 'Reply with exactly: still here' })
    expect(textOf(body)).toBe('still here')
    await reference.close()
  },
)
