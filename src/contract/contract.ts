// An OpenAPI document as a `Contract`. Everything beyond the header is computed when it is first read.

import type { OpenAPIV3_1 } from 'openapi-types'
import { isObject, parse, spell } from '../base/json.ts'
import type {
  Claim,
  Contested,
  Contract,
  Contradiction,
  Exchange,
  Finding,
  Json,
  JsonObject,
  Observation,
  Source,
  WireRequest,
} from '../types/index.ts'
import { readOperationSchemas } from './operation-schemas.ts'
import { claimsOf } from './derive-claim.ts'
import { streamEventsOf, parametersOf, responseFieldsOf } from './list-fields-and-events.ts'
import { toFindings, collectEventFindings } from './violations-to-findings.ts'
import { inheritDocument } from './inherit.ts'
import { providerProfileOf } from './provider-connection.ts'
import { samplesOf } from './samples.ts'
import { createSchemaResolver, type SchemaNode } from '../schema/resolved-schema.ts'
import type { SchemaViolation } from '../schema/violation.ts'

/** The document of another contract, for `x-follows`. */
export type DocumentReader = (id: string) => JsonObject

export function contractOf(
  file: string,
  own: JsonObject,
  read: DocumentReader,
  id = contractIdOf(file),
): Contract {
  const info = isObject(own['info']) ? own['info'] : {}
  const follows = own['x-follows']
  const profile = providerProfileOf(own)
  const claims = list(own['x-claims']).map(claimOf)

  const contradictions = list(own['x-contradictions']).map(contradictionOf)

  const base = lazy(() => (typeof follows === 'string' ? read(follows) : undefined))
  const document = lazy(() => {
    const yardstick = base()
    return yardstick === undefined ? own : inheritDocument(yardstick, own)
  })
  const contested = lazy(() =>
    [own, base()].flatMap((one) => list(one?.['x-contested']).map(contestedOf)),
  )
  const parts = () => readOperationSchemas(document())
  const operations = lazy(() => parts().entries.map(({ operation }) => operation))
  const samples = lazy(() => samplesOf(parts().resolver, parts().entries))
  const parameters = lazy(() => flat(parts().request('create'), parametersOf))
  const responseFields = lazy(() => flat(parts().answer('create', 200, 'json'), responseFieldsOf))
  const events = lazy(() => flat(parts().answer('create', 200, 'events'), streamEventsOf))
  function flat<T>(
    node: SchemaNode | undefined,
    make: (resolver: ReturnType<typeof createSchemaResolver>, node: SchemaNode) => readonly T[],
  ): readonly T[] {
    return node === undefined ? [] : make(parts().resolver, node)
  }

  const claim = lazy(() => {
    const { resolver, entries, request, answer, media, errors } = parts()
    const ownResolver = createSchemaResolver(own)
    return claimsOf({
      shapes: resolver,
      roots: {
        request: nodes(request('create')),
        response: nodes(answer('create', 200, 'json')),
        error: errors,
      },
      declared: claims,
      samples: samples(),
      events: events(),
      auth: profile?.auth ?? [],
      operations: new Map(entries.map(({ operation, node }) => [operation, node.at])),
      stream: media('create', 200, 'events')?.at,
      // The reference provider is ours: what it follows, it promises.
      states: (pointer) =>
        follows === undefined ||
        own['x-kind'] === 'reference' ||
        ownResolver.at(pointer) !== undefined,
    })
  })

  type Look = (node: SchemaNode, value: Json | undefined) => readonly SchemaViolation[]

  /** Undefined when the documents give such a reply no shape. */
  function look(
    { request, body, status }: Exchange,
    judge: Look,
    notJson: readonly Finding[],
  ): readonly Finding[] | undefined {
    const frame = request.transport === 'websocket' ? parts().frame('server') : undefined
    const media = body.kind === 'events' ? 'events' : 'json'
    const node = frame ?? parts().answer(request.operation, status, media)
    if (node === undefined) return undefined
    if (body.kind === 'events') {
      const spoken = body.events.filter(({ data }) => data !== undefined)
      return collectEventFindings(spoken, ({ data }) => total(() => judge(node, data)), contested())
    }
    if (body.kind !== 'json') return notJson
    return toFindings(
      total(() => judge(node, body.value)),
      contested(),
    )
  }

  /** The schema of what is sent: a frame of a WebSocket says its type, a body does not. */
  function asked({ operation, transport, body }: WireRequest): SchemaNode | undefined {
    const isFrame = transport === 'websocket' && body !== undefined && 'json' in body
    const frame = isFrame && 'type' in body.json ? parts().frame('client') : undefined
    return frame ?? parts().request(operation)
  }

  return {
    id,
    title: spell(info['title'] ?? id),
    edition: spell(info['version'] ?? ''),
    kind: (own['x-kind'] ?? 'provider') as Contract['kind'],
    file,
    ...(profile === undefined ? {} : { profile }),
    sources: sourcesOf(own),
    claims,
    contradictions,
    observed: list(own['x-observed']) as unknown as readonly Observation[],
    followsOpenAI: follows === 'openai',
    isFollower: typeof follows === 'string' && own['x-kind'] !== 'reference',
    isTried: own['x-tried'] === true,
    get document() {
      return document() as unknown as OpenAPIV3_1.Document
    },
    get contested() {
      return contested()
    },
    get operations() {
      return operations()
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
      const node = asked(wire)
      const body = bodyOf(wire)
      if (node === undefined || body === undefined) return []
      return toFindings(
        total(() => parts().validate(node, body)),
        contested(),
      )
    },
    undocumented(wire) {
      const node = asked(wire)
      const body = bodyOf(wire)
      if (node === undefined || body === undefined) return []
      return total(() => parts().findUnknownFields(node, body)).map(({ at }) => at)
    },
    flaws: once((exchange) => look(exchange, parts().validate, [noJson(exchange)])),
    unknownFields: once((exchange) => look(exchange, parts().findUnknownFields, []) ?? []),
    claim: (apiPaths) => claim()(apiPaths),
  }
}

/** `specs/vendors/crun.yaml` is `crun`. */
export function contractIdOf(file: string): string {
  return file.replace(/^.*[/\\]/, '').replace(/\.(ya?ml|json)$/, '')
}

/** Several checks look at one exchange: its shape is worked out for the first of them. */
function once<T>(look: (exchange: Exchange) => T): (exchange: Exchange) => T {
  const known = new WeakMap<Exchange, { readonly found: T }>()
  return (exchange) => {
    const seen = known.get(exchange) ?? { found: look(exchange) }
    known.set(exchange, seen)
    return seen.found
  }
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** A reply may be nested more deeply than the stack allows: that is a finding, not an exception. */
function total(judge: () => readonly SchemaViolation[]): readonly SchemaViolation[] {
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

function nodes(node: SchemaNode | undefined): readonly SchemaNode[] {
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
  return { ...rest, hinge: spell(at) } as unknown as Claim
}

function contradictionOf({ at, says, weight }: JsonObject): Contradiction {
  return {
    at: String(at),
    says: String(says),
    weight: weight === 'trivial' ? 'trivial' : 'material',
  }
}

function contestedOf(entry: JsonObject): Contested {
  return entry as unknown as Contested
}
