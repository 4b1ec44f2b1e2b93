// Emulated answers have the shape that a vendor's documents give, and say that they are emulated.

import { expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import type { Exchange, JsonObject } from '../../../src/types/index.ts'
import { clientOf } from './client.ts'

const vendors = ['anyfast', 'crun', 'lemondata', 'new-api', 'sunra']

test.each(vendors)('answers as %s documents it', async (vendor) => {
  const contract = loadContract(vendor)
  const document = contract.document as unknown as JsonObject
  const reference = await startReference({ as: vendor, document })
  const client = clientOf(reference)
  const model = contract.profile?.models.text ?? 'reference'
  const body = { model, input: [{ role: 'user', content: 'Reply with exactly: emulated' }] }
  for (const sent of [body, { ...body, temperature: 9 }]) {
    const { status, headers, body: value } = await client.create(sent)
    expect(headers.get('x-responses-conformance-emulates')).toBe(vendor)
    const exchange: Exchange = {
      request: { operation: 'create', method: 'POST', path: '/responses', body: { json: sent } },
      status,
      headers: [['content-type', 'application/json']],
      body: { kind: 'json', value, text: JSON.stringify(value) },
      ending: 'complete',
    }
    expect(contract.flaws(exchange) ?? []).toEqual([])
    if (status === 200) expect(JSON.stringify(value)).toContain('emulated')
  }
  expect((await client.call('GET', '/nowhere')).status).toBe(404)
  await reference.close()
})

test('says what only the vendor says', async () => {
  const { document } = loadContract('crun')
  const reference = await startReference({ as: 'crun', document: document as never })
  const response = await fetch(`${reference.url}/responses`, {
    method: 'POST',
    headers: { 'x-api-key': 'test', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-5.4', input: 'Reply with exactly: hello' }),
  })
  expect(await response.json()).toMatchObject({ output_text: 'hello' })
  await reference.close()
})

test('needs the contract of the vendor', async () => {
  await expect(startReference({ as: 'crun' })).rejects.toThrow('"document"')
})
