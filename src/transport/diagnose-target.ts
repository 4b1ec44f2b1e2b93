// Diagnoses what stands between a target and a run, from its name to its streams, with a remedy for each.

import { LIST_MODELS, modelIdsOf, openProbe } from './single-requests.ts'
import { findClosestName } from '../base/closest-name.ts'
import { events, eventType, header, response, TERMINAL_EVENTS } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import { keyOf, variablesOf, type Target } from '../target/target-and-keys.ts'
import type { Exchange, JsonObject, WireRequest } from '../types/index.ts'
import { testConnection, type ConnectionStep } from './test-connection.ts'
import type { SendResult } from './http.ts'

export interface Diagnosis {
  readonly about: 'name' | 'connection' | 'tls' | 'key' | 'models' | 'answer' | 'stream' | 'clock'
  /** `unsure`: nothing is wrong, or it cannot be known. */
  readonly state: 'ok' | 'unsure' | 'failed'
  readonly note: string
  /** What to do about it. */
  readonly remedy?: string
  /** Whose matter it is: the provider's, the user's settings, or nobody can say now. */
  readonly blame?: 'provider' | 'settings' | 'circumstances'
}

/** Sends up to five requests. */
export async function* diagnose(target: Target): AsyncGenerator<Diagnosis> {
  const unset = [target.keyEnv, ...variablesOf(target)].filter(
    (name) => name !== undefined && keyOf(name) === undefined,
  )
  const steps = await testConnection(target)
  for (const step of steps) yield ofLayer(step, target)
  if (steps.some(({ failed }) => failed !== undefined)) return

  const probe = openProbe(target)
  try {
    const models = await probe.send(LIST_MODELS)
    const answer = await probe.send(question(target, 'Reply with the single word: ready.'))
    if (!('failed' in answer) && answer.exchange.status === 404) {
      const elsewhere = await answersBelow(target, 'v1')
      if (elsewhere !== undefined) {
        const note = `${target.baseUrl}/responses is not there (HTTP 404)`
        const remedy = `the API is one level down: --base-url ${elsewhere}`
        yield { about: 'answer', state: 'failed', blame: 'settings', note, remedy }
        return
      }
    }
    yield ofKey(answer, target, unset[0])
    yield ofModels(models, target)
    yield ofAnswer(answer, target)
    if ('failed' in answer || answer.exchange.status !== 200) return
    const words = 'Count from 1 to 60 in English words.'
    yield ofStream(await probe.send(question(target, words, { stream: true })), target)
    yield ofClock(answer.exchange)
  } finally {
    await probe.close()
  }
}

function question(target: Target, text: string, more: JsonObject = {}): WireRequest {
  const json = {
    model: target.models.text,
    input: [{ type: 'message', role: 'user', content: text }],
    ...more,
  }
  return { operation: 'create', method: 'POST', path: '/responses', body: { json } }
}

async function answersBelow(target: Target, folder: string): Promise<string | undefined> {
  const baseUrl = `${target.baseUrl.replace(/\/$/, '')}/${folder}`
  const probe = openProbe({ ...target, baseUrl })
  try {
    const sent = await probe.send(question(target, 'Reply with the single word: ready.'))
    return 'failed' in sent || sent.exchange.status === 404 ? undefined : baseUrl
  } finally {
    await probe.close()
  }
}

// ── layer by layer ───────────────────────────────────────────────────────────

function ofLayer({ layer, ms, note, failed }: ConnectionStep, { proxy }: Target): Diagnosis {
  if (failed === undefined) return { about: layer, state: 'ok', note: `${note} (${ms} ms)` }
  const remedy = REMEDIES.find(([codes]) => codes.test(failed))?.[1] ?? 'see the message above'
  const through = proxy === undefined ? '' : ' (the proxy)'
  // A wrong name or a wrong certificate store is a setting; a server that is down is not.
  const blame = layer === 'connection' || failed === 'EAI_AGAIN' ? 'circumstances' : 'settings'
  return { about: layer, state: 'failed', blame, note: `${note}${through}`, remedy }
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND/, 'check the spelling of the host; behind a company proxy give --proxy URL'],
  [/EAI_AGAIN/, 'the name server did not answer; check the network, or give --proxy URL'],
  [/ECONNREFUSED/, 'nothing listens there: is the server running, and is this its port?'],
  [/ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/, 'a firewall or a missing VPN; or give --proxy URL'],
  [
    /SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY/,
    'give the certificate authority with --ca FILE',
  ],
  [/CERT_HAS_EXPIRED/, 'the certificate of the endpoint must be renewed'],
  [/ALTNAME/, 'the certificate is for another host: check the base URL'],
  [/EPROTO|WRONG_VERSION/, 'this port does not speak TLS: try http:// in the base URL'],
  [/ECONNRESET/, 'the connection was closed at once: is this the right port and scheme?'],
]

function ofKey(sent: SendResult, target: Target, unset: string | undefined): Diagnosis {
  const about = 'key'
  if ('failed' in sent) return { about, state: 'unsure', note: 'nobody answered' }
  const { status } = sent.exchange
  if (status === 401 || status === 403) {
    const remedy =
      unset === undefined
        ? `check the key in ${target.keyEnv ?? 'the variable of --api-key-env'}; another header may be wanted: ${target.auth.map(({ header }) => header).join(', ') || '--header'}`
        : `set the environment variable ${unset}, or name another with --api-key-env`
    const which = unset === undefined ? 'the key was refused' : `${unset} is not set`
    return { about, state: 'failed', blame: 'settings', note: `${which} (HTTP ${status})`, remedy }
  }
  if (status === 402) {
    const remedy = 'the account behind the key has no credit left'
    return { about, state: 'failed', blame: 'settings', note: 'HTTP 402', remedy }
  }
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
  const likely = findClosestName(wanted, models) ?? models[0]!
  const note = `${wanted} is not among the ${models.length} that GET /models lists`
  return { about, state: 'unsure', note, remedy: `perhaps --model ${likely}` }
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
  const said = errorOf(exchange)
  const note = `HTTP ${status}${said === undefined ? '' : `: ${said}`}`
  if (status === 429) {
    return {
      about,
      state: 'failed',
      blame: 'circumstances',
      note,
      remedy: 'wait, or give --rate REQUESTS_PER_MINUTE',
    }
  }
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

function errorOf({ body }: Exchange): string | undefined {
  const text =
    body.kind === 'json'
      ? field(body.value, '/error/message')
      : body.kind === 'text'
        ? body.text
        : undefined
  return typeof text === 'string' ? text.slice(0, 200) : undefined
}
