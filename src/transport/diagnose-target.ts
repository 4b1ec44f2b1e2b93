// Diagnoses what stands between a target and a run, from its name to its streams, with a remedy for each.

import { events, eventType, header, response, TERMINAL_EVENTS } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import { keyOf, variablesOf, type Target } from '../target/target-and-keys.ts'
import type { Exchange } from '../types/index.ts'
import { testConnection } from './test-connection.ts'
import type { SendResult } from './http.ts'
import { describeLayer, findObstacle, findModelRemedy } from './preflight.ts'
import {
  createQuestion,
  LIST_MODELS,
  modelIdsOf,
  openProbe,
  saidOf,
  type Diagnosis,
} from './single-requests.ts'

/** What a run looks at first, and a few things more: a list of models, a stream, the clock. */
export async function* diagnose(target: Target): AsyncGenerator<Diagnosis> {
  const steps = await testConnection(target)
  for (const step of steps) yield describeLayer(step, target)
  if (steps.some(({ failed }) => failed !== undefined)) return

  const { obstacle, answer } = await findObstacle(target)
  if (obstacle !== undefined && ['tls', 'connection', 'route'].includes(obstacle.about)) {
    yield obstacle
    return
  }
  const probe = openProbe(target)
  try {
    yield obstacle?.about === 'key' ? obstacle : ofKey(answer, target)
    const models = ofModels(await probe.send(LIST_MODELS), target)
    yield obstacle?.about === 'models' ? { ...obstacle, state: 'unsure' } : models
    yield obstacle?.about === 'answer' ? obstacle : ofAnswer(answer, target)
    if ('failed' in answer || answer.exchange.status !== 200) return
    const words = 'Count from 1 to 60 in English words.'
    yield ofStream(await probe.send(createQuestion(target, words, { stream: true })), target)
    yield ofClock(answer.exchange)
  } finally {
    await probe.close()
  }
}

// ── layer by layer ───────────────────────────────────────────────────────────

function ofKey(sent: SendResult, target: Target): Diagnosis {
  const about = 'key'
  if ('failed' in sent) return { about, state: 'unsure', note: 'nobody answered' }
  const unset = [target.keyEnv, ...variablesOf(target)].find(
    (name) => name !== undefined && keyOf(name) === undefined,
  )
  if (unset !== undefined)
    return { about, state: 'unsure', note: `${unset} is not set, and nobody minds` }
  return {
    about,
    state: 'ok',
    note:
      target.keyEnv === undefined ? 'none is needed' : `the key in ${target.keyEnv} is accepted`,
  }
}

function ofModels(sent: SendResult, target: Target): Diagnosis {
  const about = 'models'
  if ('failed' in sent) return { about, state: 'unsure', note: `no list: ${sent.failed.note}` }
  const models = modelIdsOf(sent.exchange)
  const wanted = target.models.text
  if (models.length === 0) {
    const note = `GET /models lists nothing (HTTP ${sent.exchange.status}); ${wanted} is taken as it is`
    return { about, state: 'unsure', note }
  }
  if (models.includes(wanted)) {
    return { about, state: 'ok', note: `${wanted} is one of ${models.length}` }
  }
  const note = `${wanted} is not among the ${models.length} that GET /models lists`
  return { about, state: 'unsure', note, remedy: findModelRemedy(wanted, models) }
}

function ofAnswer(sent: SendResult, target: Target): Diagnosis {
  const about = 'answer'
  if ('failed' in sent) {
    const remedy = 'a slow model needs more time: --deadline SECONDS'
    return { about, state: 'failed', blame: 'circumstances', note: sent.failed.note, remedy }
  }
  const { exchange } = sent
  const { status, timing } = exchange
  if (status === 200) {
    const object = field(response(exchange), '/object')
    if (object === 'response')
      return { about, state: 'ok', note: `a response object after ${timing?.endMs} ms` }
    const remedy =
      object === 'chat.completion'
        ? 'this path answers in the format of Chat Completions: is there another for the Responses API?'
        : `is ${target.baseUrl} the base URL of an API, and not of a web page?`
    const what =
      object === undefined
        ? `no response object, but ${header(exchange, 'content-type') ?? 'no content type'}`
        : `object: ${JSON.stringify(object)}`
    return { about, state: 'failed', blame: 'provider', note: what, remedy }
  }
  const note = `HTTP ${status}${saidOf(exchange)}`
  if (status >= 500) {
    return {
      about,
      state: 'failed',
      blame: 'circumstances',
      note,
      remedy: 'the endpoint is down or overloaded; try again',
    }
  }
  if (status === 401 || status === 402 || status === 403) {
    return { about, state: 'failed', blame: 'settings', note, remedy: 'see the key' }
  }
  const remedy =
    status === 404
      ? `is ${target.baseUrl} the base URL, and ${target.models.text} a model of it? The Responses API may not be offered here`
      : `the plainest request is refused: check --model ${target.models.text}`
  return { about, state: 'failed', blame: 'provider', note, remedy }
}

function ofStream(sent: SendResult, target: Target): Diagnosis {
  const about = 'stream'
  if ('failed' in sent) {
    const remedy = 'a slow model needs more time: --deadline SECONDS'
    return { about, state: 'failed', blame: 'circumstances', note: sent.failed.note, remedy }
  }
  const { exchange } = sent
  if (exchange.body.kind !== 'events') {
    const type = header(exchange, 'content-type') ?? 'no content type'
    const note = `HTTP ${exchange.status} with ${type} instead of a stream`
    const remedy = `the endpoint, or something before it, ignores "stream": true; ask for text/event-stream to be passed on`
    return { about, state: 'failed', blame: 'provider', note, remedy }
  }
  const all = events(exchange)
  const first = all[0]?.ms ?? 0
  const last = all.at(-1)?.ms ?? 0
  const times = `${all.length} events, the first after ${first} ms, the last after ${last} ms`
  const ended = all.some((event) => TERMINAL_EVENTS.includes(eventType(event) ?? ''))
  if (!ended) {
    const remedy =
      'something cuts long answers: look for a time limit of a proxy, or give a larger --deadline'
    return {
      about,
      state: 'failed',
      blame: 'provider',
      note: `${times}, and no end (${exchange.ending})`,
      remedy,
    }
  }
  const spread = last - first
  if (spread >= Math.max(50, last * 0.1))
    return { about, state: 'ok', note: `${times}: as they are made` }
  if (last < BUFFERED_MS)
    return { about, state: 'unsure', note: `${times}: too fast to tell whether they are held back` }
  const remedy = `a proxy holds streams back: switch its buffering off (nginx: proxy_buffering off, or the reply header X-Accel-Buffering: no); compression buffers, too (${target.baseUrl})`
  return { about, state: 'failed', blame: 'provider', note: `${times}: all at once`, remedy }
}

/** An answer of this length that comes at a stroke was held back. */
const BUFFERED_MS = 500

function ofClock(exchange: Exchange): Diagnosis {
  const about = 'clock'
  const date = Date.parse(header(exchange, 'date') ?? '')
  const startedAt = Date.parse(exchange.timing?.startedAt ?? '')
  if (Number.isNaN(date) || Number.isNaN(startedAt)) {
    return { about, state: 'unsure', note: 'the reply has no Date header' }
  }
  const ended = startedAt + (exchange.timing?.endMs ?? 0)
  // The header counts whole seconds, and may be made at any moment of the request.
  const skew = date < startedAt - 1000 ? date - startedAt : date > ended + 1000 ? date - ended : 0
  const seconds = Math.round(skew / 1000)
  if (Math.abs(seconds) <= 60)
    return { about, state: 'ok', note: `within ${Math.abs(seconds)} s of the endpoint's` }
  const note = `this clock and the endpoint's differ by ${Math.abs(seconds)} s`
  const remedy = 'set the clock of this machine (NTP): checks of created_at rest on it'
  return { about, state: 'failed', blame: 'settings', note, remedy }
}
