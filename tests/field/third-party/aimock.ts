// aimock as a provider: a server that nobody here wrote, with answers of ours.

import { LLMock, type ChatCompletionRequest, type FixtureResponse } from '@copilotkit/aimock'

/** Does what a request forces as far as aimock hands it on; everything else is aimock's own work. */
function answer(request: ChatCompletionRequest): FixtureResponse {
  const heard = JSON.stringify(request.messages)
  const asked = lastText(request)
  const word = [...heard.matchAll(/ZX7-[0-9A-F]{8}/g)].at(-1)?.[0] ?? 'unknown'
  const choice: unknown = request.tool_choice
  const tools = request.tools ?? []
  const forced = typeof choice === 'object' && choice !== null ? nameIn(choice) : undefined
  const tool = tools.find((each) => each.function.name === forced) ?? tools[0]
  if (tool !== undefined && (forced !== undefined || choice === 'required')) {
    return {
      toolCalls: [
        {
          name: tool.function.name,
          arguments: JSON.stringify(fill(tool.function.parameters, word)),
        },
      ],
    }
  }
  const exact = /(?:Reply with exactly|Repeat exactly): (.*)/.exec(asked)?.[1]
  if (exact !== undefined) return { content: exact }
  if (asked.startsWith('Count from')) return { content: 'one, two, three', finishReason: 'length' }
  const format: unknown = request['response_format']
  return { content: format === undefined ? `The word is ${word}.` : JSON.stringify({ word }) }
}

function lastText({ messages }: ChatCompletionRequest): string {
  const content: unknown = messages.findLast(({ role }) => role === 'user')?.content
  if (typeof content === 'string') return content
  return Array.isArray(content)
    ? content.map((part: { text?: string }) => part.text ?? '').join('\n')
    : ''
}

function nameIn(choice: object): string | undefined {
  const { name, function: inner } = choice as { name?: string; function?: { name?: string } }
  return name ?? inner?.name
}

/** The code word where an enum offers it, the first value otherwise. */
function fill(schema: unknown, word: string): Record<string, unknown> {
  const { properties = {} } = (schema ?? {}) as { properties?: Record<string, { enum?: string[] }> }
  return Object.fromEntries(
    Object.entries(properties).map(([name, { enum: values = [] }]) => [
      name,
      values.includes(word) ? word : (values[0] ?? word),
    ]),
  )
}

export async function startAimock(): Promise<{ url: string; stop(): Promise<void> }> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' })
  mock.addFixture({ match: { predicate: () => true }, response: answer })
  await mock.start()
  return { url: `${mock.url}/v1`, stop: () => mock.stop() }
}
