// The official SDK, shared by its versions: they differ by package only.

import {
  Answer,
  pdf,
  picture,
  question,
  recorder,
  secret,
  sentence,
  texts,
  weather,
  weatherTool,
} from './tasks.mjs'

const PICTURE = { type: 'input_image', detail: 'auto' }

export function flowsOf({ OpenAI, zodTextFormat, zodResponsesFunction }) {
  const open = ({ baseUrl, apiKey }) =>
    new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0, timeout: 15_000 })
  const tools = [
    zodResponsesFunction({
      name: weatherTool.name,
      description: weatherTool.description,
      parameters: weatherTool.schema,
    }),
  ]
  const answerFormat = () => ({ format: zodTextFormat(Answer, 'answer') })

  /** The loop that a user of the SDK writes: call, run, return, ask again. */
  async function loop(context, respond, returned = (output) => output) {
    const { calls, run } = recorder()
    const client = open(context)
    const input = [{ role: 'user', content: weather }]
    for (let turn = 0; turn < 4; turn++) {
      const response = await respond(client, { model: context.model, input, tools })
      const wanted = response.output.filter(({ type }) => type === 'function_call')
      if (wanted.length === 0) return { calls, text: response.output_text, usage: meter(response) }
      input.push(...response.output.map(sendable))
      for (const call of wanted) {
        const output = returned(run(JSON.parse(call.arguments)))
        input.push({ type: 'function_call_output', call_id: call.call_id, output })
      }
    }
    throw new Error('the model did not stop calling tools')
  }

  async function look(context, text, part) {
    const response = await open(context).responses.create({
      model: context.model,
      input: [{ role: 'user', content: [{ type: 'input_text', text }, part] }],
    })
    return { text: response.output_text }
  }

  return {
    async text(context) {
      const response = await open(context).responses.create({
        model: context.model,
        input: sentence,
      })
      return { text: response.output_text, status: response.status, usage: meter(response) }
    },
    async iterate(context) {
      const stream = await open(context).responses.create({
        model: context.model,
        input: sentence,
        stream: true,
      })
      const seen = { text: '', ended: null }
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') seen.text += event.delta
        if (event.type === 'response.completed') {
          seen.ended = event.response.status
          seen.usage = meter(event.response)
        }
      }
      return seen
    },
    async stream(context) {
      const stream = open(context).responses.stream({ model: context.model, input: sentence })
      let live = ''
      stream.on('response.output_text.delta', ({ delta }) => (live += delta))
      const response = await stream.finalResponse()
      return {
        live,
        text: response.output_text,
        status: response.status,
        usage: meter(response),
      }
    },
    tools: (context) => loop(context, (client, body) => client.responses.create(body)),
    'stream-tools': (context) =>
      loop(context, (client, body) => client.responses.stream(body).finalResponse()),
    async structured(context) {
      const response = await open(context).responses.parse({
        model: context.model,
        input: `${secret} ${question}`,
        text: answerFormat(),
      })
      return { object: response.output_parsed }
    },
    async 'stream-structured'(context) {
      const stream = open(context).responses.stream({
        model: context.model,
        input: `${secret} ${question}`,
        text: answerFormat(),
      })
      return { object: (await stream.finalResponse()).output_parsed }
    },
    async 'multi-turn'(context) {
      const client = open(context)
      const input = [{ role: 'user', content: secret }]
      const first = await client.responses.create({ model: context.model, input })
      input.push(...first.output, { role: 'user', content: question })
      const second = await client.responses.parse({
        model: context.model,
        input,
        text: answerFormat(),
      })
      return { object: second.output_parsed }
    },
    async chained(context) {
      const client = open(context)
      const first = await client.responses.create({ model: context.model, input: secret })
      const second = await client.responses.parse({
        model: context.model,
        previous_response_id: first.id,
        input: question,
        text: answerFormat(),
      })
      return { object: second.output_parsed }
    },
    image: (context) => look(context, texts.picture_question, { ...PICTURE, image_url: picture }),
    file: (context) =>
      look(context, texts.file_question, {
        type: 'input_file',
        filename: 'word.pdf',
        file_data: pdf,
      }),
    async 'image-result'(context) {
      const told = await loop(
        context,
        (client, body) => client.responses.create(body),
        () => [{ ...PICTURE, image_url: picture }],
      )
      return { text: told.text }
    },
    async kept(context) {
      const { responses } = open(context)
      const first = await responses.create({
        model: context.model,
        input: texts.numbers.map((content) => ({ role: 'user', content })),
      })
      const again = await responses.retrieve(first.id, {
        include: ['message.output_text.logprobs'],
      })
      const items = []
      for await (const item of responses.inputItems.list(first.id, { limit: 1, order: 'asc' })) {
        items.push(item.content[0].text)
      }
      await responses.delete(first.id)
      const gone = await responses.retrieve(first.id).catch(({ status }) => status)
      return { same: again.output_text === first.output_text, items, gone }
    },
    async background(context) {
      const { responses } = open(context)
      const started = await responses.create({
        model: context.model,
        input: sentence,
        background: true,
      })
      let polled = started
      while (polled.status === 'queued' || polled.status === 'in_progress') {
        await new Promise((resolve) => setTimeout(resolve, 50))
        polled = await responses.retrieve(started.id)
      }
      return { begun: started.status, ended: polled.status, text: polled.output_text }
    },
    async cancel(context) {
      const { responses } = open(context)
      const started = await responses.create({
        model: context.model,
        input: texts.count,
        background: true,
      })
      const cancelled = await responses.cancel(started.id)
      return { status: cancelled.status }
    },
    async resume(context) {
      const { responses } = open(context)
      const stream = await responses.create({
        model: context.model,
        input: sentence,
        background: true,
        stream: true,
      })
      let id = ''
      let last = -1
      let text = ''
      for await (const event of stream) {
        if (event.type === 'response.created') id = event.response.id
        if (event.type === 'response.output_text.delta') text += event.delta
        last = event.sequence_number
        if (text !== '') break
      }
      stream.controller.abort()
      const rest = await responses.retrieve(id, { stream: true, starting_after: last })
      let ended = null
      for await (const event of rest) {
        if (event.type === 'response.output_text.delta') text += event.delta
        if (event.type === 'response.completed') ended = event.response.status
      }
      return { text, ended }
    },
    async replay(context) {
      const { responses } = open(context)
      const started = await responses.create({
        model: context.model,
        input: sentence,
        background: true,
        stream: true,
      })
      let id = ''
      for await (const event of started) id = event.response?.id ?? id
      const response = await responses.stream({ response_id: id }).finalResponse()
      return { text: response.output_text, status: response.status }
    },
    async count(context) {
      const { responses } = open(context)
      const counted = await responses.inputTokens.count({ model: context.model, input: sentence })
      return { counted: counted.input_tokens > 0 }
    },
  }
}

/** What the helpers add to an item is no part of a request. */
function sendable(item) {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'parsed_arguments'))
}

/** What a bill would be made from. */
function meter({ usage }) {
  const known = [usage?.input_tokens, usage?.output_tokens, usage?.total_tokens]
  return known.every((value) => Number.isInteger(value))
}
