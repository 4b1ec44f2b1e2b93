// What is wrong with a request is said with the status, code and place that OpenAI gives it.

import { connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { clientOf } from './client.ts'

const reference = await startReference()
const client = clientOf(reference)
afterAll(() => reference.close())

const open = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }
const format = (more: object): object => ({
  text: { format: { type: 'json_schema', name: 'x', strict: true, schema: open, ...more } },
})
const tool = (more: object): object => ({
  tools: [{ type: 'function', name: 'f', parameters: null, ...more }],
})
const part = (role: string, type: string): object => ({
  input: [{ role, content: [{ type, text: 'x' }] }],
})

test.each<[object, string | null, string]>([
  [{ model: undefined }, 'missing_required_parameter', 'model'],
  [{ model: 'reference-7' }, 'model_not_found', 'model'],
  [{ input: undefined }, 'missing_required_parameter', 'input'],
  [{ surprise: 1 }, 'unknown_parameter', 'surprise'],
  [{ max_tokens: 10 }, 'unsupported_parameter', 'max_tokens'],
  [{ messages: [] }, 'unsupported_parameter', 'messages'],
  [{ response_format: {} }, 'unsupported_parameter', 'response_format'],
  [{ temperature: 'hot' }, 'invalid_type', 'temperature'],
  [{ temperature: 2.1 }, 'decimal_above_max_value', 'temperature'],
  [{ temperature: -0.1 }, 'decimal_below_min_value', 'temperature'],
  [{ top_p: 1.1 }, 'decimal_above_max_value', 'top_p'],
  [{ max_output_tokens: 15 }, 'integer_below_min_value', 'max_output_tokens'],
  [{ max_output_tokens: 16.5 }, 'invalid_type', 'max_output_tokens'],
  [{ top_logprobs: 21 }, 'integer_above_max_value', 'top_logprobs'],
  [{ max_tool_calls: 0 }, 'integer_below_min_value', 'max_tool_calls'],
  [{ truncation: 'middle' }, 'invalid_value', 'truncation'],
  [{ include: ['everything'] }, 'invalid_value', 'include[0]'],
  [{ reasoning: { effort: 'extreme' } }, 'invalid_value', 'reasoning.effort'],
  [{ text: { verbosity: 'loud' } }, 'invalid_value', 'text.verbosity'],
  [{ metadata: { a: 'x'.repeat(513) } }, 'string_above_max_length', 'metadata.a'],
  [{ metadata: { a: 1 } }, 'invalid_type', 'metadata.a'],
  [
    { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [index, 'x'])) },
    'object_above_max_properties',
    'metadata',
  ],
  [{ stream_options: {} }, 'invalid_value', 'stream_options'],
  [{ input: 7 }, 'invalid_type', 'input'],
  [{ input: [{ role: 'robot', content: 'x' }] }, 'invalid_value', 'input[0].role'],
  [{ input: [{ type: 'nonsense' }] }, 'invalid_value', 'input[0].type'],
  [part('user', 'text'), 'invalid_value', 'input[0].content[0].type'],
  [part('user', 'output_text'), 'invalid_value', 'input[0].content[0].type'],
  [part('assistant', 'input_text'), 'invalid_value', 'input[0].content[0].type'],
  [{ previous_response_id: 'resp_x' }, 'previous_response_not_found', 'previous_response_id'],
  [
    { previous_response_id: 'resp_x', conversation: 'conv_x' },
    'mutually_exclusive_parameters',
    'previous_response_id',
  ],
  [format({}), 'invalid_json_schema', 'text.format.schema'],
  [format({ name: 'a b' }), 'invalid_value', 'text.format.name'],
  [format({ name: undefined }), 'missing_required_parameter', 'text.format.name'],
  [format({ schema: { anyOf: [open] } }), 'invalid_json_schema', 'text.format.schema'],
  [tool({ strict: true, parameters: open }), 'invalid_function_parameters', 'tools[0].parameters'],
  [tool({ name: 'a b' }), 'invalid_value', 'tools[0].name'],
  [tool({ name: 'x'.repeat(129) }), 'string_above_max_length', 'tools[0].name'],
  [tool({ type: 'teleport' }), 'invalid_value', 'tools[0].type'],
  [{ tools: [{ type: 'function', function: {} }] }, 'unknown_parameter', 'tools[0].function'],
  [{ ...tool({}), tool_choice: { type: 'function', name: 'g' } }, 'invalid_value', 'tool_choice'],
  [{ input: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }] }, null, 'input'],
])('%j is refused as %s at %s', async (body, code, param) => {
  const { status, headers, body: answer } = await client.create({ input: 'Hi', ...body })
  expect(status).toBe(400)
  expect(headers.get('x-request-id')).toMatch(/^req_/)
  expect(answer.error).toMatchObject({ type: 'invalid_request_error', code, param })
  expect(answer.error.message).not.toBe('')
  const streamed = await client.create({ input: 'Hi', ...body, stream: true })
  if (!('stream_options' in body)) expect(streamed.status).toBe(400)
})

const raw = async (init: RequestInit, path = '/responses'): Promise<Response> =>
  fetch(reference.url + path, { method: 'POST', ...init })
const auth = { authorization: 'Bearer test' }
const jsonType = { 'content-type': 'application/json' }

test('transport problems have their own status', async () => {
  expect((await raw({ headers: { ...auth, ...jsonType }, body: '{"model":' })).status).toBe(400)
  expect((await raw({ headers: { ...auth, ...jsonType } })).status).toBe(400)
  expect((await raw({ headers: { ...auth, ...jsonType }, body: '[]' })).status).toBe(400)
  const form = await raw({ headers: auth, body: new URLSearchParams({ model: 'reference' }) })
  expect(form.status).toBe(415)
  const put = await raw({ method: 'PUT', headers: { ...auth, ...jsonType }, body: '{}' })
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await raw({ headers: auth }, '/nowhere')).status).toBe(404)
  const long = '-'.repeat(65 * 1024 * 1024)
  expect((await raw({ headers: { ...auth, ...jsonType }, body: long })).status).toBe(413)
})

test('what is no HTTP is answered in JSON', async () => {
  const socket = connect(reference.port, '127.0.0.1')
  socket.end('GARBAGE\r\n\r\n')
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  expect(text).toMatch(/^HTTP\/1.1 400 /)
  expect(JSON.parse(text.split('\r\n\r\n')[1]!)).toMatchObject({ error: { param: null } })
})

test('keys are asked for and never repeated', async () => {
  const key = 'sk-0123456789abcdefghij'
  const wrong = await raw({ headers: { authorization: `Bearer ${key}`, ...jsonType }, body: '{}' })
  expect(wrong.status).toBe(401)
  const text = await wrong.text()
  expect(text).toContain('invalid_api_key')
  expect(text).not.toContain(key)
  expect((await raw({ headers: jsonType, body: '{"stream":true}' })).status).toBe(401)
})
