// The AI SDK, shared by its two providers.

import { generateText, Output, stepCountIs, streamText, tool } from 'ai'
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

export function flowsOf(open) {
  const options = (context) => ({ model: open(context), maxRetries: 0 })
  const weatherCall = (execute, more = {}) => ({
    tools: {
      [weatherTool.name]: tool({
        description: weatherTool.description,
        inputSchema: weatherTool.schema,
        execute,
        ...more,
      }),
    },
    stopWhen: stepCountIs(4),
  })
  const meter = ({ inputTokens, outputTokens }) =>
    Number.isInteger(inputTokens) && Number.isInteger(outputTokens)

  /** Errors inside a stream are parts of it, never thrown. */
  async function stream(request) {
    let failure
    const result = streamText({ ...request, onError: ({ error }) => (failure ??= error) })
    let live = ''
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta') live += part.text ?? part.delta ?? ''
      if (part.type === 'error') failure ??= part.error
    }
    if (failure !== undefined) throw failure
    return {
      live,
      finish: await result.finishReason,
      usage: meter(await result.usage),
    }
  }

  async function look(context, question, part) {
    const content = [{ type: 'text', text: question }, part]
    const { text } = await generateText({
      ...options(context),
      messages: [{ role: 'user', content }],
    })
    return { text }
  }

  return {
    async text(context) {
      const { text, finishReason, usage } = await generateText({
        ...options(context),
        prompt: sentence,
      })
      return { text, finish: finishReason, usage: meter(usage) }
    },
    stream: (context) => stream({ ...options(context), prompt: sentence }),
    async tools(context) {
      const { calls, run } = recorder()
      const { text, finishReason } = await generateText({
        ...options(context),
        prompt: weather,
        ...weatherCall(run),
      })
      return { calls, text, finish: finishReason }
    },
    async 'stream-tools'(context) {
      const { calls, run } = recorder()
      const told = await stream({ ...options(context), prompt: weather, ...weatherCall(run) })
      return { calls, ...told }
    },
    async structured(context) {
      const { output } = await generateText({
        ...options(context),
        prompt: `${secret} ${question}`,
        output: Output.object({ schema: Answer }),
      })
      return { object: output }
    },
    async 'stream-structured'(context) {
      let failure
      const { output } = streamText({
        ...options(context),
        prompt: `${secret} ${question}`,
        output: Output.object({ schema: Answer }),
        onError: ({ error }) => (failure ??= error),
      })
      const object = await output.catch((error) => {
        throw failure ?? error
      })
      if (failure !== undefined) throw failure
      return { object }
    },
    image: (context) => look(context, texts.picture_question, partOf(picture)),
    file: (context) => look(context, texts.file_question, partOf(pdf, 'word.pdf')),
    async 'image-result'(context) {
      const { run } = recorder()
      const { data, mediaType } = partOf(picture)
      const toModelOutput = () => ({
        type: 'content',
        value: [{ type: 'image-data', data, mediaType }],
      })
      const { text } = await generateText({
        ...options(context),
        prompt: weather,
        ...weatherCall(run, { toModelOutput }),
      })
      return { text }
    },
    async 'multi-turn'(context) {
      const messages = [{ role: 'user', content: secret }]
      const first = await generateText({ ...options(context), messages })
      messages.push(...first.response.messages, { role: 'user', content: question })
      const { output } = await generateText({
        ...options(context),
        messages,
        output: Output.object({ schema: Answer }),
      })
      return { object: output }
    },
  }
}

function partOf(url, filename) {
  const [, mediaType, data] = /^data:(.*);base64,(.*)$/.exec(url)
  return { type: 'file', data, mediaType, ...(filename === undefined ? {} : { filename }) }
}
