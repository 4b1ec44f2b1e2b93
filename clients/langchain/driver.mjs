import { serve } from '../common/serve.mjs'
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
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

const open = ({ baseUrl, apiKey, model }, more = {}) =>
  new ChatOpenAI({
    model,
    apiKey,
    useResponsesApi: true,
    maxRetries: 0,
    timeout: 15_000,
    configuration: { baseURL: baseUrl },
    ...more,
  })
const meter = ({ usage_metadata: usage }) =>
  Number.isInteger(usage?.input_tokens) && Number.isInteger(usage?.output_tokens)

async function streamed(model, messages) {
  let whole
  for await (const chunk of await model.stream(messages)) {
    whole = whole === undefined ? chunk : whole.concat(chunk)
  }
  return whole
}

async function loop(context, ask, returned = (output) => output) {
  const { calls, run } = recorder()
  const weatherCall = tool(run, weatherTool)
  const model = open(context).bindTools([weatherCall])
  const messages = [new HumanMessage(weather)]
  for (let turn = 0; turn < 4; turn++) {
    const answer = await ask(model, messages)
    messages.push(answer)
    if (answer.tool_calls.length === 0) return { calls, text: answer.text, usage: meter(answer) }
    for (const call of answer.tool_calls) {
      const content = returned(await weatherCall.invoke(call.args))
      messages.push(new ToolMessage({ content, tool_call_id: call.id }))
    }
  }
  throw new Error('the model did not stop calling tools')
}

const look = async (context, text, part) => {
  const answer = await open(context).invoke([
    new HumanMessage({ content: [{ type: 'text', text }, part] }),
  ])
  return { text: answer.text }
}
const PICTURE = { type: 'image_url', image_url: { url: picture, detail: 'auto' } }

const structuredBy = (context) =>
  open(context).withStructuredOutput(Answer, { method: 'jsonSchema', name: 'answer' })

const scenarios = {
  async text(context) {
    const answer = await open(context).invoke([new HumanMessage(sentence)])
    return { text: answer.text, usage: meter(answer) }
  },
  async stream(context) {
    const answer = await streamed(open(context), [new HumanMessage(sentence)])
    return { text: answer.text, usage: meter(answer) }
  },
  tools: (context) => loop(context, (model, messages) => model.invoke(messages)),
  'stream-tools': (context) => loop(context, streamed),
  async structured(context) {
    const messages = [new HumanMessage(`${secret} ${question}`)]
    return { object: await structuredBy(context).invoke(messages) }
  },
  async 'stream-structured'(context) {
    const messages = [new HumanMessage(`${secret} ${question}`)]
    let object = null
    for await (const part of await structuredBy(context).stream(messages)) object = part
    return { object }
  },
  image: (context) => look(context, texts.picture_question, PICTURE),
  file: (context) =>
    look(context, texts.file_question, {
      type: 'file',
      source_type: 'base64',
      mime_type: 'application/pdf',
      data: pdf.split(',')[1],
      metadata: { filename: 'word.pdf' },
    }),
  async 'image-result'(context) {
    const told = await loop(
      context,
      (model, messages) => model.invoke(messages),
      () => [PICTURE],
    )
    return { text: told.text }
  },
  async 'multi-turn'(context) {
    const messages = [new HumanMessage(secret)]
    messages.push(await open(context).invoke(messages), new HumanMessage(question))
    return { object: await structuredBy(context).invoke(messages) }
  },
}

serve(scenarios, { from: '@langchain/openai', depends: ['@langchain/core', 'zod'] })
