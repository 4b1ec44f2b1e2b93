// Texts are masked where they stand, and everything that is judged stays as it was.

import { expect, test } from 'vitest'
import { maskMessage, maskTexts } from '../../../src/evidence/traffic/mask-texts.ts'

function mask(text: string): string {
  return maskTexts(Buffer.from(text)).toString()
}

test('words of a request and of an answer, at any depth, and nothing else', () => {
  const body = {
    model: 'gpt-5',
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'Größe 42\n"so" \\ é' }] }],
    instructions: 'Be kind',
    text: { format: { type: 'text' } },
    tools: [{ type: 'function', name: 'look', description: 'Looks up', parameters: {} }],
    metadata: { team: 'blue' },
    max_output_tokens: 42,
  }
  const masked = mask(JSON.stringify(body))
  expect(masked).toHaveLength(Buffer.byteLength(JSON.stringify(body)))
  expect(JSON.parse(masked)).toEqual({
    ...body,
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'xxxxxxx 11\n"xx" \\ xx' }] }],
    instructions: 'xx xxxx',
    tools: [{ type: 'function', name: 'look', description: 'xxxxx xx', parameters: {} }],
  })
})

const ARGUMENTS = '{"city":"Zürich \\"7\\" \\u00e9","day":12,"raining":true,"notes":null}'

/** The events of a call whose arguments come in pieces of so many characters. */
function callIn(size: number): string {
  const events: object[] = []
  for (let at = 0; at < ARGUMENTS.length; at += size) {
    const delta = ARGUMENTS.slice(at, at + size)
    events.push({ type: 'response.function_call_arguments.delta', item_id: 'fc_1', delta })
  }
  events.push({
    type: 'response.function_call_arguments.done',
    item_id: 'fc_1',
    arguments: ARGUMENTS,
  })
  return events.map((event) => `event: x\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

test.each([1, 2, 3, 7, 100])(
  'arguments in pieces of %i characters spell what they spelt',
  (size) => {
    const events = mask(callIn(size))
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => JSON.parse(line.slice(5)) as Record<string, string>)
    const told = events.map(({ delta = '' }) => delta).join('')
    expect(told).toBe(events.at(-1)!['arguments'])
    expect(Object.values(JSON.parse(told) as object)).toEqual([
      expect.stringMatching(/^x+ "1" /),
      11,
      true,
      null,
    ])
    expect(told).not.toMatch(/city|rich|day|rain/)
  },
)

test('what is neither JSON nor a stream is masked as a whole', () => {
  expect(mask('<p>Dear Ann, 7</p>')).toBe('<x>xxxx xxx, 1</x>')
})

test('a message with its request', () => {
  const masked = maskMessage({
    place: 'request 1',
    sent: { model: 'm', input: 'Secret' },
    body: '{"object":"response","output":[{"type":"message","content":[{"text":"Secret"}]}]}',
    headers: [['content-type', 'application/json']],
    arrivals: [[0, 3]],
  })
  expect(JSON.stringify(masked) + String(masked.body)).not.toContain('Secret')
  expect(masked).toMatchObject({ sent: { model: 'm', input: 'xxxxxx' }, arrivals: [[0, 3]] })
})
