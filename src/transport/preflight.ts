// Finds what stands between a target and a run before anything is judged: address, TLS, key, route, model.
// A wrong answer of the API itself is no obstacle: it is what a run judges.

import { setTimeout as sleep } from 'node:timers/promises'
import { header, mediaType } from '../authoring/read.ts'
import { findClosestName } from '../base/closest-name.ts'
import { field } from '../base/json.ts'
import { keyOf, variablesOf, type Target } from '../target/target-and-keys.ts'
import type { Exchange } from '../types/index.ts'
import { testTls, testConnection, type ConnectionStep } from './test-connection.ts'
import type { SendResult } from './http.ts'
import {
  readBlame,
  createQuestion,
  isPage,
  LIST_MODELS,
  modelIdsOf,
  openProbe,
  FIRST_QUESTION,
  saidOf,
  type Diagnosis,
  type Probe,
} from './single-requests.ts'
import { findRoute } from './find-base-url.ts'

export interface Preflight {
  /** Why nothing can be judged; absent where a run can begin. */
  readonly obstacle?: Diagnosis
  /** What came of the plainest request. */
  readonly answer: SendResult
  readonly requests: number
  readonly retries: number
  /** Milliseconds that were waited because the provider was busy. */
  readonly waitedMs: number
}

/** How often and how long a provider that is busy is given time. */
const TRIES = 3
const LONGEST_WAIT_MS = 30_000
const FIRST_WAIT_MS = 500

/** Sends one request where all is well, and a few more to find out what is wrong. */
export async function findObstacle(
  target: Target,
  signal: AbortSignal = new AbortController().signal,
): Promise<Preflight> {
  const probe = openProbe(target, signal)
  const spent = { requests: 0, retries: 0, waitedMs: 0 }
  const counted: Probe = {
    send: (request) => {
      spent.requests++
      return probe.send(request)
    },
    close: () => probe.close(),
  }
  try {
    const answer = await askPatiently(target, counted, (ms) => {
      spent.retries++
      spent.waitedMs += ms
      return sleep(ms, undefined, { signal }).catch(() => undefined)
    })
    const found = signal.aborted ? {} : await diagnoseAnswer(answer, target, counted)
    return { answer, ...found, ...spent }
  } finally {
    await probe.close()
  }
}

/** Asks again where the provider says that it is busy, as a run does. */
async function askPatiently(
  target: Target,
  probe: Probe,
  pause: (ms: number) => Promise<void>,
): Promise<SendResult> {
  for (let tries = 1; ; tries++) {
    const answer = await probe.send(createQuestion(target, FIRST_QUESTION))
    const wait = 'failed' in answer ? undefined : waitOf(answer.exchange, tries)
    if (wait === undefined || tries === TRIES) return answer
    await pause(wait)
  }
}

function waitOf(exchange: Exchange, tries: number): number | undefined {
  const isBusy = exchange.status === 429 || (exchange.status >= 500 && exchange.status !== 501)
  if (!isBusy || isQuotaUsed(exchange)) return undefined
  const asked = header(exchange, 'retry-after-ms')
  const seconds = Number(header(exchange, 'retry-after') ?? NaN)
  const ms = asked === undefined ? seconds * 1000 : Number(asked)
  if (!Number.isFinite(ms)) return FIRST_WAIT_MS * 2 ** (tries - 1)
  return ms > LONGEST_WAIT_MS ? undefined : Math.max(0, ms)
}

async function diagnoseAnswer(
  answer: SendResult,
  target: Target,
  probe: Probe,
): Promise<Pick<Preflight, 'obstacle'>> {
  if ('failed' in answer) return { obstacle: await diagnoseSilence(answer.failed.note, target) }
  const { exchange } = answer
  const obstacle =
    (await findTlsBehind(exchange, target)) ??
    diagnoseRefusal(exchange, target) ??
    (await findWrongModel(exchange, target, probe)) ??
    (await findRoute(exchange, target)) ??
    (await findOutage(exchange, target, probe))
  return obstacle === undefined ? {} : { obstacle }
}

/** Whether the same question is answered in another form: then the form was refused, or broke it. */
async function isAnsweredElse(target: Target, probe: Probe): Promise<boolean> {
  const input = [{ role: 'user', content: [{ type: 'input_text', text: FIRST_QUESTION }] }]
  const sent = await probe.send(createQuestion(target, FIRST_QUESTION, { stream: true, input }))
  return !('failed' in sent) && sent.exchange.status < 400
}

// ── nobody answered ──────────────────────────────────────────────────────────

async function diagnoseSilence(note: string, target: Target): Promise<Diagnosis> {
  for (const step of await testConnection(target)) {
    if (step.failed !== undefined) return describeLayer(step, target)
  }
  if (isPlain(target) && (await testTls(target))) return describePlainHttp(target)
  const slow = /within \d+ s/.test(note)
  return {
    about: 'answer',
    state: 'failed',
    blame: 'circumstances',
    note,
    remedy: slow
      ? 'a slow model needs more time: --deadline SECONDS'
      : 'it accepts connections and gives no HTTP answer: is this its port, and does it need a proxy (--proxy)?',
  }
}

export function describeLayer(
  { layer, ms, note, failed }: ConnectionStep,
  { proxy }: Target,
): Diagnosis {
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
  [
    /EPROTO|WRONG_VERSION|PACKET_LENGTH/,
    'this port does not speak TLS: try http:// in the base URL',
  ],
  [/ECONNRESET/, 'the connection was closed at once: is this the right port and scheme?'],
]

function isPlain({ baseUrl, proxy }: Target): boolean {
  return baseUrl.startsWith('http:') && proxy === undefined
}

/** A web server that speaks TLS tells whoever speaks plain HTTP so on a page, or sends him elsewhere. */
async function findTlsBehind(exchange: Exchange, target: Target): Promise<Diagnosis | undefined> {
  if (!isPlain(target)) return undefined
  const location = header(exchange, 'location') ?? ''
  const isHint =
    (exchange.status === 400 && mediaType(exchange) !== 'application/json') ||
    (exchange.status >= 300 && exchange.status < 400 && location.startsWith('https:'))
  if (!isHint) return undefined
  return location.startsWith('https:') || (await testTls(target))
    ? describePlainHttp(target)
    : undefined
}

function describePlainHttp({ baseUrl }: Target): Diagnosis {
  return {
    about: 'tls',
    state: 'failed',
    blame: 'settings',
    note: 'this port speaks TLS, and the base URL says http://',
    remedy: `give --base-url ${baseUrl.replace(/^http:/, 'https:')}`,
  }
}

// ── who is refused ───────────────────────────────────────────────────────────

function diagnoseRefusal(exchange: Exchange, target: Target): Diagnosis | undefined {
  const { status } = exchange
  const said = saidOf(exchange)
  const note = `HTTP ${status}${said}`
  const settings = { state: 'failed', blame: 'settings' } as const
  const later = { state: 'failed', blame: 'circumstances' } as const
  if (isPage(exchange) && [401, 403, 406, 429, 503].includes(status)) {
    const remedy =
      'ask its operator to let this machine through, send what it wants with --header, or give an address behind it'
    return {
      about: 'key',
      ...settings,
      note: `HTTP ${status} with a web page: a firewall or a login page stands before the API`,
      remedy,
    }
  }
  if (status === 401 || status === 403) return { about: 'key', ...diagnoseKey(exchange, target) }
  if (status === 407) {
    const remedy = 'the proxy wants a name and a password: --proxy http://NAME:PASSWORD@host:port'
    return { about: 'connection', ...settings, note, remedy }
  }
  if (status === 402 || (status === 429 && isQuotaUsed(exchange))) {
    return {
      about: 'key',
      ...settings,
      note,
      remedy: 'the account behind the key has no credit left',
    }
  }
  if (status === 429) {
    const after = header(exchange, 'retry-after')
    const pause = after === undefined ? '' : ` (Retry-After: ${after.slice(0, 40)})`
    return {
      about: 'answer',
      ...later,
      note: `${note}${pause}`,
      remedy: 'wait, or give --rate REQUESTS_PER_MINUTE',
    }
  }
  return undefined
}

/** The variables of a target whose values are not there. */
function findUnset(target: Target): string | undefined {
  return [target.keyEnv, ...variablesOf(target)].find(
    (name) => name !== undefined && keyOf(name) === undefined,
  )
}

/** What a 401 or 403 says of the key. */
function diagnoseKey(exchange: Exchange, target: Target): Omit<Diagnosis, 'about'> {
  const { status } = exchange
  const unset = findUnset(target)
  const said = saidOf(exchange)
  const headers = target.auth.map((scheme) => scheme.header).join(', ') || '--header'
  if (unset !== undefined) {
    return {
      state: 'failed',
      blame: 'settings',
      note: `${unset} is not set (HTTP ${status}${said})`,
      remedy: `set the environment variable ${unset}, or name another with --api-key-env`,
    }
  }
  if (target.keyEnv === undefined) {
    return {
      state: 'failed',
      blame: 'settings',
      note: `a key is wanted, and none was given (HTTP ${status})${said}`,
      remedy: 'name the environment variable that holds it: --api-key-env NAME',
    }
  }
  return {
    state: 'failed',
    blame: 'settings',
    note: `the key was refused (HTTP ${status})${said}`,
    remedy: `check the key in ${target.keyEnv}; another header may be wanted: ${headers}`,
  }
}

function isQuotaUsed({ body }: Exchange): boolean {
  const value = body.kind === 'json' ? body.value : undefined
  const words = ['/error/code', '/error/type', '/code'].map((at) => field(value, at))
  return words.some((word) => typeof word === 'string' && /quota|billing|balance/.test(word))
}

/** Of a fault in two forms of one question nothing can be learnt by asking hundreds more. */
async function findOutage(
  exchange: Exchange,
  target: Target,
  probe: Probe,
): Promise<Diagnosis | undefined> {
  const { status } = exchange
  if (status < 500 || status === 501 || (await isAnsweredElse(target, probe))) return undefined
  return {
    about: 'answer',
    state: 'failed',
    blame: 'circumstances',
    note: `HTTP ${status} to the plainest request, in two forms${saidOf(exchange)}`,
    remedy: 'the endpoint is down or overloaded; try again, or look into its log',
  }
}

// ── the model ────────────────────────────────────────────────────────────────

/** Models that a sentence names. */
const MOST_NAMED = 8

/** A refusal of anything else than the model is a verdict. */
async function findWrongModel(
  exchange: Exchange,
  target: Target,
  probe: Probe,
): Promise<Diagnosis | undefined> {
  const { status } = exchange
  if (status < 400 || status > 499 || isPage(exchange)) return undefined
  const blamed = readBlame(exchange, target.models.text)
  if (blamed === 'something else') return undefined
  const wanted = target.models.text
  const listed = await probe.send(LIST_MODELS)
  const models = 'failed' in listed ? [] : modelIdsOf(listed.exchange)
  const isListed = models.includes(wanted)
  if (blamed === 'unsaid' && (isListed || models.length === 0)) return undefined
  if (blamed !== 'the model' && status !== 404 && (await isAnsweredElse(target, probe)))
    return undefined
  const said = `(HTTP ${status}${saidOf(exchange)})`
  return {
    about: 'models',
    state: 'failed',
    blame: 'settings',
    note: isListed
      ? `the model ${wanted} is listed, and refused ${said}`
      : `there is no model ${wanted} ${said}`,
    remedy: isListed
      ? 'does the server behind it have that model? Set it up there, or give another with --model'
      : findModelRemedy(wanted, models),
  }
}

/** Which model may have been meant, and which there are. */
export function findModelRemedy(wanted: string, models: readonly string[]): string {
  if (models.length === 0) return 'give the name of one that it has with --model'
  const likely = closestModels(wanted, models)
  const all =
    models.length <= MOST_NAMED
      ? `; there are ${models.join(', ')}`
      : `; there are ${models.length}`
  return likely.length > 0
    ? `perhaps --model ${likely.join(', or ')}`
    : `give one of its own with --model${all}`
}

/** As they are mistyped, or written without a vendor, a date or a size. */
function closestModels(wanted: string, models: readonly string[]): readonly string[] {
  const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const word = bare(wanted)
  const inside = models.filter(
    (name) => word !== '' && (bare(name).includes(word) || word.includes(bare(name))),
  )
  const near = findClosestName(wanted, models)
  return [...new Set([...(near === undefined ? [] : [near]), ...inside])].slice(0, 3)
}
