// Whether the answer is one to the question.

import { mapQuestion, without } from '../../../src/authoring/define.ts'
import { field, isObject, items, parse, responseAt, sent } from '../../../src/authoring/read.ts'
import type { Exchange, Json, JsonObject } from '../../../src/types/index.ts'
import { readItemsByPlace } from '../../../src/clients/items-a-client-reads.ts'
import { isRefusal } from '../../common/answers.ts'
import { changeInput } from '../../common/mutants.ts'
import {
  BOTH,
  createNeedFinding,
  type NeedFinding,
  type ClientNeed,
  type Reading,
} from './define-need.ts'

export const answerNeeds: readonly ClientNeed[] = [
  {
    id: 'answers-as-asked',
    title: 'The answer is what was asked for: the sentence, the calls, the results, the object',
    in: BOTH,
    judge: (exchange, { nonce }, reading) => answerFlaw(exchange, nonce, reading),
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
  {
    id: 'results-alone',
    title: 'The arguments of a call are not given to the model as if they were its result',
    in: BOTH,
    judge: (exchange, _, reading) => argumentsFlaw(exchange, reading),
    mutants: [
      {
        story: 'an adapter turns calls into results as well',
        request: (request) =>
          changeInput(request, (list) => {
            const calls = list.filter(({ type }) => type === 'function_call')
            return list.map((item) => {
              const call = calls.find(({ call_id: id }) => id === item['call_id'])
              return item['type'] === 'function_call_output' && call !== undefined
                ? { ...item, output: `${String(call['arguments'])}\n${String(item['output'])}` }
                : item
            })
          }),
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

/** Undefined where one of the places that a client reads has the answer. */
function answerFlaw(
  exchange: Exchange,
  nonce: string,
  { reads, text }: Reading,
): NeedFinding | undefined {
  const places = readItemsByPlace(exchange, reads)
  const settled = text === undefined ? [] : readItemsByPlace(exchange, [text])[0]!
  const isSettled = settled.some(({ type }) => type === 'message')
  const flaws = (isSettled ? [settled] : places).map((read) => flawOfItems(exchange, nonce, read))
  return flaws.includes(undefined) ? undefined : flaws.at(-1)
}

function flawOfItems(
  exchange: Exchange,
  nonce: string,
  read: readonly JsonObject[],
): NeedFinding | undefined {
  const body = sent(exchange) ?? {}
  const history = Array.isArray(body['input']) ? (body['input'] as readonly Json[]) : []
  const whole = read.map(textOf).join('')
  if (field(history.at(-1), '/type') === 'function_call_output') {
    return resultsFlaw(exchange, history, whole)
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
  if (!isObject(field(body, '/text/format'))) return undefined
  return field(parse(whole), '/word') === nonce
    ? undefined
    : said(exchange, `{"word":"${nonce}"}`, whole)
}

function resultsFlaw(
  exchange: Exchange,
  history: readonly Json[],
  whole: string,
): NeedFinding | undefined {
  const ofType = (type: string): readonly Json[] =>
    history.filter((item) => field(item, '/type') === type)
  const words = ofType('function_call_output').map((item) =>
    String(field(item, '/output')).trim().split('\n').at(-1)!,
  )
  const missing = words.find((word) => !whole.includes(word))
  return missing === undefined ? undefined : said(exchange, `the tool's result ${missing}`, whole)
}

/** A line of the answer that is the arguments of a call, where the results of calls were given. */
function argumentsFlaw(exchange: Exchange, { reads }: Reading): NeedFinding | undefined {
  const history = field(sent(exchange), '/input')
  if (!Array.isArray(history)) return undefined
  if (field(history.at(-1), '/type') !== 'function_call_output') return undefined
  const given = (history as readonly Json[])
    .filter((item) => field(item, '/type') === 'function_call')
    .map((item) => field(item, '/arguments'))
  const whole = readItemsByPlace(exchange, reads).map((read) => read.map(textOf).join(''))
  const repeating = whole.find((text) => text.split('\n').some((line) => given.includes(line)))
  return repeating === undefined
    ? undefined
    : said(exchange, 'the results of the tools alone', repeating)
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
