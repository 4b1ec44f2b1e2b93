// What shows whether a sentence of the documents is kept, by the API path that it is about. Several
// sentences are read in one answer.

import { defineScenario, holds, notShown, verdictOf } from '../../src/authoring/define.ts'
import {
  eventType,
  events,
  field,
  isObject,
  isStream,
  response,
  sent,
  show,
} from '../../src/authoring/read.ts'
import { errorOf, quoteReply } from '../../src/authoring/refusal.ts'
import type {
  Claim,
  Contract,
  Exchange,
  Finding,
  JsonObject,
  Judgement,
  Mutation,
  RequestBuilder,
  Scenario,
  Step,
  WireRequest,
} from '../../src/types/index.ts'
import { invalidRequests } from '../errors/invalid-requests.ts'
import { invalidRequestScenarioOf } from '../errors/scenarios.ts'
import { keysScenario } from '../auth/scenarios.ts'
import { textStreamScenario } from '../streaming/scenarios.ts'
import { isSameModel } from './model-names.ts'
import { textScenario } from './scenarios.ts'

export interface Probe {
  readonly title: string
  readonly scenario: Scenario
  readonly judge: (exchanges: Readonly<Record<string, Exchange>>) => Judgement
  /** A provider that does not keep it. */
  readonly broken: Mutation
}

/** Undefined where no request shows it, or a check of its own does. */
export function probeOf(claim: Claim, contract: Contract): Probe | undefined {
  const at = claim.hinge ?? ''
  const [scope = '', name = ''] = at.split(' ')
  if (claim.status === 'denied') return denialOf(scope, name, contract)
  if (scope === 'response') return fieldProbe(name)
  if (scope === 'stream') return streamProbe(name)
  if (scope === 'error') return errorProbe(at.slice('error '.length))
  if (at === 'request /model' && contract.operations.includes('list-models')) return listed()
  if (at === PICTURE && contract.claim([PICTURE_URL]).status === 'silent') return picture(contract)
  const value = FIELDS[at]
  return value === undefined && at !== 'request /*' ? undefined : taken(at, contract, value)
}

const READY = 'Reply with the single word: ready.'

function finding(step: string, at: string, expected: string, actual: unknown): Finding {
  return { step, at, expected, actual: typeof actual === 'string' ? actual : show(actual as never) }
}

/** Changes a field of each response object, or of each error. */
function changing(at: string, change: (body: JsonObject) => JsonObject): Mutation {
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

function fieldProbe(at: string): Probe | undefined {
  const key = at.slice(1)
  const read = (judge: (value: unknown, answer: JsonObject, asked: JsonObject) => string | undefined) =>
    (exchanges: Readonly<Record<string, Exchange>>): Judgement => {
      const { plain } = exchanges
      const answer = plain && response(plain)
      if (plain === undefined || answer === undefined) return notShown('no response object')
      const expected = judge(answer[key], answer, sent(plain) ?? {})
      return verdictOf(expected === undefined ? [] : [finding('plain', at, expected, answer[key])])
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
        broken: changing('answer', (body) => ({ ...body, model: 'another' })),
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
        broken: changing('answer', (body) => ({ ...body, created: 1_767_225_600_000 })),
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
        broken: changing('answer', (body) => ({ ...body, completed_at: 1 })),
      }
    default:
      return undefined
  }
}

// ── streams ──────────────────────────────────────────────────────────────────

function streamProbe(name: string): Probe | undefined {
  if (name === 'done-marker') return doneMarker(true)
  if (!name.startsWith('response.')) return undefined
  return {
    title: `A streamed answer has ${name}`,
    scenario: textStreamScenario,
    judge: ({ ask }) => {
      if (ask === undefined || !isStream(ask)) return notShown('no event stream')
      const types = events(ask).map(eventType)
      if (types.includes(name)) return holds
      const seen = [...new Set(types)].join(', ').slice(0, 160)
      return verdictOf([finding('ask', '/events', `an event ${name}`, seen)])
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

function doneMarker(isPromised: boolean): Probe {
  return {
    title: isPromised ? 'A stream ends with [DONE]' : 'A stream ends without [DONE]',
    scenario: textStreamScenario,
    judge: ({ ask }) => {
      if (ask === undefined || ask.body.kind !== 'events') return notShown('no event stream')
      const last = ask.body.events.at(-1)?.raw
      if ((last === '[DONE]') === isPromised) return holds
      const expected = isPromised ? '[DONE] as the last frame' : 'no [DONE]'
      return verdictOf([finding('ask', '/events', expected, last ?? 'no frame')])
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

function errorProbe(place: string): Probe | undefined {
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
        return verdictOf([finding(step, '/error/code', show(code), error['code'])])
      },
      broken: changing('error', (body) => ({ ...body, error: { ...object(body), code: 'denied' } })),
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
      return verdictOf([finding('ask', at, 'a string', error[key])])
    },
    broken: changing('error', (body) => ({ ...body, error: { ...object(body), [key]: 7 } })),
  }
}

function refusalIn(exchange: Exchange | undefined): JsonObject | undefined {
  return exchange === undefined || exchange.status < 400 ? undefined : errorOf(exchange)
}

function object(body: JsonObject): JsonObject {
  return isObject(body['error']) ? body['error'] : {}
}

// ── requests ─────────────────────────────────────────────────────────────────

/** Values for what no table describes and a sentence names. */
const FIELDS: Readonly<Record<string, JsonObject>> = {
  'request /text/format': { text: { format: { type: 'text' } } },
  'request /tools/*/type = web_search_preview': { tools: [{ type: 'web_search_preview' }] },
  'request /frequency_penalty': { frequency_penalty: 0.5 },
  'request /presence_penalty': { presence_penalty: 0.5 },
  'request /enable_thinking': { enable_thinking: false },
}

/** Fields of OpenAI's API, for a page that takes "other compatible fields". */
const OTHERS: readonly (readonly [string, JsonObject])[] = [
  ['/service_tier', { service_tier: 'auto' }],
  ['/include', { include: [] }],
  ['/safety_identifier', { safety_identifier: 'responses-conformance' }],
]

function taken(at: string, contract: Contract, given: JsonObject | undefined): Probe | undefined {
  const names = contract.parameters.map((parameter) => parameter.at)
  const more = given ?? OTHERS.find(([name]) => !names.includes(name))?.[1]
  if (more === undefined) return undefined
  const [field = ''] = Object.keys(more)
  return {
    title: `${field} is taken`,
    scenario: asking(at, contract, [at], (builder) => builder.createRequest(READY, more)),
    judge: judgeTaken,
    broken: {
      reply: (reply, { text }) =>
        text.includes(`"${field}"`)
          ? { ...reply, status: 400, body: { json: { error: { message: 'No.', type: 'x' } } } }
          : reply,
    },
  }
}

const PICTURE = 'request /input/*/content/*/type = input_image'
const PICTURE_URL = 'request /input/*/content/*/image_url'

/** Pictures are named and their form is not: OpenAI's is the only one that there is. */
function picture(contract: Contract): Probe {
  return {
    title: 'A picture is taken',
    scenario: {
      ...asking(PICTURE, contract, [PICTURE], (builder) =>
        builder.createRequestFromParts(
          [
            { type: 'input_text', text: READY },
            { type: 'input_image', image_url: builder.imageUrl('READY') },
          ],
          { model: builder.model('vision') },
        ),
      ),
      needs: ['vision-model'],
    },
    judge: judgeTaken,
    broken: {
      reply: (reply, { text }) =>
        text.includes('"input_image"')
          ? { ...reply, status: 400, body: { json: { error: { message: 'No.', type: 'x' } } } }
          : reply,
    },
  }
}

function judgeTaken({ ask }: Readonly<Record<string, Exchange>>): Judgement {
  if (ask === undefined) return notShown('it was not asked')
  if (ask.status >= 200 && ask.status < 300) return holds
  return verdictOf([finding('ask', 'status', 'a 2xx status', quoteReply(ask))])
}

function asking(
  at: string,
  contract: Contract,
  apiPaths: Scenario['apiPaths'],
  request: (builder: RequestBuilder) => WireRequest,
): Scenario {
  const name = at.replaceAll(/[^a-z_-]+/gi, '-').replaceAll(/^-|-$/g, '')
  const isHosted = /\/tools\/\*\/type = (?!function)/.test(at)
  const ask: Step = { request, expect: 'either' }
  return {
    id: `basic/claim-${contract.id}-${name}`,
    title: `What the documents say of ${at}`,
    apiPaths,
    tier: 'feature',
    ...(isHosted ? { needs: ['hosted-tools'] as const } : {}),
    steps: { ask },
  }
}

/** The models of the list, which are the names that a request may have. */
const listedModelScenario = defineScenario<'list' | 'plain'>({
  id: 'basic/listed-model',
  title: 'The list of models, and a request to one of them',
  apiPaths: ['operation list-models'],
  tier: 'feature',
  steps: {
    list: {
      request: () => ({ operation: 'list-models', method: 'GET', path: '/models' }),
      expect: 'success',
    },
    plain: { request: (builder) => builder.createRequest(READY), expect: 'success' },
  },
})

function listed(): Probe {
  return {
    title: 'The model that is asked for is one of the list',
    scenario: listedModelScenario as Scenario,
    judge: ({ list, plain }) => {
      const data = list?.body.kind === 'json' ? field(list.body.value, '/data') : undefined
      if (!Array.isArray(data) || plain === undefined) return notShown('no list of models')
      const ids = data.map((model) => (isObject(model) ? String(model['id']) : ''))
      const asked = String(sent(plain)?.['model'])
      if (ids.some((id) => isSameModel(id, asked))) return holds
      return verdictOf([finding('list', '/data', `a model ${asked}`, ids.slice(0, 5).join(', '))])
    },
    broken: {
      reply: (reply, { path }) =>
        path === '/models'
          ? { ...reply, body: { json: { object: 'list', data: [{ id: 'another', object: 'model' }] } } }
          : reply,
    },
  }
}

// ── denials ──────────────────────────────────────────────────────────────────

/** A route that the documents say is not there, asked with an id that nobody has given out. */
const ROUTES: Readonly<Record<string, Omit<WireRequest, 'operation'>>> = {
  retrieve: { method: 'GET', path: '/responses/resp_0' },
  delete: { method: 'DELETE', path: '/responses/resp_0' },
  cancel: { method: 'POST', path: '/responses/resp_0/cancel' },
  'input-items': { method: 'GET', path: '/responses/resp_0/input_items' },
  'input-tokens': { method: 'POST', path: '/responses/input_tokens' },
  'create-conversation': { method: 'POST', path: '/conversations' },
}

function denialOf(scope: string, name: string, contract: Contract): Probe | undefined {
  if (scope === 'stream' && name === 'done-marker') return doneMarker(false)
  if (scope === 'request' && name === '/background') return notInBackground(contract)
  const route = ROUTES[name]
  if (scope !== 'operation' || route === undefined) return undefined
  const isPost = route.method === 'POST'
  return {
    title: `There is no ${name}, as the documents say`,
    scenario: asking(`denied-${name}`, contract, [], (builder) => ({
      operation: name as WireRequest['operation'],
      ...route,
      ...(isPost ? { body: { json: { model: builder.model(), input: READY } } } : {}),
    })),
    judge: ({ ask }) => {
      if (ask === undefined || ask.status >= 300) return holds
      return verdictOf([finding('ask', 'status', 'no such route', quoteReply(ask))])
    },
    broken: {
      reply: (reply, { path }) =>
        path === route.path ? { ...reply, status: 200, body: { json: { object: name } } } : reply,
    },
  }
}

function notInBackground(contract: Contract): Probe {
  return {
    title: 'background is not heard, as the documents say',
    scenario: asking('denied-background', contract, [], (builder) =>
      builder.createRequest(READY, { background: true }),
    ),
    judge: ({ ask }) => {
      const status = ask && response(ask)?.['status']
      if (status !== 'queued' && status !== 'in_progress') return holds
      return verdictOf([finding('ask', '/status', 'an answer at once', status)])
    },
    broken: changing('answer', (body) => ({ ...body, status: 'queued' })),
  }
}
