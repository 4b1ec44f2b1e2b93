// What published OpenAPI documents can accuse of: every promise that the reference keeps by such a document
// is broken in front of it, one at a time, and has to turn red by "own documents".
//
//   npm run validate:documents -- openapi.yaml … [--most 60] [--only TEXT] [--list]
//
// A promise is read off the document alone: of a place in an answer, that it is there, has its type, has one
// of its values; of a request, that a field or a value is taken. Red means a finding that was not there before.

import { basename } from 'node:path'
import { setMaxListeners } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startReference } from '../../reference/main.ts'
import { field, isObject, keyIn, parse, token } from '../../src/base/json.ts'
import { generalizePlace } from '../../src/base/json.ts'
import { loadContract } from '../../src/contract/file/load.ts'
import { createLiveSource } from '../../src/evidence/live.ts'
import { createMemoryStore } from '../../src/evidence/saved-exchanges.ts'
import { judgeScenario } from '../../src/judge/judge-case.ts'
import { isPromised } from '../../src/judge/conclude-outcome.ts'
import { createPlanner, scenariosOf, type Case } from '../../src/plan/plan.ts'
import { createRandom } from '../../src/request/builder.ts'
import { serveFixtures } from '../../src/request/serve-fixtures.ts'
import { keyNeedsOf, REFERENCE_KEYS, setReferenceKeys } from '../../src/run/built-in-provider.ts'
import { equipTarget } from '../../src/run/run-in-worker.ts'
import { resolveTargets } from '../../src/target/resolve-targets.ts'
import { refuseParameter } from '../../suites/common/refusals.ts'
import { createAnsweredExchange, createStreamedExchange } from '../exchange.ts'
import { openPatientLine, suites } from '../prove.ts'
import type {
  Contract,
  Exchange,
  Json,
  JsonObject,
  Mutation,
  Reply,
  Scenario,
  Verdict,
} from '../../src/types/index.ts'

const MODEL = 'reference'

interface Promised {
  /** For the reader: `answer /usage/total_tokens is there`. */
  readonly says: string
  readonly mutation: Mutation
  /** The scenarios that show it. */
  readonly scenarios: readonly string[]
  /** The checks that are asked first. */
  readonly first: RegExp
}

const SHAPES = /^(basic\/fields|streaming\/events|common\/matches-schema|errors\/is-as-documented)/
const ASKING = /^(parameters|basic\/(claims|samples)|errors)\//

interface Asked {
  readonly rows: readonly Verdict[]
  readonly seen: ReadonlyMap<Scenario, readonly Exchange[]>
}

async function startDocument(file: string) {
  const contract = loadContract(file)
  setReferenceKeys()
  const server = await startReference({ keys: REFERENCE_KEYS, model: MODEL })
  const fixtures = await serveFixtures(createRandom('documents'))
  const [target] = resolveTargets([], {
    contract: file,
    baseUrl: server.url,
    model: MODEL,
    reasoningModel: MODEL,
    withoutKeys: true,
  })
  const asked = equipTarget({ ...target!, ...keyNeedsOf(target!), yardsticks: ['own'] }, fixtures)
  const yardsticks = {
    own: contract,
    openai: loadContract('openai'),
    'open-responses': loadContract('open-responses'),
  }
  const cases = createPlanner(await suites, {})(asked, yardsticks)
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)

  async function ask(
    mutation: Mutation | undefined,
    among: readonly Case[],
    scenarios: readonly Scenario[],
  ): Promise<Asked> {
    server.mutate(mutation)
    const line = openPatientLine(asked)
    const seen = new Map<Scenario, readonly Exchange[]>()
    const source = createLiveSource({
      target: asked,
      yardsticks,
      ...line,
      store: createMemoryStore(),
      seed: 'documents',
      signal: stop.signal,
      pause: (ms) => setTimeout(ms / 10),
      onEvidence: (scenario, _attempt, { exchanges }) =>
        seen.set(
          scenario,
          Object.values(exchanges).filter((one) => one !== undefined),
        ),
    })
    const context = { target: asked, yardsticks, source, scenarios, attempts: 1 }
    const rows = await Promise.all(among.map((planned) => judgeScenario(planned, context)))
    await line.sender.close()
    return { rows: rows.flat(), seen }
  }

  return {
    contract,
    cases,
    ask,
    close: async () => {
      await server.close()
      await fixtures.close()
    },
  }
}

/** What failing rows say, without what changes from run to run. */
function placesOf(rows: readonly Verdict[]): ReadonlySet<string> {
  return new Set(
    rows
      .filter(({ outcome }) => outcome === 'fail')
      .flatMap(({ check, findings }) =>
        findings.map(({ at, kind, expected }) =>
          [check, generalizePlace(at), kind, String(expected)].join(' '),
        ),
      ),
  )
}

/** Every place of a value, the deepest last. */
function placesIn(value: Json, at = ''): readonly string[] {
  if (Array.isArray(value))
    return value.slice(0, 1).flatMap((one: Json) => placesIn(one, `${at}/0`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, one]) => {
    const place = `${at}/${token(key)}`
    return one === undefined ? [] : [place, ...placesIn(one, place)]
  })
}

const WAYS: readonly (readonly [string, (was: Json) => Json | undefined])[] = [
  ['is there', () => undefined],
  ['has its type', (was) => (isObject(was) || Array.isArray(was) ? 7 : { wrong: true })],
  ['has one of its values', (was) => (typeof was === 'string' ? `${was}-wrong` : was)],
]

function answerPromises(
  contract: Contract,
  seen: ReadonlyMap<Scenario, readonly Exchange[]>,
): readonly Promised[] {
  const found = new Map<string, Promised>()
  const count = (exchange: Exchange): number => contract.flaws(exchange)?.length ?? 0
  function look(
    value: JsonObject,
    on: string,
    scenario: Scenario,
    wrap: (value: JsonObject) => Exchange,
    change: (reply: Reply, at: string, way: (was: Json) => Json | undefined) => Reply,
  ): void {
    const before = count(wrap(value))
    for (const at of placesIn(value)) {
      for (const [says, way] of WAYS) {
        const was = field(value, at)!
        const key = `${on} ${generalizePlace(at)} ${says}`
        if (found.has(key) || way(was) === was) continue
        if (count(wrap(put(value, at.split('/').slice(1), way(was)) as JsonObject)) <= before)
          continue
        found.set(key, {
          says: key,
          scenarios: [scenario.id],
          first: SHAPES,
          mutation: { reply: (reply) => change(reply, at, way) },
        })
      }
    }
  }
  for (const [scenario, exchanges] of seen) {
    // What the documents do not offer they do not describe.
    if (scenario.asClient !== undefined || !isPromised(contract, scenario)) continue
    for (const { body, status, request } of exchanges) {
      if (request.operation !== 'create' || status !== 200) continue
      if (body.kind === 'json' && isObject(body.value)) {
        look(body.value, 'answer', scenario, (value) => createAnsweredExchange(value), inJson)
      }
      for (const { data } of body.kind === 'events' ? body.events : []) {
        if (!isObject(data)) continue
        const type = String(data['type'])
        const inside = /^response\.(completed|output_item\.done)$/.test(type)
        const value = inside ? data : ownFieldsOf(data)
        look(
          value,
          type,
          scenario,
          (changed) => createStreamedExchange([{ ...data, ...dropped(value, changed) }]),
          (reply, at, way) => inEvents(reply, type, at, way),
        )
      }
    }
  }
  return [...found.values()]
}

/** A copy with another value at a place, or without it. */
function put(value: Json, [head, ...rest]: readonly string[], next: Json | undefined): Json {
  if (head === undefined) return next ?? null
  if (Array.isArray(value)) {
    return value.map((one: Json, at) => (String(at) === head ? put(one, rest, next) : one))
  }
  if (!isObject(value)) return value
  const { [keyIn(head)]: was, ...others } = value
  if (was === undefined || (rest.length === 0 && next === undefined)) return others
  return { ...value, [keyIn(head)]: put(was, rest, next) }
}

/** Without what other events show as well. */
function ownFieldsOf(event: JsonObject): JsonObject {
  const { response: _, item: __, type: ___, ...own } = event
  return own
}

/** The changed fields, and those that are gone as undefined. */
function dropped(value: JsonObject, changed: JsonObject): JsonObject {
  const gone = Object.keys(value).filter((key) => !(key in changed))
  return { ...changed, ...Object.fromEntries(gone.map((key) => [key, undefined])) } as JsonObject
}

function changed(value: JsonObject, at: string, way: (was: Json) => Json | undefined): JsonObject {
  const was = field(value, at)
  return was === undefined ? value : (put(value, at.split('/').slice(1), way(was)) as JsonObject)
}

function inJson(reply: Reply, at: string, way: (was: Json) => Json | undefined): Reply {
  if (reply.status !== 200 || !('json' in reply.body) || !isObject(reply.body.json)) return reply
  if (reply.body.json['object'] !== 'response') return reply
  return { ...reply, body: { json: changed(reply.body.json, at, way) } }
}

function inEvents(
  reply: Reply,
  type: string,
  at: string,
  way: (was: Json) => Json | undefined,
): Reply {
  if (!('events' in reply.body)) return reply
  return {
    ...reply,
    body: {
      events: reply.body.events.map((event) =>
        typeof event === 'string' || event['type'] !== type ? event : changed(event, at, way),
      ),
    },
  }
}

/** That what was sent and taken is taken: each field, and each of its listed values. */
function requestPromises(
  contract: Contract,
  seen: ReadonlyMap<Scenario, readonly Exchange[]>,
): readonly Promised[] {
  const taken = new Map<string, { values: Set<string>; scenarios: Set<string> }>()
  for (const [scenario, exchanges] of seen) {
    for (const { request, status } of exchanges) {
      const body = bodyOf(request.body)
      if (request.operation !== 'create' || status !== 200 || body === undefined) continue
      for (const { at } of contract.parameters) {
        const value = at.includes('*') ? undefined : field(body, at)
        if (value === undefined) continue
        const known = taken.get(at) ?? { values: new Set(), scenarios: new Set() }
        known.values.add(JSON.stringify(value))
        known.scenarios.add(scenario.id)
        taken.set(at, known)
      }
    }
  }
  return contract.parameters.flatMap(({ at, enum: listed }): readonly Promised[] => {
    const known = taken.get(at)
    if (known === undefined || contract.claim([`request ${at}`]).status !== 'documented') return []
    const scenarios = [...known.scenarios]
    const one = (says: string, isMeant: (value: Json) => boolean): Promised => ({
      says: `request ${at} ${says}`,
      scenarios,
      first: ASKING,
      mutation: refusing(at, isMeant),
    })
    const values = (listed ?? []).filter((value) => known.values.has(JSON.stringify(value)))
    return [
      one('is taken', () => true),
      ...(values.length < 2
        ? []
        : values.map((value) => one(`may be ${JSON.stringify(value)}`, (sent) => sent === value))),
    ]
  })
}

function bodyOf(body: unknown): JsonObject | undefined {
  const value = typeof body === 'string' ? parse(body) : body
  return isObject(value) ? value : undefined
}

function refusing(at: string, isMeant: (value: Json) => boolean): Mutation {
  const name = at.slice(1).replaceAll('/', '.')
  return {
    reply: (reply, { body, path }) => {
      const sent = isObject(body) && path === '/responses' ? field(body, at) : undefined
      return sent !== undefined && isMeant(sent) ? refuseParameter(reply, name) : reply
    },
  }
}

/** As many as wanted, from beginning to end. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  return all.length <= most
    ? all
    : Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]!)
}

interface Wanted {
  readonly most: number
  /** Part of what a promise says. */
  readonly only: string
  readonly isListed: boolean
}

async function measureDocument(file: string, { most, only, isListed }: Wanted): Promise<void> {
  const { contract, cases, ask, close } = await startDocument(file)
  try {
    const every = scenariosOf(cases)
    const right = await ask(undefined, cases, every)
    const before = placesOf(right.rows)
    const all = [
      ...answerPromises(contract, right.seen),
      ...requestPromises(contract, right.seen),
    ].filter(({ says }) => says.includes(only))
    const chosen = spread(all, most)
    const unseen: string[] = []
    for (const { says, mutation, scenarios, first } of chosen) {
      const shown = every.filter(({ id }) => scenarios.includes(id))
      const isNew = (rows: readonly Verdict[]): boolean =>
        [...placesOf(rows)].some((place) => !before.has(place))
      const near = cases.filter(
        ({ check, scenario }) =>
          first.test(check) && (scenario === 'every' || shown.includes(scenario)),
      )
      const isRed =
        isNew((await ask(mutation, near, shown)).rows) ||
        isNew((await ask(mutation, cases, every)).rows)
      if (isListed) console.log(`  ${isRed ? 'red   ' : 'UNSEEN'} ${says}`)
      if (!isRed) unseen.push(says)
    }
    const red = chosen.length - unseen.length
    const share = chosen.length === 0 ? '–' : `${((100 * red) / chosen.length).toFixed(1)} %`
    console.log(
      `${basename(file)}: ${all.length} promises kept, ${chosen.length} broken, ${red} red: ${share}`,
    )
    for (const says of isListed ? [] : unseen) console.log(`  unseen: ${says}`)
  } finally {
    await close()
  }
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    most: { type: 'string', default: 'Infinity' },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
})
for (const file of positionals) {
  await measureDocument(file, {
    most: Number(options.most),
    only: options.only,
    isListed: options.list,
  })
}
