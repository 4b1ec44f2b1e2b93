// The endpoints below `/responses`.

import type { JsonObject } from '../../src/types/index.ts'
import {
  cancelRun,
  scheduleEvents,
  snapshotOf,
  stageOf,
  unfinishedOf,
} from '../create/background-clock.ts'
import { pageOf } from '../http/pagination.ts'
import { createBadRequest, createNotFound } from '../api-error.ts'
import { createResponse } from '../create/create-response.ts'
import type { RouteAnswer, RouteCall, Route } from '../http/router.ts'
import { createJsonAnswer } from '../http/router.ts'
import { allow, checkValue } from '../validate/rules.ts'
import { clipText } from '../json.ts'
import type { StoredResponse } from '../store.ts'
import { INCLUDES } from '../validate/request-fields.ts'

export const responseRoutes: readonly Route[] = [
  { method: 'POST', path: '/responses', handler: post },
  { method: 'GET', path: '/responses/*', handler: retrieve },
  { method: 'DELETE', path: '/responses/*', handler: remove },
  { method: 'POST', path: '/responses/*/cancel', handler: cancel },
  { method: 'GET', path: '/responses/*/input_items', handler: inputItems },
]

async function post({ request, account, provider }: RouteCall): Promise<RouteAnswer> {
  const { response, events, stored } = await createResponse(
    request.body as JsonObject,
    account,
    provider,
  )
  if (events === undefined) return createJsonAnswer(response)
  // A foreground stream that nobody read to its end was never completed.
  const abandoned = (): void => {
    if (stored.run === undefined) account.responses.drop(String(response['id']))
  }
  return { ...streamed(events, stored, provider.now()), abandoned }
}

/** The events, each when it is due. */
function streamed(events: readonly JsonObject[], stored: StoredResponse, now: number): RouteAnswer {
  const reply = { status: 200, headers: {}, body: { events } }
  const { run } = stored
  if (run === undefined) return { reply }
  const total = stored.events?.length ?? events.length
  const due = scheduleEvents(run, total).slice(total - events.length)
  const elapsed = now - run.startedAt
  if (run.cancelledAfter !== undefined) {
    const seen = events.filter((_, index) => (due[index] ?? 0) <= run.cancelledAfter!)
    return { reply: { ...reply, body: { events: seen } } }
  }
  let before = elapsed
  const delays = due.map((at) => {
    const wait = Math.max(0, at - before)
    before = Math.max(before, at)
    return wait
  })
  return { reply, delays, until: run.cancelled.signal }
}

function find({ account, ids }: RouteCall): StoredResponse {
  const id = ids[0] ?? ''
  const stored = account.responses.get(id)
  if (stored === undefined) throw createNotFound(`Response with id '${clipText(id)}' not found.`)
  return stored
}

function retrieve(call: RouteCall): RouteAnswer {
  const { query } = call.request
  examineInclude(query)
  const stored = find(call)
  const now = call.provider.now()
  if (query.get('stream') === 'true') return replay(stored, query, now)
  if (query.has('starting_after')) {
    throw createBadRequest(
      'invalid_value',
      'starting_after',
      "The 'starting_after' parameter is only allowed when 'stream' is enabled.",
    )
  }
  const { response, run } = stored
  return createJsonAnswer(run === undefined ? response : snapshotOf(response, run, now))
}

function replay(stored: StoredResponse, query: URLSearchParams, now: number): RouteAnswer {
  if (stored.events === undefined) {
    throw createBadRequest(
      'invalid_value',
      'stream',
      'This response cannot be streamed because it was not created with background=true and stream=true.',
    )
  }
  const given = query.get('starting_after')
  const after = given === null ? -1 : /^-?\d+$/.test(given) ? Number(given) : given
  checkValue(after, allow.integer(-1), 'starting_after')
  const plain = query.get('include_obfuscation') === 'false'
  const events = stored.events.slice(Number(after) + 1).map((event) => {
    if (!plain || event['obfuscation'] === undefined) return event
    const { obfuscation: _, ...rest } = event
    return rest
  })
  return streamed(events, stored, now)
}

function remove(call: RouteCall): RouteAnswer {
  find(call)
  const id = call.ids[0]!
  call.account.responses.drop(id)
  return createJsonAnswer({ id, object: 'response', deleted: true })
}

function cancel(call: RouteCall): RouteAnswer {
  const { response, run } = find(call)
  if (run === undefined) {
    throw createBadRequest(null, null, 'Cannot cancel a synchronous response.')
  }
  const now = call.provider.now()
  cancelRun(run, now)
  const done = stageOf(run, now) === 'done'
  return createJsonAnswer(done ? response : unfinishedOf(response, 'cancelled'))
}

function inputItems(call: RouteCall): RouteAnswer {
  examineInclude(call.request.query)
  return createJsonAnswer(pageOf(find(call).context, call.request.query))
}

function examineInclude(query: URLSearchParams): void {
  const given = [...query.getAll('include'), ...query.getAll('include[]')]
  const rule = allow.oneOf(...INCLUDES)
  for (const [index, one] of given.entries()) checkValue(one, rule, `include[${index}]`)
}
