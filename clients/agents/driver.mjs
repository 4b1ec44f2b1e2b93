// The Agents SDK. Its tracing would speak to a host of its own, so it is turned off.

import { serve } from '../common/serve.mjs'
import OpenAI from 'openai'
import { Agent, OpenAIProvider, Runner, setTracingDisabled, tool } from '@openai/agents'
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
} from '../common/tasks.mjs'

setTracingDisabled(true)

async function run(
  { baseUrl, apiKey, model },
  { input, ...agent },
  { stream = false, ...options } = {},
) {
  const client = new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0, timeout: 15_000 })
  const provider = new OpenAIProvider({ openAIClient: client, useResponses: true })
  const runner = new Runner({ modelProvider: provider, tracingDisabled: true })
  const assistant = new Agent({ name: 'assistant', instructions: 'Be brief.', model, ...agent })
  const result = await runner.run(assistant, input, { stream, maxTurns: 4, ...options })
  if (!stream)
    return { output: result.finalOutput, history: result.history, last: result.lastResponseId }
  let live = ''
  for await (const text of result.toTextStream()) live += text
  await result.completed
  return { output: result.finalOutput, live, history: result.history }
}

async function loop(context, stream, returned = (output) => output) {
  const { calls, run: execute } = recorder()
  const weatherCall = tool({
    name: weatherTool.name,
    description: weatherTool.description,
    parameters: weatherTool.schema,
    execute: (input) => returned(execute(input)),
  })
  const { output, live } = await run(context, { input: weather, tools: [weatherCall] }, { stream })
  return { calls, text: output, ...(stream ? { live } : {}) }
}

async function look(context, text, part) {
  const content = [{ type: 'input_text', text }, part]
  return { text: (await run(context, { input: [{ role: 'user', content }] })).output }
}

const scenarios = {
  async text(context) {
    return { text: (await run(context, { input: sentence })).output }
  },
  async stream(context) {
    const { output, live } = await run(context, { input: sentence }, { stream: true })
    return { text: output, live }
  },
  tools: (context) => loop(context, false),
  'stream-tools': (context) => loop(context, true),
  async structured(context) {
    const input = `${secret} ${question}`
    return { object: (await run(context, { input, outputType: Answer })).output }
  },
  async 'stream-structured'(context) {
    const input = `${secret} ${question}`
    return { object: (await run(context, { input, outputType: Answer }, { stream: true })).output }
  },
  image: (context) =>
    look(context, texts.picture_question, { type: 'input_image', image: picture, detail: 'auto' }),
  file: (context) =>
    look(context, texts.file_question, { type: 'input_file', file: pdf, filename: 'word.pdf' }),
  async 'image-result'(context) {
    const { text } = await loop(context, false, () => ({ type: 'image', image: picture }))
    return { text }
  },
  async 'multi-turn'(context) {
    const first = await run(context, { input: secret })
    const input = [...first.history, { role: 'user', content: question }]
    return { object: (await run(context, { input, outputType: Answer })).output }
  },
  async chained(context) {
    const first = await run(context, { input: secret })
    const second = await run(
      context,
      { input: question, outputType: Answer },
      { previousResponseId: first.last },
    )
    return { object: second.output }
  },
}

serve(scenarios, { from: '@openai/agents', depends: ['zod'] })
