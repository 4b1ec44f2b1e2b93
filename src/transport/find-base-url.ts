// Finds where an API is, when the base URL is not quite its own.

import { header, mediaType } from '../authoring/read.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Exchange, WireRequest } from '../types/index.ts'
import {
  readBlame,
  createQuestion,
  isPage,
  LIST_MODELS,
  openProbe,
  FIRST_QUESTION,
  saidOf,
  type Diagnosis,
} from './single-requests.ts'

/** Addresses of single operations, which somebody may take for a base URL. */
const OPERATIONS = /\/(chat\/completions|completions|responses|messages|models|embeddings)$/

/** Where the API stands below its host, most usual first. */
const PREFIXES = ['/v1', '/api/v1', '/openai/v1', '/api', '/openai', '/v1beta/openai', '']

/** What is wrong with the address; undefined where the route is there. */
export async function findRoute(
  exchange: Exchange,
  target: Target,
): Promise<Diagnosis | undefined> {
  if (!isMissing(exchange, target)) return undefined
  const address = `${target.baseUrl}/responses`
  const found = { about: 'route', state: 'failed', blame: 'settings' } as const
  const location = header(exchange, 'location')
  if (exchange.status >= 300 && exchange.status < 400 && location !== undefined) {
    const note = `${address} sends elsewhere (HTTP ${exchange.status} to ${location.slice(0, 200)}), where no client follows with a key`
    return { ...found, note, remedy: `give --base-url ${baseOf(location, address)}` }
  }
  const note = isPage(exchange)
    ? `${address} answers with a web page (HTTP ${exchange.status}), and not with an API`
    : `${address} is not there (HTTP ${exchange.status}${saidOf(exchange)})`
  const elsewhere = await tryPlaces(target, createQuestion(target, FIRST_QUESTION))
  if (elsewhere !== undefined) {
    const where = elsewhere.startsWith(`${target.baseUrl}/`) ? 'one level down' : 'at another path'
    return { ...found, note, remedy: `the API is ${where}: --base-url ${elsewhere}` }
  }
  const chat = await tryPlaces(target, CHAT)
  return {
    ...found,
    ...(isPage(exchange) ? { blame: 'provider' } : {}),
    note,
    remedy:
      chat === undefined
        ? `is ${target.baseUrl} the base URL of an API as an SDK takes it, and not of a web page? ${tried(target)}`
        : `Chat Completions are offered at ${chat}, and the Responses API is not: it may need a newer version of the server, or to be switched on`,
  }
}

/** The base URL of this host below which models are listed, where they are not below the given one. */
export async function findModels(exchange: Exchange, target: Target): Promise<string | undefined> {
  return isMissing(exchange, target) ? tryPlaces(target, LIST_MODELS) : undefined
}

const CHAT: WireRequest = {
  operation: 'unknown',
  method: 'POST',
  path: '/chat/completions',
  body: { json: {} },
}

/** Whether nothing is there for the route: a refusal that speaks of the model is one of the API. */
function isMissing(exchange: Exchange, target: Target): boolean {
  const { status } = exchange
  if (status >= 300 && status < 400) return true
  if (isPage(exchange)) return status < 500
  return (status === 404 || status === 405) && readBlame(exchange, target.models.text) === 'unsaid'
}

/** The first base URL of this host below which a request is answered by an API. */
async function tryPlaces(target: Target, request: WireRequest): Promise<string | undefined> {
  let second: string | undefined
  for (const baseUrl of placesOf(target.baseUrl)) {
    const probe = openProbe({ ...target, baseUrl })
    const sent = await probe.send(request).finally(() => probe.close())
    if ('failed' in sent) continue
    const { exchange } = sent
    const isApi = mediaType(exchange) !== '' && !isPage(exchange) && exchange.body.kind !== 'text'
    if (exchange.status === 200 && isApi) return baseUrl
    if (isApi && exchange.status >= 400 && !isMissing(exchange, target)) second ??= baseUrl
  }
  return second
}

function placesOf(baseUrl: string): readonly string[] {
  const { origin, pathname } = new URL(baseUrl)
  const path = pathname.replace(/\/+$/, '')
  const above = path.replace(OPERATIONS, '')
  const places = [above, `${above}/v1`, path.replace(/\/[^/]*$/, ''), ...PREFIXES]
  return [...new Set(places)].filter((place) => place !== path).map((place) => origin + place)
}

function tried({ baseUrl }: Target): string {
  const { origin } = new URL(baseUrl)
  const places = placesOf(baseUrl).map((place) => place.slice(origin.length) || '/')
  return `Tried as well: ${places.join(', ')}`
}

/** The base URL of an address of the operation. */
function baseOf(location: string, address: string): string {
  const url = URL.canParse(location, address) ? new URL(location, address).href : location
  return url
    .slice(0, 300)
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(OPERATIONS, '')
}
