// Whether the answer is one to the question.

import { mapQuestion, without } from '../../../src/authoring/define.ts'
import { field, isObject, items, parse, responseAt, sent } from '../../../src/authoring/read.ts'
import type { Exchange, Json, JsonObject } from '../../../src/types/index.ts'
import { readOutputItems } from '../../../src/clients/items-a-client-reads.ts'
import type { ItemPlace } from '../../../src/clients/profile.ts'
import { isRefusal } from '../../common/answers.ts'
import { changeInput } from '../../common/mutants.ts'
import { BOTH, createNeedFinding, type NeedFinding, type ClientNeed } from './define-need.ts'

export const answerNeeds: readonly ClientNeed[] = [
  {
    id: 'answers-as-asked',
    title: 'The answer is what was asked for: the sentence, the calls, the results, the object',
    in: BOTH,
    judge: (exchange, { nonce }, reads) => answerFlaw(exchange, nonce, reads),
    declined: (exchange) => isRefusal(exchange) || isWithoutCall(exchange),
    mutants: [
      {
        story: 'an adapter hears neither tools, nor results, nor a format',
        request: (request) => {
          const { body } = request
          if (!isObject(body) || request.path !== '/responses') return request
          const heard: JsonObject = {
            ...without(body, 'tools', 'tool_choice', 'text', 'parallel_tool_calls'),
            input: 'Say something.',
          }
          return { ...request, body: heard, text: JSON.stringify(heard) }
        },
      },
      {
        story: 'an adapter forwards that a tool was done, and not what it gave',
        request: (request) =>
          changeInput(request, (list) =>
            list.map((item) =>
              item['type'] === 'function_call_output' ? { ...item, output: 'done' } : item,
            ),
          ),
      },
      {
        story: 'an adapter lets its upstream make one call at a time',
        request: (request) =>
          mapQuestion(request, (body) => ({ ...body, parallel_tool_calls: false })),
      },
    ],
  },
]

/** Where no tool is forced, a model may answer without one. */
function isWithoutCall(exchange: Exchange): boolean {
  const choice = sent(exchange)?.['tool_choice'] ?? 'auto'
  const body = sent(exchange) ?? {}
  const history = Array.isArray(body['input']) ? (body['input'] as readonly Json[]) : []
  return (
    choice === 'auto' &&
    field(history.at(-1), '/type') !== 'function_call_output' &&
    lastWords(body, history).startsWith('Call ') &&
    items(exchange, 'function_call').length === 0
  )
}

function answerFlaw(
  exchange: Exchange,
  nonce: string,
  reads?: readonly ItemPlace[],
): NeedFinding | undefined {
  const body = sent(exchange) ?? {}
  const history = Array.isArray(body['input']) ? (body['input'] as readonly Json[]) : []
  const read = readOutputItems(exchange, reads)
  const whole = read.map(textOf).join('')
  const outputs = history.filter((item) => field(item, '/type') === 'function_call_output')
  if (field(history.at(-1), '/type') === 'function_call_output') {
    const words = outputs.map((item) => String(field(item, '/output')).trim().split('\n').at(-1)!)
    const missing = words.find((word) => !whole.includes(word))
    return missing === undefined ? undefined : said(exchange, `the tool's result ${missing}`, whole)
  }
  const prompt = lastWords(body, history)
  const exact = /Reply with exactly: (.*)$/.exec(prompt)?.[1]
  if (exact !== undefined) return whole.includes(exact) ? undefined : said(exchange, exact, whole)
  if (prompt.startsWith('Call ')) {
    const calls = read
      .filter(({ type }) => type === 'function_call')
      .map((item) => String(item['arguments']))
    const wanted = /each of: (.*)\.$/.exec(prompt)?.[1]?.split(', ') ?? []
    const missing = wanted.find((value) => !calls.some((given) => given.includes(value)))
    if (missing === undefined) return undefined
    return createNeedFinding(
      `${responseAt(exchange)}/output`,
      `a call with ${missing}`,
      calls.join(' '),
    )
  }
  return field(parse(whole), '/word') === nonce
    ? undefined
    : said(exchange, `{"word":"${nonce}"}`, whole)
}

const said = (exchange: Exchange, expected: string, whole: string): NeedFinding =>
  createNeedFinding(`${responseAt(exchange)}/output`, expected, whole)

function textOf({ type, content }: JsonObject): string {
  if (type !== 'message' || !Array.isArray(content)) return ''
  return (content as readonly Json[])
    .map((part) => (field(part, '/type') === 'output_text' ? String(field(part, '/text')) : ''))
    .join('')
}

/** What the user said last. */
function lastWords(body: JsonObject, history: readonly Json[]): string {
  if (typeof body['input'] === 'string') return body['input']
  const content = field(
    history.findLast((item) => field(item, '/role') === 'user'),
    '/content',
  )
  if (typeof content === 'string') return content
  return Array.isArray(content) ? String(field((content as Json[]).at(-1), '/text') ?? '') : ''
}
