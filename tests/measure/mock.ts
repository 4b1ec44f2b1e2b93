// aimock as a provider for real clients: its own wire, answers that the flows need.

import { LLMock, type ChatCompletionRequest, type FixtureResponse } from '@copilotkit/aimock'

function answer(request: ChatCompletionRequest): FixtureResponse {
  const said = request.messages.map(({ content }) => textOf(content))
  const asked = textOf(request.messages.findLast(({ role }) => role === 'user')?.content)
  const last = request.messages.at(-1)
  if (last?.role === 'tool') {
    const outputs = request.messages.filter(({ role }) => role === 'tool')
    return { content: outputs.map(({ content }) => textOf(content)).join('\n') }
  }
  const calls = /^Call (\w+) once for each of: (.*)\.$/m.exec(asked)
  if (calls !== null) {
    const [, name, values] = calls as unknown as readonly [string, string, string]
    const argument = name === 'get_weather' ? 'city' : 'cmd'
    return {
      toolCalls: values
        .split(', ')
        .map((value) => ({ name, arguments: JSON.stringify({ [argument]: value }) })),
    }
  }
  const exact = /Reply with exactly: (.*)/.exec(asked)?.[1]
  if (exact !== undefined) return { content: exact }
  const word = /The code word is ([\w-]+)/.exec(said.join('\n'))?.[1] ?? 'unknown'
  return { content: JSON.stringify({ word }) }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return Array.isArray(content)
    ? content.map((part: { text?: string }) => part.text ?? '').join('\n')
    : ''
}

export async function startMock(): Promise<{ url: string; stop(): Promise<void> }> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' })
  mock.addFixture({ match: { predicate: () => true }, response: answer })
  await mock.start()
  return { url: `${mock.url}/v1`, stop: () => mock.stop() }
}
