// The Agents SDK. Its tracing would speak to a host of its own, so it is turned off.

import { serve } from '../common/serve.mjs'
import { Agent, OpenAIProvider, Runner, setTracingDisabled, tool } from '@openai/agents'
import {
  Answer,
  question,
  recorder,
  secret,
  sentence,
  weather,
  weatherTool,
} from '../common/tasks.mjs'

setTracingDisabled(true)

async function run(
  { baseUrl, apiKey, model },
  { input, ...agent },
  { stream = false, ...options } = {},
) {
  const provider = new OpenAIProvider({ baseURL: baseUrl, apiKey, useResponses: true })
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

async function loop(context, stream) {
  const { calls, run: execute } = recorder()
  const weatherCall = tool({
    name: weatherTool.name,
    description: weatherTool.description,
    parameters: weatherTool.schema,
    execute,
  })
  const { output, live } = await run(context, { input: weather, tools: [weatherCall] }, { stream })
  return { calls, text: output, ...(stream ? { live } : {}) }
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
