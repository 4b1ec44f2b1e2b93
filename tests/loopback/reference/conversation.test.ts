import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import type { Any } from './client.ts'
import { clientOf, textOf, wordFormat } from './client.ts'

const reference = await startReference()
const client = clientOf(reference)
afterAll(() => reference.close())

test('says what it is told to', async () => {
  const { status, body } = await client.create({ input: 'Reply with the single word: ready.' })
  expect(status).toBe(200)
  expect(textOf(body)).toBe('ready')
  expect(body.usage.total_tokens).toBe(body.usage.input_tokens + body.usage.output_tokens)
})

test('remembers the previous response, not its instructions', async () => {
  const first = await client.create({
    instructions: 'The code word is ZX7-00000001.',
    input: 'The code word is ZX7-00000002.',
  })
  const next = await client.create({
    previous_response_id: first.body.id,
    input: 'Which code word?',
    text: wordFormat('ZX7-00000001', 'ZX7-00000003', 'ZX7-00000002'),
  })
  expect(JSON.parse(textOf(next.body))).toEqual({ word: 'ZX7-00000002' })
  const stranger = await client.create(
    { previous_response_id: first.body.id, input: 'Hi' },
    'test-2',
  )
  expect(stranger.body.error).toMatchObject({
    code: 'previous_response_not_found',
    param: 'previous_response_id',
  })
})

test('streams what it would answer at once', async () => {
  const events = await client.stream({ input: 'Count from 1 to 30 in English words.' })
  expect(events[0].type).toBe('response.created')
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index))
  const joined = events
    .filter((event) => event.type === 'response.output_text.delta')
    .map((event) => event.delta)
    .join('')
  expect(joined).toMatch(/^one, two, three, .*thirty$/)
  expect(textOf(events.at(-1).response)).toBe(joined)
})

test('stops where the budget ends', async () => {
  const { body } = await client.create({
    input: 'Count from 1 to 500 in English words.',
    max_output_tokens: 16,
  })
  expect(body).toMatchObject({
    status: 'incomplete',
    incomplete_details: { reason: 'max_output_tokens' },
    output: [{ status: 'incomplete' }],
  })
  expect(body.usage.output_tokens).toBeLessThanOrEqual(16)
})

test('calls a function once for each value, and uses the results', async () => {
  const tools = [
    {
      type: 'function',
      name: 'weather',
      strict: true,
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
        additionalProperties: false,
      },
    },
  ]
  const input = [{ role: 'user', content: 'Call weather once for each of: Paris, Oslo.' }]
  const { body } = await client.create({ input, tools })
  expect(body.output.map((item: Any) => JSON.parse(item.arguments).city)).toEqual(['Paris', 'Oslo'])
  const outputs = body.output.map(({ call_id }: Any, index: number) => ({
    type: 'function_call_output',
    call_id,
    output: `sunny ${index}`,
  }))
  const next = await client.create({ input: [...input, ...body.output, ...outputs], tools })
  expect(textOf(next.body)).toBe('sunny 0\nsunny 1')
  const orphan = await client.create({ input: outputs.slice(0, 1) })
  expect(orphan).toMatchObject({ status: 400, body: { error: { param: 'input' } } })
})

test('keeps, lists and deletes', async () => {
  const { body } = await client.create({ input: 'Reply with exactly: kept' })
  expect((await client.call('GET', `/responses/${body.id}`)).body).toEqual(body)
  expect((await client.call('GET', `/responses/${body.id}`, undefined, 'test-2')).status).toBe(404)
  expect((await client.call('GET', `/responses/${body.id}/input_items`)).body).toMatchObject({
    object: 'list',
    has_more: false,
    data: [{ type: 'message', role: 'user', content: [{ type: 'input_text' }] }],
  })
  expect((await client.call('DELETE', `/responses/${body.id}`)).body).toEqual({
    id: body.id,
    object: 'response',
    deleted: true,
  })
  expect((await client.call('GET', `/responses/${body.id}`)).status).toBe(404)
})
