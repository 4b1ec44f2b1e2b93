// What an answer is made of, besides its items.

import { mapJson, mapResponse, without } from '../../../src/authoring/define.ts'
import { field, isObject, response, responseAt, show, text } from '../../../src/authoring/read.ts'
import type { Exchange, Json } from '../../../src/types/index.ts'
import {
  BOTH,
  createNeedFinding,
  JSON_ONLY,
  readResponses,
  findFirstWrong,
  type ClientNeed,
  type NeedFinding,
} from './define-need.ts'

export const responseNeeds: readonly ClientNeed[] = [
  {
    id: 'answers-with-json',
    title: 'What is not asked as a stream is answered with one JSON object',
    in: JSON_ONLY,
    judge: (exchange) =>
      exchange.body.kind === 'json'
        ? undefined
        : createNeedFinding('', 'a JSON object', exchange.body.kind),
    mutants: [
      {
        story: 'a server streams whatever it is asked',
        reply: (reply, request) =>
          'json' in reply.body && request.path === '/responses'
            ? {
                ...reply,
                body: { events: [{ type: 'response.completed', response: reply.body.json }] },
              }
            : reply,
      },
    ],
  },
  {
    id: 'object',
    title: 'The answer calls itself a response',
    in: JSON_ONLY,
    judge: (exchange) =>
      findFirstWrong(
        readResponses(exchange),
        'object',
        '"response"',
        (value) => value === 'response',
      ),
    mutants: [
      {
        story: 'an adapter leaves out object',
        reply: (reply) => mapJson(reply, (body) => without(body, 'object')),
      },
    ],
  },
  {
    id: 'output',
    title: 'The answer has a list of output',
    in: JSON_ONLY,
    judge: (exchange) => findFirstWrong(readResponses(exchange), 'output', 'a list', Array.isArray),
    mutants: [
      {
        story: 'an adapter answers in the shape of Chat Completions',
        reply: (reply) =>
          mapJson(reply, (body) => ({
            id: 'chatcmpl-1',
            object: 'chat.completion',
            created: 1,
            model: body['model'] ?? null,
            choices: [
              {
                index: 0,
                finish_reason: 'stop',
                message: { role: 'assistant', content: 'Hello.' },
              },
            ],
          })),
      },
    ],
  },
  {
    id: 'created-at',
    title: 'created_at is a number',
    in: BOTH,
    judge: (exchange) => findWrongTime(exchange, (value) => typeof value === 'number'),
    mutants: [
      {
        story: 'an adapter writes times as text',
        reply: (reply) =>
          mapResponse(reply, (body) => ({ ...body, created_at: '2026-01-02T03:04:05Z' })),
      },
    ],
  },
  {
    id: 'created-at-present',
    title: 'created_at is not called created',
    in: BOTH,
    judge: (exchange) => findWrongTime(exchange, (value) => value !== undefined),
    mutants: [
      {
        story: 'an adapter keeps the name created',
        reply: (reply) =>
          mapResponse(reply, ({ created_at, ...body }) => ({ ...body, created: created_at ?? 0 })),
      },
    ],
  },
  {
    id: 'echoes-typed',
    title: 'service_tier and reasoning, where they are echoed, have their types',
    in: BOTH,
    judge: (exchange) => {
      const all = readResponses(exchange, 'response.created', 'response.completed')
      const isObjectOrNull = (value: Json | undefined): boolean =>
        (value ?? null) === null || isObject(value)
      return (
        findFirstWrong(
          all,
          'service_tier',
          'a text or null',
          (value) => (value ?? null) === null || typeof value === 'string',
        ) ??
        findFirstWrong(all, 'reasoning', 'an object or null', isObjectOrNull) ??
        findFirstWrong(all, 'prompt_cache_diagnostics', 'an object or null', isObjectOrNull)
      )
    },
    mutants: [
      {
        story: 'an adapter reports the tier as a number',
        reply: (reply) =>
          mapResponse(reply, (one) => ({ ...one, service_tier: 7, reasoning: 'none' })),
      },
      {
        story: 'an adapter reports reasoning by its effort alone',
        reply: (reply) => mapResponse(reply, (one) => ({ ...one, reasoning: 'none' })),
      },
      {
        story: 'an adapter reports its cache in words',
        reply: (reply) =>
          mapResponse(reply, (one) => ({ ...one, prompt_cache_diagnostics: 'no hit' })),
      },
    ],
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
        : createNeedFinding(`${responseAt(exchange)}/output_text`, show(whole), given)
    },
    mutants: [
      {
        story: 'a gateway fills the convenience field before the text is there',
        reply: (reply) => mapResponse(reply, (body) => ({ ...body, output_text: '' })),
      },
    ],
  },
]

function findWrongTime(
  exchange: Exchange,
  fits: (value: Json | undefined) => boolean,
): NeedFinding | undefined {
  return findFirstWrong(
    readResponses(exchange, 'response.created'),
    'created_at',
    'a number of seconds',
    fits,
  )
}
