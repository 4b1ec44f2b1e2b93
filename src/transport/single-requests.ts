// Sends single requests outside a run: before it, and for `doctor` and `init`.

import { mediaType } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import { secretsOf, type Target } from '../target/target-and-keys.ts'
import type { Exchange, JsonObject, WireRequest } from '../types/index.ts'
import { followSecrets } from '../target/redact.ts'
import { createSender, type SendResult } from './http.ts'

export interface Probe {
  send(request: WireRequest): Promise<SendResult>
  close(): Promise<void>
}

export interface Diagnosis {
  readonly about:
    | 'name'
    | 'connection'
    | 'tls'
    | 'key'
    | 'route'
    | 'models'
    | 'answer'
    | 'stream'
    | 'clock'
  /** `unsure`: nothing is wrong, or it cannot be known. */
  readonly state: 'ok' | 'unsure' | 'failed'
  readonly note: string
  /** What to do about it. */
  readonly remedy?: string
  /** Whose matter it is: the provider's, the user's settings, or nobody can say now. */
  readonly blame?: 'provider' | 'settings' | 'circumstances'
}

export function openProbe(
  target: Target,
  signal: AbortSignal = new AbortController().signal,
): Probe {
  const sender = createSender(
    target,
    followSecrets(() => secretsOf(target)),
  )
  return { send: (request) => sender.send(request, signal), close: () => sender.close() }
}

export const LIST_MODELS: WireRequest = { operation: 'list-models', method: 'GET', path: '/models' }

/** The ids that a model list names; empty where it is none. */
export function modelIdsOf({ body }: Exchange): readonly string[] {
  const data = body.kind === 'json' ? field(body.value, '/data') : undefined
  if (!Array.isArray(data)) return []
  return data.flatMap((entry) => {
    const id = field(entry, '/id')
    return typeof id === 'string' ? [id] : []
  })
}

/** What every endpoint is asked first. */
export const FIRST_QUESTION = 'Reply with the single word: ready.'

/** A question of the plainest form that every example of the API has. */
export function createQuestion(target: Target, text: string, more: JsonObject = {}): WireRequest {
  const json = {
    model: target.models.text,
    input: [{ type: 'message', role: 'user', content: text }],
    ...more,
  }
  return { operation: 'create', method: 'POST', path: '/responses', body: { json } }
}

/** A web page, whatever its label. */
export function isPage(exchange: Exchange): boolean {
  const { body } = exchange
  return (
    mediaType(exchange) === 'text/html' ||
    (body.kind === 'text' && /^\s*<(!doctype|html)\b/i.test(body.text))
  )
}

/** What an error says, to stand behind a note; empty where it says nothing. */
export function saidOf({ body }: Exchange): string {
  const value = body.kind === 'json' ? body.value : undefined
  const text =
    body.kind === 'text' && !/^\s*</.test(body.text)
      ? body.text
      : ['/error/message', '/message', '/detail', '/error']
          .map((at) => field(value, at))
          .find((said) => typeof said === 'string')
  // A provider's lines are not lines of ours.
  const line = typeof text === 'string' ? text.slice(0, 1000).replaceAll(/\s+/g, ' ').trim() : ''
  return line === '' ? '' : `: ${line.slice(0, 200)}`
}

/** What of a request a refusal blames, where it says so in whatever way. */
export function readBlame(
  { body }: Exchange,
  model: string,
): 'the model' | 'perhaps the model' | 'something else' | 'unsaid' {
  const value = body.kind === 'json' ? body.value : undefined
  const [param, code] = ['/error/param', '/error/code'].map((at) => field(value, at))
  if (param === 'model' || (typeof code === 'string' && /model/i.test(code))) return 'the model'
  if (typeof param === 'string' && param !== '') return 'something else'
  const text = body.kind === 'json' || body.kind === 'text' ? body.text : ''
  return (/\bmodel\b/i.test(text) || isNamed(model, text)) && ABSENT.test(text)
    ? 'perhaps the model'
    : 'unsaid'
}

const ABSENT =
  /not (be )?(found|exist|available|support|allow|permit|load|valid)|n[o']t exist|unknown|invalid|no such|no access|unsupported|unrecogni[sz]ed|unavailable|missing/i

/** As a word of its own: a model may be called `m`. */
function isNamed(model: string, text: string): boolean {
  const at = text.indexOf(model)
  const isWord = (character: string | undefined): boolean => /[\w-]/.test(character ?? '')
  return model !== '' && at >= 0 && !isWord(text[at - 1]) && !isWord(text[at + model.length])
}
