import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Reference } from '../reference/main.ts'
import { startReference } from '../reference/main.ts'

let reference: Reference

beforeAll(async () => {
  reference = await startReference()
})
afterAll(() => reference.close())

type Any = ReturnType<typeof JSON.parse>

async function call(method: string, path: string, body?: unknown, key = 'test'): Promise<Any> {
  const response = await fetch(reference.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const create = (body: object, key?: string): Promise<Any> =>
  call('POST', '/responses', { model: 'reference', ...body }, key)

async function stream(body: object): Promise<Any[]> {
  const response = await fetch(`${reference.url}/responses`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'reference', stream: true, ...body }),
  })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const text = await response.text()
  return text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => JSON.parse(frame.split('\ndata: ')[1]!))
}

const words = (...values: string[]): object => ({
  format: {
    type: 'json_schema',
    name: 'recall',
    strict: true,
    schema: {
      type: 'object',
      properties: { word: { type: 'string', enum: [...values, 'unknown'] } },
      required: ['word'],
      additionalProperties: false,
    },
  },
})
const textOf = (body: Any): string =>
  body.output.findLast((item: Any) => item.type === 'message').content[0].text

test('says what it is told to', async () => {
  const { status, body } = await create({ input: 'Reply with the single word: ready.' })
  expect(status).toBe(200)
  expect(textOf(body)).toBe('ready')
  expect(body.usage.total_tokens).toBe(body.usage.input_tokens + body.usage.output_tokens)
})

test('remembers the previous response, not its instructions', async () => {
  const first = await create({
    instructions: 'The code word is ZX7-00000001.',
    input: 'The code word is ZX7-00000002.',
  })
  const next = await create({
    previous_response_id: first.body.id,
    input: 'Which code word?',
    text: words('ZX7-00000001', 'ZX7-00000003', 'ZX7-00000002'),
  })
  expect(JSON.parse(textOf(next.body))).toEqual({ word: 'ZX7-00000002' })
  const stranger = await create({ previous_response_id: first.body.id, input: 'Hi' }, 'test-2')
  expect(stranger.body.error).toMatchObject({
    code: 'previous_response_not_found',
    param: 'previous_response_id',
  })
})

test('streams what it would answer at once', async () => {
  const events = await stream({ input: 'Count from 1 to 30 in English words.' })
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
  const { body } = await create({
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
  const { body } = await create({ input, tools })
  expect(body.output.map((item: Any) => JSON.parse(item.arguments).city)).toEqual(['Paris', 'Oslo'])
  const outputs = body.output.map(({ call_id }: Any, index: number) => ({
    type: 'function_call_output',
    call_id,
    output: `sunny ${index}`,
  }))
  const next = await create({ input: [...input, ...body.output, ...outputs], tools })
  expect(textOf(next.body)).toBe('sunny 0\nsunny 1')
  const orphan = await create({ input: outputs.slice(0, 1) })
  expect(orphan).toMatchObject({ status: 400, body: { error: { param: 'input' } } })
})

test('keeps, lists and deletes', async () => {
  const { body } = await create({ input: 'Reply with exactly: kept' })
  expect((await call('GET', `/responses/${body.id}`)).body).toEqual(body)
  expect((await call('GET', `/responses/${body.id}`, undefined, 'test-2')).status).toBe(404)
  expect((await call('GET', `/responses/${body.id}/input_items`)).body).toMatchObject({
    object: 'list',
    has_more: false,
    data: [{ type: 'message', role: 'user', content: [{ type: 'input_text' }] }],
  })
  expect((await call('DELETE', `/responses/${body.id}`)).body).toEqual({
    id: body.id,
    object: 'response',
    deleted: true,
  })
  expect((await call('GET', `/responses/${body.id}`)).status).toBe(404)
})
