// Chat Completions in front of the reference model, asked by OpenAI's own client.

import OpenAI, { APIError } from 'openai'
import { afterAll, describe, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { drawWord } from '../../../src/request/draw-image.ts'
import type { Any } from './client.ts'

const reference = await startReference({ speak: ['chat'] })
const openai = new OpenAI({ baseURL: reference.url, apiKey: 'test', maxRetries: 0 })
afterAll(() => reference.close())

type Create = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming

const say = (
  content: OpenAI.Chat.ChatCompletionUserMessageParam['content'],
): Create['messages'] => [{ role: 'user', content }]

function complete(
  messages: Create['messages'],
  rest: Partial<Create> = {},
): Promise<OpenAI.Chat.ChatCompletion> {
  return openai.chat.completions.create({ model: 'reference', messages, ...rest })
}

async function chunksOf(
  messages: Create['messages'],
  rest: Partial<Create> = {},
): Promise<OpenAI.Chat.ChatCompletionChunk[]> {
  const body = { model: 'reference', messages, ...rest, stream: true as const }
  const chunks = []
  for await (const chunk of await openai.chat.completions.create(body)) chunks.push(chunk)
  return chunks
}

/** The body of the error that the client got. */
async function refusedWith(body: object): Promise<Any> {
  const asked = { model: 'reference', messages: say('Hi'), ...body } as Create
  const error: Any = await openai.chat.completions.create(asked).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(APIError)
  const { status, param, code, type } = error
  return { status, param, code, type }
}

const lookUp = {
  type: 'function' as const,
  function: {
    name: 'look_up',
    strict: true,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', enum: ['Oslo', 'Lima', 'unknown'] } },
      required: ['city'],
      additionalProperties: false,
    },
  },
}

test('text, and the tokens that it took', async () => {
  const { choices, usage, object, model } = await complete(say('Reply with exactly: seven seas'))
  expect({ object, model }).toEqual({ object: 'chat.completion', model: 'reference' })
  expect(choices).toEqual([
    {
      index: 0,
      message: { role: 'assistant', content: 'seven seas', refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: 'stop',
    },
  ])
  expect(usage!.completion_tokens).toBe(2)
  expect(usage!.total_tokens).toBe(usage!.prompt_tokens + 2)
  const longer = await complete(say(`Reply with exactly: seven seas\n${'filler '.repeat(400)}`))
  expect(longer.usage!.prompt_tokens - usage!.prompt_tokens).toBe(700)
})

test('a stream spells the text, and counts at its end when asked', async () => {
  const prompt = say('Count from 1 to 9 in English words.')
  const chunks = await chunksOf(prompt, { stream_options: { include_usage: true } })
  const whole = await complete(prompt)
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta))
  expect(deltas[0]).toEqual({ role: 'assistant', content: '', refusal: null })
  expect(deltas.map(({ content }) => content ?? '').join('')).toBe(
    whole.choices[0]!.message.content,
  )
  expect(chunks.at(-2)!.choices[0]!.finish_reason).toBe('stop')
  expect(chunks.at(-1)!.choices).toEqual([])
  expect(chunks.at(-1)!.usage).toEqual(whole.usage)
  expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true)
  const uncounted = await chunksOf(prompt)
  expect(uncounted.every((chunk) => !('usage' in chunk))).toBe(true)
})

test.each(['max_tokens', 'max_completion_tokens'])(
  '%s cuts, below what Responses allows too',
  async (key) => {
    const { choices, usage } = await complete(say('Count from 1 to 9 in English words.'), {
      [key]: 3,
    })
    expect(choices[0]!.message.content).toBe('one, two')
    expect(choices[0]!.finish_reason).toBe('length')
    expect(usage!.completion_tokens).toBe(3)
  },
)

test('ends before a stop text', async () => {
  const { choices, usage } = await complete(say('Count from 1 to 9 in English words.'), {
    stop: ['five', ' three'],
  })
  expect(choices[0]!.message.content).toBe('one, two,')
  expect(choices[0]!.finish_reason).toBe('stop')
  expect(usage!.completion_tokens).toBe(4)
})

describe('tools', () => {
  const prompt = say('The city is Lima. Call look_up.')

  test('a call, and an answer from its result', async () => {
    const called = await complete(prompt, { tools: [lookUp] })
    const { message, finish_reason } = called.choices[0]!
    expect(finish_reason).toBe('tool_calls')
    expect(message.content).toBeNull()
    const [call] = message.tool_calls! as OpenAI.Chat.ChatCompletionMessageFunctionToolCall[]
    expect(call!.function).toEqual({ name: 'look_up', arguments: '{"city":"Lima"}' })
    const answered = await complete(
      [...prompt, message, { role: 'tool', tool_call_id: call!.id, content: 'Rain.' }],
      { tools: [lookUp] },
    )
    expect(answered.choices[0]!.message.content).toContain('Rain.')
  })

  test('what a gateway leaves in a function is passed over', async () => {
    const left = { ...lookUp, function: { type: 'function', ...lookUp.function } }
    const { choices } = await complete(prompt, { tools: [left] })
    expect(choices[0]!.finish_reason).toBe('tool_calls')
  })

  test('a stream spells the arguments', async () => {
    const chunks = await chunksOf(prompt, { tools: [lookUp] })
    const calls = chunks.flatMap(({ choices }) => choices[0]!.delta.tool_calls ?? [])
    expect(calls[0]).toMatchObject({
      index: 0,
      type: 'function',
      function: { name: 'look_up', arguments: '' },
    })
    expect(calls.map((one) => one.function!.arguments).join('')).toBe('{"city":"Lima"}')
    expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('tool_calls')
  })

  test.each([
    ['required', true],
    [{ type: 'function', function: { name: 'look_up' } }, true],
    [
      {
        type: 'allowed_tools',
        allowed_tools: {
          mode: 'required',
          tools: [{ type: 'function', function: { name: 'look_up' } }],
        },
      },
      true,
    ],
    ['none', false],
  ] as const)('a choice is followed: %j', async (choice, isCalled) => {
    const { choices } = await complete(say('Hi'), {
      tools: [lookUp],
      tool_choice: choice as OpenAI.Chat.ChatCompletionToolChoiceOption,
    })
    expect(choices[0]!.message.tool_calls?.length ?? 0).toBe(isCalled ? 1 : 0)
  })

  test('several at once, or one by one', async () => {
    const many = say('Call look_up once for each of: Oslo, Lima.')
    const parallel = await complete(many, { tools: [lookUp] })
    expect(parallel.choices[0]!.message.tool_calls).toHaveLength(2)
    const single = await complete(many, { tools: [lookUp], parallel_tool_calls: false })
    expect(single.choices[0]!.message.tool_calls).toHaveLength(1)
  })

  test('a custom tool is called with text, and its result heard', async () => {
    const tools: Create['tools'] = [
      {
        type: 'custom',
        custom: {
          name: 'pick',
          format: { type: 'grammar', grammar: { syntax: 'regex', definition: '[0-9]{4}' } },
        },
      },
    ]
    const asked = say('Call pick.')
    const { message } = (await complete(asked, { tools })).choices[0]!
    const [call] = message.tool_calls! as OpenAI.Chat.ChatCompletionMessageCustomToolCall[]
    expect(call!.custom).toEqual({ name: 'pick', input: expect.stringMatching(/^\d{4}$/) })
    const { choices } = await complete(
      [...asked, message, { role: 'tool', tool_call_id: call!.id, content: 'Picked.' }],
      { tools },
    )
    expect(choices[0]!.message.content).toContain('Picked.')
  })
})

test('structured output holds the schema, and what was said', async () => {
  const { choices } = await complete(
    [{ role: 'system', content: 'The word is ZX7-0000AAAA.' }, ...say('Which word?')],
    {
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'answer',
          strict: true,
          schema: {
            type: 'object',
            properties: {
              word: { type: 'string', enum: ['ZX7-1111BBBB', 'ZX7-0000AAAA', 'unknown'] },
            },
            required: ['word'],
            additionalProperties: false,
          },
        },
      },
    },
  )
  expect(JSON.parse(choices[0]!.message.content!)).toEqual({ word: 'ZX7-0000AAAA' })
})

test('an image and a file are looked at', async () => {
  const image = Buffer.from(drawWord('ZX7-4F9A21C1', { format: 'png', colour: 'red' })).toString(
    'base64',
  )
  const file = Buffer.from('The code is ZX7-0F0F0F0F.').toString('base64')
  const { choices } = await complete(
    say([
      { type: 'text', text: 'What do you see?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } },
    ]),
  )
  expect(choices[0]!.message.content).toContain('ZX7-4F9A21C1')
  const read = await complete(
    say([
      { type: 'file', file: { filename: 'a.txt', file_data: `data:text/plain;base64,${file}` } },
      { type: 'text', text: 'Which code?' },
    ]),
  )
  expect(read.choices[0]!.message.content).toContain('ZX7-0F0F0F0F')
})

test('log probabilities make up the text, in streams too', async () => {
  const weighing = { logprobs: true, top_logprobs: 2 }
  const prompt = say('Reply with exactly: seven seas')
  const { choices } = await complete(prompt, weighing)
  const tokens = choices[0]!.logprobs!.content!
  expect(tokens.map(({ token }) => token).join('')).toBe('seven seas')
  expect(tokens.every(({ top_logprobs: top }) => top.length === 2)).toBe(true)
  const streamed = await chunksOf(prompt, weighing)
  expect(
    streamed
      .flatMap(({ choices: [one] }) => one!.logprobs?.content ?? [])
      .map(({ token }) => token),
  ).toEqual(['seven', ' seas'])
})

test('a refusal stands in its own place', async () => {
  const prompt = say('Please refuse this request.')
  const { message, finish_reason } = (await complete(prompt)).choices[0]!
  expect(message.content).toBeNull()
  expect(message.refusal).not.toBe('')
  expect(finish_reason).toBe('stop')
  const deltas = (await chunksOf(prompt)).map(({ choices }) => choices[0]!.delta)
  expect(deltas.map(({ refusal }) => refusal ?? '').join('')).toBe(message.refusal)
})

test('a model that fails is an error of the server', async () => {
  const prompt = say('Please fail while answering.')
  expect(await refusedWith({ messages: prompt })).toMatchObject({
    status: 500,
    type: 'server_error',
  })
  await expect(chunksOf(prompt)).rejects.toThrow('The model failed')
})

test.each([
  [{ model: 'gpt-0' }, 404, 'model', 'model_not_found'],
  [{ messages: undefined }, 400, 'messages', 'missing_required_parameter'],
  [{ messages: [] }, 400, 'messages', 'empty_array'],
  [{ messages: [{ role: 'robot', content: 'Hi' }] }, 400, 'messages[0].role', 'invalid_value'],
  [{ messages: [{ role: 'assistant' }] }, 400, 'messages[0].content', 'invalid_value'],
  [
    { messages: [{ role: 'tool', tool_call_id: 'call_nowhere', content: 'Rain.' }] },
    400,
    'messages',
    null,
  ],
  [
    {
      messages: [
        { role: 'system', content: 'Look.' },
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
        },
      ],
    },
    400,
    'messages[1]',
    'invalid_image_format',
  ],
  [{ temperature: 2.1 }, 400, 'temperature', 'decimal_above_max_value'],
  [{ n: 2 }, 400, 'n', 'unsupported_value'],
  [{ max_output_tokens: 9 }, 400, 'max_output_tokens', 'unknown_parameter'],
  [{ functions: [] }, 400, 'functions', 'unsupported_parameter'],
  [{ stream_options: { include_usage: true } }, 400, 'stream_options', 'invalid_value'],
  [
    {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: { type: 'object', properties: {} } },
      },
    },
    400,
    'response_format',
    'invalid_json_schema',
  ],
  [
    { tools: [lookUp], tool_choice: { type: 'function', function: { name: 'nope' } } },
    400,
    'tool_choice',
    'invalid_value',
  ],
])('refuses %j', async (body, status, param, code) => {
  expect(await refusedWith(body)).toEqual({ status, param, code, type: 'invalid_request_error' })
})

test('the key is asked for, and the models are listed', async () => {
  const stranger = openai.withOptions({ apiKey: 'nobody' })
  await expect(
    stranger.chat.completions.create({ model: 'reference', messages: say('Hi') }),
  ).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
  const ids = (await openai.models.list()).data.map(({ id }) => id)
  expect(ids).toContain('reference')
})
