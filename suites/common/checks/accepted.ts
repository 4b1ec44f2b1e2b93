import {
  defineCheck,
  holds,
  mapEvents,
  mapResponse,
  notShown,
  refused,
  violated,
} from '../../../src/authoring/define.ts'
import { requestValueOf, answerOf, createFinding } from '../answers.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import {
  isNoRoute,
  isUnsupported,
  doubtMissingRoute,
} from '../../../src/authoring/judge-refusal.ts'
import type {
  Check,
  EveryExchange,
  Exchange,
  Judgement,
  Scenario,
  StreamEvent,
} from '../../../src/types/index.ts'
import { isAtHome } from '../missing-operation.ts'
import { textScenario, twoWaysScenario } from '../../basic/scenarios.ts'
import { storedScenario } from '../../lifecycle/scenarios.ts'

/** Each operation is promised by a sentence of its own. */
const OPERATIONS: NonNullable<Check['coversOperation']> = {
  create: 'transport-create-path',
  retrieve: 'transport-retrieve-path',
  delete: 'transport-delete-path',
  cancel: 'transport-cancel-path',
  'input-items': 'transport-input-items-path',
  'input-tokens': 'transport-input-tokens-path',
  compact: 'transport-compact-path',
  'create-conversation': 'transport-conversations-path',
  'retrieve-conversation': 'transport-conversations-path',
  'update-conversation': 'transport-conversations-path',
  'delete-conversation': 'transport-conversations-path',
  'create-conversation-items': 'transport-conversation-items-path',
  'list-conversation-items': 'transport-conversation-items-path',
  'retrieve-conversation-item': 'transport-conversation-items-path',
  'delete-conversation-item': 'transport-conversation-items-path',
  'list-models': 'transport-models-path',
  'upload-file': 'transport-files-path',
}

export default defineCheck({
  id: 'common/accepted',
  title: 'What is asked properly is answered, with a body that can be read',
  kind: 'wire',
  scenario: 'every',
  covers: [...new Set(Object.values(OPERATIONS)), 'own-operation-answered', 'transport-valid-http'],
  coversOperation: OPERATIONS,
  acceptanceCheck: true,

  judge({ exchange }: EveryExchange, { contract, expect, scenario, yardstick }) {
    if (expect !== 'success') return notShown('the request may be refused')
    if (yardstick !== 'own' && !contract.operations.includes(exchange.request.operation))
      return notShown('these documents know no such operation')
    const wanted = expected(exchange)
    if (exchange.status < 200 || exchange.status > 299) {
      if (isNoRoute(exchange) && !isAtHome(exchange, scenario)) return doubtMissingRoute(exchange)
      if (
        isUnsupported(exchange, scenario) ||
        (scenario.tier === 'feature' && isCleanRefusal(exchange))
      ) {
        return refused(`answered ${exchange.status}: ${told(exchange)}`)
      }
      return violated(createFinding('status', wanted, `${exchange.status}: ${told(exchange)}`))
    }
    const { body, request } = exchange
    if (body.kind === 'empty') return violated(createFinding('', wanted, 'an empty body'))
    if (body.kind === 'text') return violated(createFinding('', wanted, show(body.text)))
    if (body.kind === 'events' && !body.events.some(isOfAResponse)) {
      return violated(createFinding('', wanted, `a stream of ${told(exchange)}`))
    }
    if (body.kind === 'json' && exchange.ending === 'cut') {
      return violated(createFinding('framing', wanted, 'a body whose announced end never came'))
    }
    if (request.operation !== 'create') return holds
    if (body.kind === 'events') return judgeEnding(exchange, scenario)
    // A gateway that wraps an upstream's failure in 200 is found here, and only here.
    if (answerOf(exchange) === undefined) {
      return violated(createFinding('', wanted, `${exchange.status}: ${show(body.value)}`))
    }
    if (field(body.value, '/status') !== 'failed') return holds
    const error = show(field(body.value, '/error'))
    return violated(
      createFinding('/status', 'completed or incomplete', `failed, with error ${error}`),
    )
  },

  mutants: [
    {
      story: 'a gateway has no route for the model and says so in its own words',
      on: textScenario,
      reply: (reply) => ({
        ...reply,
        status: 400,
        body: {
          json: {
            error: { message: 'no channel', type: 'gateway_error', param: null, code: null },
          },
        },
      }),
    },
    {
      story: 'a cache in front answers what it has seen before without a body',
      on: storedScenario,
      reply: (reply, { method }) =>
        method === 'GET' && reply.status === 200 ? { ...reply, body: { none: true } } : reply,
    },
    {
      story: 'a proxy answers with its login page, and status 200',
      on: textScenario,
      reply: (reply) => ({
        ...reply,
        status: 200,
        headers: { ...reply.headers, 'content-type': 'text/html' },
        body: { raw: '<!doctype html><title>Sign in</title>' },
      }),
    },
    {
      story: 'a gateway streams the chunks of Chat Completions',
      on: twoWaysScenario,
      reply: (reply) =>
        'events' in reply.body
          ? {
              ...reply,
              body: {
                events: [
                  JSON.stringify({
                    object: 'chat.completion.chunk',
                    choices: [{ index: 0, delta: { content: 'ready' }, finish_reason: 'stop' }],
                  }),
                  '[DONE]',
                ],
              },
            }
          : reply,
    },
    {
      story: 'a proxy cuts the connection before it has ended the body',
      on: textScenario,
      wire: (actions) => [...actions, { cut: true }],
    },
    {
      story: 'a gateway wraps the failure of its upstream in status 200',
      on: textScenario,
      reply: (reply) => ({
        ...reply,
        body: { json: { error: { message: 'upstream timed out', type: 'gateway_error' } } },
      }),
    },
    {
      story: 'an engine that is out of memory fails every stream',
      on: twoWaysScenario,
      reply: (reply) =>
        mapEvents(reply, (event, index) =>
          index === 0
            ? [
                event,
                { type: 'error', sequence_number: 1, code: 'server_error', message: 'no memory' },
              ]
            : undefined,
        ),
    },
    {
      story: 'an engine that is out of memory fails every answer',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          status: 'failed',
          error: { code: 'server_error', message: 'out of memory' },
        })),
    },
  ],
})

/** A stream that says at its end that it failed answers nothing. */
function judgeEnding(exchange: Exchange, scenario: Scenario): Judgement {
  if (isUnsupported(exchange, scenario)) return refused(`answered in a stream: ${told(exchange)}`)
  const failed = events(exchange).find((event) =>
    ['response.failed', 'error'].includes(eventType(event) ?? ''),
  )
  if (failed === undefined) return holds
  const { index, data } = failed
  const said = field(data, '/response/error') ?? field(data, '/error') ?? data
  const wanted = 'a stream that comes to its end'
  return violated(createFinding(`/events/${index}`, wanted, `failed, with error ${show(said)}`))
}

function expected(exchange: Exchange): string {
  if (exchange.request.operation !== 'create') return 'a 2xx status with a JSON body'
  return requestValueOf(exchange, '/stream') === true
    ? 'a 2xx status with an event stream'
    : 'a 2xx status with a response object'
}

/** That a route is not there is said by the status alone: nobody has written a body for it. */
function isCleanRefusal(exchange: Exchange): boolean {
  const { status } = exchange
  return isNoRoute(exchange) || (status >= 400 && status < 500)
}

/** `error` is one as well: what it says is for other checks. */
function isOfAResponse({ data, name }: StreamEvent): boolean {
  const type = field(data, '/type') ?? name
  return typeof type === 'string' && /^(response\.|error$)/.test(type)
}

function told({ body }: Exchange): string {
  if (body.kind === 'events') {
    const [first] = body.events
    return first === undefined ? 'no event' : `events like ${show(first.raw, 200)}`
  }
  if (body.kind === 'json') return show(field(body.value, '/error') ?? body.value, 200)
  return body.kind === 'text' ? show(body.text, 200) : `no readable body (${body.kind})`
}
