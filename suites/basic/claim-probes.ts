// What shows whether a sentence of the documents is kept, by the API path that it is about. Several
// sentences are read in one answer.

import { defineScenario, holds, notShown, verdictOf } from '../../src/authoring/define.ts'
import { field, isObject, response, sent } from '../../src/authoring/read.ts'
import { quoteReply } from '../../src/authoring/judge-refusal.ts'
import type {
  Claim,
  Contract,
  Exchange,
  JsonObject,
  Judgement,
  RequestBuilder,
  Scenario,
  Step,
  WireRequest,
} from '../../src/types/index.ts'
import {
  changeAnswers,
  createProbeFinding,
  createDoneMarkerProbe,
  createErrorProbe,
  createFieldProbe,
  createStreamProbe,
  type ClaimProbe,
} from './answer-probes.ts'
import { isSameModel } from './model-names.ts'

/** Undefined where no request shows it, or a check of its own does. */
export function findProbeOf(claim: Claim, contract: Contract): ClaimProbe | undefined {
  const at = claim.hinge ?? ''
  const [scope = '', name = ''] = at.split(' ')
  if (claim.status === 'denied') return denialOf(scope, name, contract)
  if (scope === 'response') return createFieldProbe(name)
  if (scope === 'stream') return createStreamProbe(name)
  if (scope === 'error') return createErrorProbe(at.slice('error '.length))
  if (at === 'request /model' && contract.operations.includes('list-models')) return listed()
  if (at === PICTURE && contract.claim([PICTURE_URL]).status === 'silent') return picture(contract)
  const value = FIELDS[at]
  return value === undefined && at !== 'request /*' ? undefined : taken(at, contract, value)
}

const READY = 'Reply with the single word: ready.'

// ── requests ─────────────────────────────────────────────────────────────────

/** Values for what no table describes and a sentence names. */
const FIELDS: Readonly<Record<string, JsonObject>> = {
  'request /input = <string>': { input: READY },
  'request /input = <array>': { input: [{ type: 'message', role: 'user', content: READY }] },
  'request /store = true': { store: true },
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

function taken(
  at: string,
  contract: Contract,
  given: JsonObject | undefined,
): ClaimProbe | undefined {
  const names = contract.parameters.map((parameter) => parameter.at)
  const other = OTHERS.find(([name]) => !names.includes(name))
  // Who follows another contract knows all of its fields, and names few of them.
  const more = given ?? (other ?? (contract.isFollower ? OTHERS[0] : undefined))?.[1]
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
function picture(contract: Contract): ClaimProbe {
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
  const [left] = ask.leftOut ?? []
  if (left === undefined && ask.status >= 200 && ask.status < 300) return holds
  return verdictOf([
    createProbeFinding('ask', 'status', 'a 2xx status', left?.said ?? quoteReply(ask)),
  ])
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

function listed(): ClaimProbe {
  return {
    title: 'The model that is asked for is one of the list',
    scenario: listedModelScenario as Scenario,
    judge: ({ list, plain }) => {
      const data = list?.body.kind === 'json' ? field(list.body.value, '/data') : undefined
      if (!Array.isArray(data) || plain === undefined) return notShown('no list of models')
      const ids = data.map((model) => (isObject(model) ? String(model['id']) : ''))
      const asked = String(sent(plain)?.['model'])
      if (ids.some((id) => isSameModel(id, asked))) return holds
      return verdictOf([
        createProbeFinding('list', '/data', `a model ${asked}`, ids.slice(0, 5).join(', ')),
      ])
    },
    broken: {
      reply: (reply, { path }) =>
        path === '/models'
          ? {
              ...reply,
              body: { json: { object: 'list', data: [{ id: 'another', object: 'model' }] } },
            }
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

function denialOf(scope: string, name: string, contract: Contract): ClaimProbe | undefined {
  if (scope === 'stream' && name === 'done-marker') return createDoneMarkerProbe(false)
  if (scope === 'request' && name === '/background') return notInBackground(contract)
  if (scope === 'request' && name === '/store') return notStored(contract)
  // What is said of it is that it is ignored: it is taken all the same.
  if (scope === 'request' && name === '/*') return taken('request /*', contract, undefined)
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
      return verdictOf([createProbeFinding('ask', 'status', 'no such route', quoteReply(ask))])
    },
    broken: {
      reply: (reply, { path }) =>
        path === route.path ? { ...reply, status: 200, body: { json: { object: name } } } : reply,
    },
  }
}

function notInBackground(contract: Contract): ClaimProbe {
  return {
    title: 'background is not heard, as the documents say',
    scenario: asking('denied-background', contract, [], (builder) =>
      builder.createRequest(READY, { background: true }),
    ),
    judge: ({ ask }) => {
      const status = ask && response(ask)?.['status']
      if (status !== 'queued' && status !== 'in_progress') return holds
      return verdictOf([createProbeFinding('ask', '/status', 'an answer at once', status)])
    },
    broken: changeAnswers('answer', (body) => ({ ...body, status: 'queued' })),
  }
}

function notStored(contract: Contract): ClaimProbe {
  return {
    title: 'Nothing is stored, as the documents say',
    scenario: asking('denied-store', contract, [], (builder) =>
      builder.createRequest(READY, { store: true }),
    ),
    judge: ({ ask }) => {
      if (ask === undefined || response(ask)?.['store'] !== true) return holds
      const expected = 'a refusal, or an answer that does not say that it is stored'
      return verdictOf([createProbeFinding('ask', '/store', expected, true)])
    },
    broken: changeAnswers('answer', (body) => ({ ...body, store: true })),
  }
}
