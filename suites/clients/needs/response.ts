import { isRefusal } from '../../common/answers.ts'
import { mapJson, mapResponse, without } from '../../../src/define.ts'
import {
  field,
  isObject,
  items,
  parse,
  response,
  responseAt,
  sent,
  show,
  text,
} from '../../../src/read.ts'
import type { Exchange, Json, JsonObject } from '../../../src/types.ts'
import { BOTH, found, JSON_ONLY, responses, unless, type Found, type Need } from './need.ts'

const USAGE = ['input_tokens', 'output_tokens', 'total_tokens'] as const

function usageOf(exchange: Exchange): readonly [Json | undefined, string] {
  return [field(response(exchange), '/usage'), `${responseAt(exchange)}/usage`]
}

/** Changes usage, which is null while an answer is in the making. */
const usage = (change: (usage: JsonObject) => Json) => (response: JsonObject) =>
  isObject(response['usage']) ? { ...response, usage: change(response['usage']) } : response

export const needs: readonly Need[] = [
  {
    id: 'answers-with-json',
    title: 'What is not asked as a stream is answered with one JSON object',
    in: JSON_ONLY,
    judge: (exchange) =>
      exchange.body.kind === 'json' ? undefined : found('', 'a JSON object', exchange.body.kind),
    mutant: {
      story: 'a server streams whatever it is asked',
      reply: (reply, request) =>
        'json' in reply.body && request.path === '/responses'
          ? {
              ...reply,
              body: { events: [{ type: 'response.completed', response: reply.body.json }] },
            }
          : reply,
    },
  },
  {
    id: 'object',
    title: 'The answer calls itself a response',
    in: JSON_ONLY,
    judge: (exchange) =>
      unless(responses(exchange), 'object', '"response"', (value) => value === 'response'),
    mutant: {
      story: 'an adapter leaves out object',
      reply: (reply) => mapJson(reply, (body) => without(body, 'object')),
    },
  },
  {
    id: 'output',
    title: 'The answer has a list of output',
    in: JSON_ONLY,
    judge: (exchange) => unless(responses(exchange), 'output', 'a list', Array.isArray),
    mutant: {
      story: 'an adapter answers in the shape of Chat Completions',
      reply: (reply) =>
        mapJson(reply, (body) => ({
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 1,
          model: body['model'] ?? null,
          choices: [
            { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello.' } },
          ],
        })),
    },
  },
  {
    id: 'created-at',
    title: 'created_at is a number',
    in: BOTH,
    judge: (exchange) =>
      unless(
        responses(exchange, 'response.created'),
        'created_at',
        'a number of seconds',
        (value) => typeof value === 'number',
      ),
    mutant: {
      story: 'an adapter writes times as text',
      reply: (reply) =>
        mapResponse(reply, (body) => ({ ...body, created_at: '2026-01-02T03:04:05Z' })),
    },
  },
  {
    id: 'created-at-present',
    title: 'created_at is not called created',
    in: BOTH,
    judge: (exchange) =>
      unless(
        responses(exchange, 'response.created'),
        'created_at',
        'a number of seconds',
        (value) => value !== undefined,
      ),
    mutant: {
      story: 'an adapter keeps the name created',
      reply: (reply) =>
        mapResponse(reply, ({ created_at, ...body }) => ({ ...body, created: created_at ?? 0 })),
    },
  },
  {
    id: 'usage-present',
    title: 'The answer says what it cost',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      return isObject(given) ? undefined : found(at, 'input, output and total tokens', given)
    },
    mutant: {
      story: 'a gateway leaves usage out',
      reply: (reply) => mapResponse(reply, (body) => without(body, 'usage')),
    },
  },
  {
    id: 'usage-names',
    title: 'Usage has input_tokens and output_tokens',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      const missing = isObject(given) ? USAGE.find((name) => given[name] === undefined) : undefined
      return missing === undefined
        ? undefined
        : found(`${at}/${missing}`, 'a number of tokens', undefined)
    },
    mutant: {
      story: 'an adapter keeps the names of Chat Completions',
      reply: (reply) =>
        mapResponse(
          reply,
          usage(({ input_tokens, output_tokens, total_tokens }) => ({
            prompt_tokens: input_tokens ?? 0,
            completion_tokens: output_tokens ?? 0,
            total_tokens: total_tokens ?? 0,
          })),
        ),
    },
  },
  {
    id: 'usage-numbers',
    title: 'Tokens are counted in numbers',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      if (!isObject(given)) return undefined
      const bad = USAGE.find((name) => given[name] !== undefined && typeof given[name] !== 'number')
      return bad === undefined ? undefined : found(`${at}/${bad}`, 'a number', given[bad])
    },
    mutant: {
      story: 'an adapter writes numbers as text',
      reply: (reply) =>
        mapResponse(
          reply,
          usage((given) =>
            Object.fromEntries(
              Object.entries(given).map(([key, value]) => [
                key,
                typeof value === 'number' ? String(value) : value,
              ]),
            ),
          ),
        ),
    },
  },
  {
    id: 'usage-details',
    title: 'Usage has its details',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      if (!isObject(given)) return undefined
      const missing = ['input_tokens_details', 'output_tokens_details'].find(
        (name) => !isObject(given[name]),
      )
      return missing === undefined
        ? undefined
        : found(`${at}/${missing}`, 'an object', given[missing])
    },
    mutant: {
      story: 'an adapter counts input, output and total only',
      reply: (reply) =>
        mapResponse(
          reply,
          usage((given) => without(given, 'input_tokens_details', 'output_tokens_details')),
        ),
    },
  },
  {
    id: 'output-text',
    title: 'A top-level output_text, if there is one, is the text',
    in: BOTH,
    judge(exchange) {
      const given = field(response(exchange), '/output_text')
      const whole = text(exchange)
      return given === undefined || given === whole
        ? undefined
        : found(`${responseAt(exchange)}/output_text`, show(whole), given)
    },
    mutant: {
      story: 'a gateway fills the convenience field before the text is there',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, output_text: '' })),
    },
  },
  {
    id: 'answers-as-asked',
    title: 'The answer is what was asked for: the sentence, the calls, the results, the object',
    in: BOTH,
    judge: (exchange, { nonce }) => answerFlaw(exchange, nonce),
    declined: (exchange) => isRefusal(exchange) || isWithoutCall(exchange),
    mutant: {
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

function answerFlaw(exchange: Exchange, nonce: string): Found | undefined {
  const body = sent(exchange) ?? {}
  const history = Array.isArray(body['input']) ? (body['input'] as readonly Json[]) : []
  const whole = text(exchange)
  const outputs = history.filter((item) => field(item, '/type') === 'function_call_output')
  if (field(history.at(-1), '/type') === 'function_call_output') {
    const words = outputs.map((item) => String(field(item, '/output')).trim().split('\n').at(-1)!)
    const missing = words.find((word) => !whole.includes(word))
    return missing === undefined ? undefined : said(exchange, `the tool's result ${missing}`)
  }
  const prompt = lastWords(body, history)
  const exact = /Reply with exactly: (.*)$/.exec(prompt)?.[1]
  if (exact !== undefined) return whole.includes(exact) ? undefined : said(exchange, exact)
  if (prompt.startsWith('Call ')) {
    const calls = items(exchange, 'function_call').map((item) => String(item['arguments']))
    const wanted = /each of: (.*)\.$/.exec(prompt)?.[1]?.split(', ') ?? []
    const missing = wanted.find((value) => !calls.some((given) => given.includes(value)))
    if (missing === undefined) return undefined
    return found(`${responseAt(exchange)}/output`, `a call with ${missing}`, calls.join(' '))
  }
  return field(parse(whole), '/word') === nonce ? undefined : said(exchange, `{"word":"${nonce}"}`)
}

const said = (exchange: Exchange, expected: string): Found =>
  found(`${responseAt(exchange)}/output`, expected, text(exchange))

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
