// The model follows what people ask in whatever words; none of these sentences is in its source.

import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import type { Any } from './client.ts'
import { clientOf, textOf } from './client.ts'

const reference = await startReference()
const client = clientOf(reference)
afterAll(() => reference.close())

const answerTo = async (input: unknown, more: object = {}): Promise<string> =>
  textOf((await client.create({ input, ...more })).body)

const multiply = {
  type: 'function',
  name: 'multiply',
  strict: true,
  parameters: {
    type: 'object',
    properties: { left: { type: 'integer' }, right: { type: 'number', maximum: 5 } },
    required: ['left', 'right'],
    additionalProperties: false,
  },
}
const forecast = {
  type: 'function',
  name: 'getForecast',
  parameters: { type: 'object', properties: {} },
}
const tides = {
  type: 'function',
  name: 'read_tides',
  parameters: { type: 'object', properties: {} },
}
const namesOf = (body: Any): string[] => body.output.map(({ name }: Any) => name)

test('a word in capitals or in quotation marks is said', async () => {
  expect(await answerTo('Please answer with YES and stop.')).toBe('YES')
  expect(await answerTo('Now say "good morning" to me.')).toBe('good morning')
  expect(await answerTo('Are you there?', { instructions: 'Always respond with AYE.' })).toBe('AYE')
})

test('what was stated is recalled, the latest of it', async () => {
  const first = await client.create({
    input: 'My cat is Tom. No: my cat is Felix. The shelf = 14.',
  })
  const more = { previous_response_id: first.body.id }
  expect(await answerTo('Who is my cat?', more)).toBe('Felix')
  expect(await answerTo('Do you recall the shelf?', more)).toBe('14')
  expect(await answerTo('Who is my dog?', more)).toMatch(/reference model/)
})

test('sums are done', async () => {
  expect(await answerTo('How much is seven times 6?')).toBe('42')
  expect(await answerTo('What do you get from 12 - 15?')).toBe('-3')
  expect(await answerTo('I have one and two.')).toMatch(/reference model/)
})

test('a form takes what was stated of its fields, within its limits', async () => {
  const { body } = await client.create({
    input: 'Please multiply left=31 with right=9.',
    tools: [multiply],
  })
  expect(JSON.parse(body.output[0].arguments)).toEqual({ left: 31, right: 5 })
})

test('under auto a question calls what it speaks of, and no other', async () => {
  const tools = [forecast, tides]
  expect(namesOf((await client.create({ input: 'Any forecast for Oslo?', tools })).body)).toEqual([
    'getForecast',
  ])
  const both = 'The forecast and the tides, please.'
  expect(namesOf((await client.create({ input: both, tools })).body)).toEqual([
    'getForecast',
    'read_tides',
  ])
  const single = { input: both, tools, parallel_tool_calls: false }
  expect(namesOf((await client.create(single)).body)).toEqual(['getForecast'])
  expect(await answerTo('Is anybody reading?', { tools })).toMatch(/reference model/)
  expect(await answerTo('Say FINE about the forecast.', { tools })).toBe('FINE')
})

test('a free tool gets its task, and a grammar its number', async () => {
  const tool = { type: 'custom', name: 'shell' }
  const { body } = await client.create({ input: 'Use shell to list all files.', tools: [tool] })
  expect(body.output[0].input).toBe('list all files')
  const format = { type: 'grammar', syntax: 'lark', definition: 'start: INT\n%import common.INT\n' }
  const counter = { type: 'custom', name: 'counter', format }
  const asked = { input: 'Use counter for three plus nine.', tools: [counter] }
  expect((await client.create(asked)).body.output[0].input).toBe('12')
})

test('a number is taken from what a tool said', async () => {
  const call = { type: 'function_call', call_id: 'call_1', name: 'multiply', arguments: '{}' }
  const result = { type: 'function_call_output', call_id: 'call_1', output: '{"product": 27.5}' }
  const question = { role: 'user', content: 'Give me only the result.' }
  expect(await answerTo([{ role: 'user', content: 'Go.' }, call, result, question])).toBe('27.5')
})

test('an essay is long enough to be cut', async () => {
  const { body } = await client.create({
    input: 'Write a long story of a boat.',
    max_output_tokens: 40,
  })
  expect(body).toMatchObject({
    status: 'incomplete',
    incomplete_details: { reason: 'max_output_tokens' },
  })
})
