// A document as a `Contract`. Everything beyond the header is worked out when it is first asked for.

import type { OpenAPIV3_1 } from 'openapi-types'
import { isObject, parse } from '../read.ts'
import type {
  Claim,
  Contested,
  Contract,
  Exchange,
  Finding,
  Json,
  JsonObject,
  Source,
  WireRequest,
} from '../types.ts'
import { claimsOf } from './claims.ts'
import { eventsOf, parametersOf, responseFieldsOf } from './fields.ts'
import { asFindings, inEvents } from './findings.ts'
import { followed } from './follow.ts'
import {
  mediaOf,
  operationsOf,
  requestBody,
  responseOf,
  schemaOf,
  type OperationEntry,
} from './operations.ts'
import { profileOf } from './profile.ts'
import { samplesOf } from './samples.ts'
import { validator } from './schema.ts'
import { shapesOf, type Node } from './shape.ts'
import type { Slip } from './slip.ts'
import { surplusFinder } from './surplus.ts'

/** The document of another contract, for `x-follows`. */
export type ReadDocument = (id: string) => JsonObject

export function contractOf(file: string, own: JsonObject, read: ReadDocument): Contract {
  const info = isObject(own['info']) ? own['info'] : {}
  const follows = own['x-follows']
  const profile = profileOf(own)
  const sources = sourcesOf(own)
  const claims = list(own['x-claims']).map(claimOf)

  const base = lazy(() => (typeof follows === 'string' ? read(follows) : undefined))
  const document = lazy(() => {
    const yardstick = base()
    return yardstick === undefined ? own : followed(yardstick, own)
  })
  const contested = lazy(() =>
    [own, base()].flatMap((one) => list(one?.['x-contested']).map(contestedOf)),
  )
  const shapes = lazy(() => shapesOf(document()))
  const entries = lazy(() => operationsOf(shapes(), document()))
  const validate = lazy(() => validator(shapes()))
  const findSurplus = lazy(() => surplusFinder(shapes(), validate()))
  const samples = lazy(() => samplesOf(shapes(), entries()))

  const entry = (operation: string): OperationEntry | undefined =>
    entries().find((one) => one.operation === operation)
  const request = (operation: string): Node | undefined => {
    const found = entry(operation)
    return found && schemaOf(shapes(), mediaOf(shapes(), requestBody(shapes(), found), 'json'))
  }
  const answer = (operation: string, status: number, media: 'json' | 'events') => {
    const found = entry(operation)
    const response = found && responseOf(shapes(), found, status)
    return schemaOf(shapes(), mediaOf(shapes(), response, media))
  }
  const errors = lazy((): readonly Node[] => {
    const found = [400, 401, 403, 404, 422, 429, 500].map((one) => answer('create', one, 'json'))
    return [...new Map(found.flatMap((node) => (node ? [[node.at, node]] : []))).values()]
  })
  const parameters = lazy(() => flat(request('create'), parametersOf))
  const responseFields = lazy(() => flat(answer('create', 200, 'json'), responseFieldsOf))
  const events = lazy(() => flat(answer('create', 200, 'events'), eventsOf))
  function flat<T>(node: Node | undefined, make: (s: ReturnType<typeof shapes>, n: Node) => T) {
    return node === undefined ? ([] as unknown as T) : make(shapes(), node)
  }

  const claim = lazy(() => {
    const ownShapes = shapesOf(own)
    const create = entry('create')
    const success = create && responseOf(shapes(), create, 200)
    return claimsOf({
      shapes: shapes(),
      roots: {
        request: nodes(request('create')),
        response: nodes(answer('create', 200, 'json')),
        error: errors(),
      },
      declared: claims,
      samples: samples(),
      events: events(),
      auth: profile?.auth ?? [],
      operations: entries().map(({ operation }) => operation),
      streams: mediaOf(shapes(), success, 'events') !== undefined,
      states: (pointer) => follows === undefined || ownShapes.at(pointer) !== undefined,
    })
  })

  type Look = (node: Node, value: Json | undefined) => readonly Slip[]

  /** Undefined when the documents give such a reply no shape. */
  function look(
    exchange: Exchange,
    judge: Look,
    notJson: readonly Finding[],
  ): readonly Finding[] | undefined {
    const { operation } = exchange.request
    const { body, status } = exchange
    if (body.kind === 'events') {
      const node = answer(operation, status, 'events')
      if (node === undefined) return undefined
      const spoken = body.events.filter(({ data }) => data !== undefined)
      return inEvents(spoken, ({ data }) => total(() => judge(node, data)), contested())
    }
    const node = answer(operation, status, 'json')
    if (node === undefined) return undefined
    if (body.kind === 'json') {
      return asFindings(
        total(() => judge(node, body.value)),
        contested(),
      )
    }
    return notJson
  }

  return {
    id: idOf(file),
    title: String(info['title'] ?? idOf(file)),
    edition: String(info['version'] ?? ''),
    kind: (own['x-kind'] ?? 'provider') as Contract['kind'],
    file,
    ...(profile === undefined ? {} : { profile }),
    sources,
    claims,
    followsOpenAI: follows === 'openai',
    get document() {
      return document() as unknown as OpenAPIV3_1.Document
    },
    get contested() {
      return contested()
    },
    get operations() {
      return entries().map(({ operation }) => operation)
    },
    get samples() {
      return samples()
    },
    get parameters() {
      return parameters()
    },
    get responseFields() {
      return responseFields()
    },
    get events() {
      return events()
    },
    requestFlaws(wire) {
      const node = request(wire.operation)
      const body = bodyOf(wire)
      if (node === undefined || body === undefined) return []
      return asFindings(
        total(() => validate()(node, body)),
        contested(),
      )
    },
    undocumented(wire) {
      const node = request(wire.operation)
      const body = bodyOf(wire)
      if (node === undefined || body === undefined) return []
      return total(() => findSurplus()(node, body)).map(({ at }) => at)
    },
    flaws: (exchange) => look(exchange, validate(), [noJson(exchange)]),
    surplus: (exchange) => look(exchange, findSurplus(), []) ?? [],
    claim: (hinges) => claim()(hinges),
  }
}

/** `specs/vendors/crun.yaml` is `crun`. */
export function idOf(file: string): string {
  return file.replace(/^.*[/\\]/, '').replace(/\.(ya?ml|json)$/, '')
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** A reply may be nested more deeply than the stack allows: that is a finding, not an exception. */
function total(judge: () => readonly Slip[]): readonly Slip[] {
  try {
    return judge()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const expected = 'a body that is not nested thousands of levels deep'
    return [{ at: '', rule: '#', expected, actual: 'one that is' }]
  }
}

function noJson({ body }: Exchange): Finding {
  const actual =
    body.kind === 'text' ? `text: ${JSON.stringify(body.text.slice(0, 120))}` : 'no body'
  return { step: '', at: '', expected: 'a JSON body', actual }
}

function bodyOf(request: WireRequest): Json | undefined {
  const { body } = request
  if (body === undefined || 'multipart' in body) return undefined
  return 'json' in body ? body.json : parse(body.raw)
}

function nodes(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node]
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function sourcesOf(own: JsonObject): readonly Source[] {
  const sources = isObject(own['x-sources']) ? own['x-sources'] : {}
  return Object.entries(sources).map(
    ([id, source]) => ({ id, ...(isObject(source) ? source : {}) }) as unknown as Source,
  )
}

function claimOf({ at, ...rest }: JsonObject): Claim {
  return { ...rest, hinge: String(at) } as unknown as Claim
}

function contestedOf(entry: JsonObject): Contested {
  return entry as unknown as Contested
}
