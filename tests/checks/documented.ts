// Cases that a contract generates, asked of a provider that does what its page says: nothing is sent.

import { loadContracts } from '../../src/contract/file/load.ts'
import { createRequestBuilder } from '../../src/request/builder.ts'
import { field, isObject } from '../../src/base/json.ts'
import { memoize2 } from '../../src/base/memoize.ts'
import { DEFAULT_LIMITS, type Target } from '../../src/target/target-and-keys.ts'
import type {
  Check,
  Contract,
  Exchange,
  Json,
  JsonObject,
  Judgement,
  Mutant,
  ReferenceRequest,
  Reply,
  Step,
  WireRequest,
} from '../../src/types/index.ts'
import { suites } from '../prove.ts'

/** Those whose cases a page alone can answer. */
export const families = (await suites)
  .filter(({ feature }) => ['auth', 'basic', 'parameters'].includes(feature))
  .flatMap((suite) => suite.families)

/** Cases that only a provider can show that answers as its page prints: the emulated vendors prove them. */
export function isShownByEmulation({ id }: Check): boolean {
  return id.startsWith('basic/claims/') || id.endsWith('-as-printed')
}

/** Every contract that is no yardstick. */
export const vendors = loadContracts().filter(({ kind }) => kind !== 'yardstick')

function targetOf(contract: Contract): Target {
  return {
    id: contract.id,
    name: contract.title,
    contract: contract.id,
    baseUrl: 'http://127.0.0.1:1/v1',
    auth: [],
    headers: {},
    models: { text: 'gpt-5.4' },
    limits: DEFAULT_LIMITS,
    origin: 'live',
    yardsticks: ['own'],
    gate: [],
    has: [],
    fixtures: {
      image: { url: 'http://127.0.0.1:1/image.png', word: 'x' },
      pdf: { url: 'http://127.0.0.1:1/file.pdf', word: 'x' },
    },
  }
}

const EXAMPLES: Readonly<Record<string, Json>> = {
  string: 'text',
  integer: 1,
  number: 1,
  boolean: true,
  array: [],
  object: {},
  null: null,
}

const described = new WeakMap<Contract, readonly (readonly [at: string, value: Json])[]>()

/** Every documented field of a response, with its default or an example; worked out once a contract. */
function describeFields(contract: Contract): readonly (readonly [at: string, value: Json])[] {
  const known = described.get(contract)
  if (known !== undefined) return known
  const defaults = new Map(contract.parameters.map(({ at, default: value }) => [at, value]))
  const fields = contract.responseFields
    .filter(({ at }) => !at.includes('*') && !/^\/error./.test(at))
    .map(({ at, types, enum: values, const: only }): readonly [string, Json] => [
      at,
      defaults.get(at) ?? only ?? values?.[0] ?? EXAMPLES[types[0] ?? 'null'] ?? null,
    ])
  described.set(contract, fields)
  return fields
}

/** A reply in the documented shape: every documented field, with what was asked where it has one. */
function documented(contract: Contract, request: WireRequest): JsonObject {
  const asked = request.body !== undefined && 'json' in request.body ? request.body.json : {}
  const body: Record<string, Json> = {}
  for (const [at, value] of describeFields(contract)) put(body, at, field(asked, at) ?? value)
  const count = typeof asked['n'] === 'number' ? asked['n'] : 1
  const text = 'stop' in asked ? 'harbour station' : 'ready'
  return {
    ...body,
    object: 'response',
    status: 'completed',
    output: Array.from({ length: count }, (_, index) => ({
      type: 'message',
      id: `msg_${index}`,
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text, annotations: [] }],
    })),
  }
}

/** Sets a field of this object; what it contains is copied, for it may belong to the request. */
function put(object: Record<string, Json>, at: string, value: Json): void {
  const [key = '', ...rest] = at.slice(1).split('/')
  if (rest.length === 0) object[key] = value
  else {
    const inner = object[key]
    const copy = isObject(inner) ? { ...inner } : {}
    object[key] = copy
    put(copy, `/${rest.join('/')}`, value)
  }
}

interface Shown {
  readonly request: WireRequest
  readonly step: Step
  readonly exchange: Exchange
}

/** The exchanges of a case with a provider that does what its page says; played once. */
export const play = memoize2((contract: Contract, check: Check) => playOnce(contract, check))

function playOnce(contract: Contract, check: Check): Readonly<Record<string, Shown>> {
  if (check.scenario === 'every') throw new Error('a case has a scenario of its own')
  const shown: Record<string, Shown> = {}
  const builder = createRequestBuilder({
    target: targetOf(contract),
    contract,
    seed: 'families',
    prior: (step) => shown[step]!.exchange,
  })
  for (const [name, step] of Object.entries<Step>(check.scenario.steps)) {
    const request = step.request(builder)
    const reply: Reply =
      step.expect === 'refusal'
        ? { status: 400, headers: {}, body: { json: { error: { message: 'No.' } } } }
        : { status: 200, headers: {}, body: { json: documented(contract, request) } }
    shown[name] = { request, step, exchange: exchangeOf(request, reply) }
  }
  return shown
}

function exchangeOf(request: WireRequest, { status, body }: Reply): Exchange {
  const value = 'json' in body ? body.json : null
  return {
    request,
    status,
    headers: [['content-type', 'application/json']],
    ending: 'complete',
    body: { kind: 'json', value, text: JSON.stringify(value) },
  }
}

function heard({ method, path, body }: WireRequest): ReferenceRequest {
  const json = body !== undefined && 'json' in body ? body.json : undefined
  return {
    method,
    path,
    query: new URLSearchParams(),
    headers: {},
    body: json,
    text: JSON.stringify(json),
  }
}

export function judgeShown(
  contract: Contract,
  check: Check,
  shown: Readonly<Record<string, Shown>>,
): Judgement {
  if (check.scenario === 'every') throw new Error('a case has a scenario of its own')
  const exchanges = Object.fromEntries(
    Object.entries(shown).map(([name, { exchange }]) => [name, exchange]),
  )
  return check.judge(exchanges, {
    contract,
    yardstick: 'own',
    nonce: 'ZX7-00000000',
    scenario: check.scenario,
    expect: 'either',
  })
}

/** The same exchanges with a provider that is wrong in the way of a mutant. */
export function spoil(
  check: Check,
  mutant: Mutant,
  shown: Readonly<Record<string, Shown>>,
): Readonly<Record<string, Shown>> {
  return Object.fromEntries(
    Object.entries(shown).map(([name, { request, step, exchange }]) => {
      const { status, body } = exchange
      const reply: Reply = {
        status,
        headers: {},
        body: { json: body.kind === 'json' ? body.value : null },
      }
      const mutated = mutant.reply?.(reply, heard(request)) ?? reply
      const next = check.id === 'parameters/effective/n' ? oneMessage(mutated) : mutated
      return [name, { request, step, exchange: exchangeOf(request, next) }]
    }),
  )
}

function oneMessage(reply: Reply): Reply {
  if (!('json' in reply.body) || !isObject(reply.body.json)) return reply
  const { output } = reply.body.json
  const first = Array.isArray(output) ? (output as readonly Json[]).slice(0, 1) : []
  return { ...reply, body: { json: { ...reply.body.json, output: first } } }
}
