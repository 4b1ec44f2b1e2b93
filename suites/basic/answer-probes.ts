// What an answer, a stream or an error shows of a sentence of the documents.

import { holds, notShown, verdictOf } from '../../src/authoring/define.ts'
import {
  eventType,
  events,
  isObject,
  isStream,
  response,
  sent,
  show,
} from '../../src/authoring/read.ts'
import { errorOf } from '../../src/authoring/judge-refusal.ts'
import type {
  Exchange,
  Finding,
  JsonObject,
  Judgement,
  Mutation,
  Scenario,
} from '../../src/types/index.ts'
import { keysScenario } from '../auth/scenarios.ts'
import { invalidRequests } from '../errors/invalid-requests.ts'
import { invalidRequestScenarioOf } from '../errors/scenarios.ts'
import { textStreamScenario } from '../streaming/scenarios.ts'
import { isSameModel } from './model-names.ts'
import { textScenario } from './scenarios.ts'

export interface ClaimProbe {
  readonly title: string
  readonly scenario: Scenario
  readonly judge: (exchanges: Readonly<Record<string, Exchange>>) => Judgement
  /** A provider that does not keep it. */
  readonly broken: Mutation
}

export function createProbeFinding(
  step: string,
  at: string,
  expected: string,
  actual: unknown,
): Finding {
  return { step, at, expected, actual: typeof actual === 'string' ? actual : show(actual as never) }
}

/** Changes a field of each response object, or of each error. */
export function changeAnswers(at: string, change: (body: JsonObject) => JsonObject): Mutation {
  return {
    reply: (reply) => {
      if (!('json' in reply.body) || !isObject(reply.body.json)) return reply
      const isRight = at === 'error' ? reply.status >= 400 : reply.status < 400
      return isRight ? { ...reply, body: { json: change(reply.body.json) } } : reply
    },
  }
}

// ── answers ──────────────────────────────────────────────────────────────────

const EARLIEST = 1_500_000_000
const LATEST = 100_000_000_000
const ENDED: readonly string[] = ['completed', 'incomplete', 'failed']

export function createFieldProbe(at: string): ClaimProbe | undefined {
  const key = at.slice(1)
  const read =
    (judge: (value: unknown, answer: JsonObject, asked: JsonObject) => string | undefined) =>
    (exchanges: Readonly<Record<string, Exchange>>): Judgement => {
      const { plain } = exchanges
      const answer = plain && response(plain)
      if (plain === undefined || answer === undefined) return notShown('no response object')
      const expected = judge(answer[key], answer, sent(plain) ?? {})
      return verdictOf(
        expected === undefined ? [] : [createProbeFinding('plain', at, expected, answer[key])],
      )
    }
  switch (at) {
    case '/model':
      return {
        title: 'The answer names the model that was asked for',
        scenario: textScenario,
        judge: read((model, _, { model: asked }) =>
          typeof model === 'string' && isSameModel(String(asked), model)
            ? undefined
            : `${show(asked)}, or a version of it`,
        ),
        broken: changeAnswers('answer', (body) => ({ ...body, model: 'another' })),
      }
    case '/output':
      return {
        title: 'The answer holds what the model produced',
        scenario: textScenario,
        judge: read((output) =>
          Array.isArray(output) && output.length > 0 ? undefined : 'a list with an item',
        ),
        broken: changeAnswers('answer', (body) => ({ ...body, output: [] })),
      }
    case '/usage':
      return {
        title: 'The answer counts its tokens',
        scenario: textScenario,
        judge: read((usage) =>
          isObject(usage) && typeof usage['output_tokens'] === 'number'
            ? undefined
            : 'an object with numbers of tokens',
        ),
        broken: changeAnswers('answer', (body) => ({ ...body, usage: null })),
      }
    case '/status':
      return {
        title: 'The answer says how it ended',
        scenario: textScenario,
        judge: read((status) =>
          ENDED.includes(String(status)) ? undefined : `one of ${ENDED.join(', ')}`,
        ),
        broken: changeAnswers('answer', (body) => ({ ...body, status: 'done' })),
      }
    case '/created':
      return {
        title: 'created is a Unix time in seconds',
        scenario: textScenario,
        judge: read((created) =>
          typeof created === 'number' && created > EARLIEST && created < LATEST
            ? undefined
            : 'a Unix time in seconds',
        ),
        broken: changeAnswers('answer', (body) => ({ ...body, created: 1_767_225_600_000 })),
      }
    case '/completed_at':
      return {
        title: 'completed_at is the time of the end',
        scenario: textScenario,
        judge: read((completed, { created_at: created }) =>
          typeof completed !== 'number' ||
          typeof created !== 'number' ||
          (completed >= created && completed < created + 86_400)
            ? undefined
            : `a time at or after created_at, ${show(created as never)}`,
        ),
        broken: changeAnswers('answer', (body) => ({ ...body, completed_at: 1 })),
      }
    default:
      return undefined
  }
}

// ── streams ──────────────────────────────────────────────────────────────────

export function createStreamProbe(name: string): ClaimProbe | undefined {
  if (name === 'done-marker') return createDoneMarkerProbe(true)
  if (name === 'sequence-number') return createNumberProbe()
  if (name === 'terminal-event') return createEndProbe()
  if (!name.startsWith('response.')) return undefined
  return {
    title: `A streamed answer has ${name}`,
    scenario: textStreamScenario,
    judge: ({ stream: ask }) => {
      if (ask === undefined || !isStream(ask)) return notShown('no event stream')
      const types = events(ask).map(eventType)
      if (types.includes(name)) return holds
      const seen = [...new Set(types)].join(', ').slice(0, 160)
      return verdictOf([createProbeFinding('stream', '/events', `an event ${name}`, seen)])
    },
    broken: {
      reply: (reply) =>
        'events' in reply.body
          ? {
              ...reply,
              body: {
                events: reply.body.events.filter(
                  (event) => typeof event === 'string' || event['type'] !== name,
                ),
              },
            }
          : reply,
    },
  }
}

function createNumberProbe(): ClaimProbe {
  return {
    title: 'The events of a stream are numbered in rising order',
    scenario: textStreamScenario,
    judge: ({ stream: ask }) => {
      if (ask === undefined || !isStream(ask)) return notShown('no event stream')
      const numbers = payloadsOf(ask).map((data) => Number(data['sequence_number']))
      const isRising = numbers.every((one, at) => at === 0 || one > numbers[at - 1]!)
      if (isRising && !numbers.some(Number.isNaN)) return holds
      const seen = numbers.join(', ').slice(0, 160)
      return verdictOf([createProbeFinding('stream', '/events', 'rising numbers', seen)])
    },
    broken: changePayloads((events) => events.map((event) => ({ ...event, sequence_number: 0 }))),
  }
}

function createEndProbe(): ClaimProbe {
  return {
    title: 'A stream ends with the event of how it ended',
    scenario: textStreamScenario,
    judge: ({ stream: ask }) => {
      if (ask === undefined || !isStream(ask)) return notShown('no event stream')
      const last = String(payloadsOf(ask).at(-1)?.['type'])
      if (ENDED.includes(last.replace('response.', ''))) return holds
      const expected = ENDED.map((how) => `response.${how}`).join(' or ')
      return verdictOf([createProbeFinding('stream', '/events', expected, last)])
    },
    broken: changePayloads((events) => events.slice(0, -1)),
  }
}

function payloadsOf(exchange: Exchange): readonly JsonObject[] {
  return events(exchange).flatMap(({ data }) => (isObject(data) ? [data] : []))
}

function changePayloads(
  change: (events: readonly JsonObject[]) => readonly JsonObject[],
): Mutation {
  return {
    reply: (reply) => {
      if (!('events' in reply.body)) return reply
      const payloads = reply.body.events.filter((event) => typeof event !== 'string')
      return { ...reply, body: { events: change(payloads) } }
    },
  }
}

export function createDoneMarkerProbe(isPromised: boolean): ClaimProbe {
  return {
    title: isPromised ? 'A stream ends with [DONE]' : 'A stream ends without [DONE]',
    scenario: textStreamScenario,
    judge: ({ stream: ask }) => {
      if (ask === undefined || ask.body.kind !== 'events') return notShown('no event stream')
      const last = ask.body.events.at(-1)?.raw
      if ((last === '[DONE]') === isPromised) return holds
      const expected = isPromised ? '[DONE] as the last frame' : 'no [DONE]'
      return verdictOf([createProbeFinding('stream', '/events', expected, last ?? 'no frame')])
    },
    broken: {
      reply: (reply) =>
        'events' in reply.body
          ? {
              ...reply,
              body: {
                events: isPromised
                  ? reply.body.events.filter((event) => event !== '[DONE]')
                  : [...reply.body.events, '[DONE]'],
              },
            }
          : reply,
    },
  }
}

// ── errors ───────────────────────────────────────────────────────────────────

/** What provokes an error with this code. */
const PROVOKED: Readonly<Record<string, { readonly scenario: Scenario; readonly step: string }>> = {
  model_not_found: {
    scenario: invalidRequestScenarioOf(named('unknown-model')),
    step: 'ask',
  },
  invalid_api_key: { scenario: keysScenario as Scenario, step: 'wrong' },
  invalid_request: { scenario: invalidRequestScenarioOf(named('no-input')), step: 'ask' },
}

function named(name: string): (typeof invalidRequests)[number] {
  return invalidRequests.find((one) => one.name === name)!
}

export function createErrorProbe(place: string): ClaimProbe | undefined {
  const [at = '', code] = place.split(' = ')
  const provoked = PROVOKED[code ?? '']
  const key = at.replace('/error/', '')
  if (at === '/error/code' && code !== undefined && provoked !== undefined) {
    const { scenario, step } = provoked
    return {
      title: `The error has the code ${code}`,
      scenario,
      judge: (exchanges) => {
        const error = refusalIn(exchanges[step])
        if (error === undefined) return notShown('it was not refused with an error object')
        if (error['code'] === code) return holds
        return verdictOf([createProbeFinding(step, '/error/code', show(code), error['code'])])
      },
      broken: changeAnswers('error', (body) => ({
        ...body,
        error: { ...object(body), code: 'denied' },
      })),
    }
  }
  if (code !== undefined || !['message', 'param'].includes(key)) return undefined
  return {
    title: `${key} of an error is a string`,
    scenario: invalidRequestScenarioOf(named('unknown-model')),
    judge: ({ ask }) => {
      const error = refusalIn(ask)
      if (error === undefined) return notShown('it was not refused with an error object')
      if (typeof error[key] === 'string') return holds
      return verdictOf([createProbeFinding('ask', at, 'a string', error[key])])
    },
    broken: changeAnswers('error', (body) => ({ ...body, error: { ...object(body), [key]: 7 } })),
  }
}

function refusalIn(exchange: Exchange | undefined): JsonObject | undefined {
  return exchange === undefined || exchange.status < 400 ? undefined : errorOf(exchange)
}

function object(body: JsonObject): JsonObject {
  return isObject(body['error']) ? body['error'] : {}
}
