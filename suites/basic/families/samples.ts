import {
  defineCheck,
  defineFamily,
  defineScenario,
  holds,
  notShown,
  verdictOf,
  violated,
  without,
} from '../../../src/authoring/define.ts'
import {
  field,
  isObject,
  isStream,
  mediaType,
  parse,
  parts,
  response,
  responseAt,
  show,
  token,
} from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { validateValue } from '../../../src/schema/validate-model-output.ts'
import type {
  Check,
  Contract,
  Finding,
  Json,
  JsonObject,
  RequestBuilder,
  Need,
  Reply,
  Sample,
  Scenario,
  Step,
} from '../../../src/types/index.ts'
import { messageTextOf } from '../../common/answers.ts'
import { mapItems, replaceText } from '../../common/mutants.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { comparePrinted, listDisputedPlaces, isAnsweredWithOutput } from '../printed-answer.ts'

export default defineFamily({
  id: 'basic/samples',
  title: 'Each documented request, sent as it is published',
  covers: ['own-sample-answered', 'own-sample-as-printed'],
  cases: (contract) => contract.samples.flatMap((sample) => sampleCases(contract, sample)),
})

/** What stands in for a value that only its author can send: how, and what a run needs for it. */
interface Substitute {
  readonly ends: string
  readonly needs?: Need
  readonly value: (builder: RequestBuilder) => Json | undefined
}

const SUBSTITUTES: readonly Substitute[] = [
  { ends: '/model', value: (builder) => builder.model() },
  {
    ends: '/image_url',
    needs: 'fixture-url',
    value: (builder) => builder.fixtureUrl('image')?.url,
  },
  { ends: '/file_url', needs: 'fixture-url', value: (builder) => builder.fixtureUrl('pdf')?.url },
  {
    ends: '/previous_response_id',
    value: (builder) => field(response(builder.prior('before')), '/id'),
  },
]

/** What a published request is asked for; `unsent` where only its author has a value of it. */
function sampleCases(contract: Contract, sample: Sample): readonly Check[] {
  const { name, operation, request, replace } = sample
  if (operation !== 'create' || !isObject(request)) return []
  const substitutes = [
    { at: '/model', because: '', by: SUBSTITUTES[0] },
    ...replace.map(({ at, because }) => ({
      at,
      because,
      by: SUBSTITUTES.find(({ ends }) => at.endsWith(ends)),
    })),
  ]
  const unsent = substitutes.find(({ by }) => by === undefined)?.because
  const needs = new Set(
    substitutes.flatMap(({ by }) => (by?.needs === undefined ? [] : [by.needs])),
  )
  if (needs.size > 0) needs.add('vision-model')
  const follows = substitutes.some(({ at }) => at === '/previous_response_id')
  const first = follows ? storedBefore(contract, sample) : undefined
  const fill = (body: JsonObject, builder: RequestBuilder): JsonObject =>
    substitutes.reduce<JsonObject>(
      (all, { at, by }) => withValue(all, at, by?.value(builder) ?? null) as JsonObject,
      body,
    )
  const before: Step = {
    request: (builder) =>
      first === undefined
        ? builder.createRequest('Reply with the single word: ready.', { store: true })
        : builder.create({ ...first, model: builder.model() }),
    expect: 'success',
  }
  const sent: Step = {
    request: (builder) => builder.create(fill(withoutPlaceholders(sample), builder)),
    expect: 'either',
  }
  const scenario = defineScenario<string>({
    id: `basic/sample-${contract.id}-${name}`,
    title: `The documented request “${name}”, sent as published`,
    apiPaths: [],
    tier: 'core',
    isPrinted: true,
    needs: [...needs],
    ...(unsent === undefined ? {} : { unsent }),
    steps: follows ? { before, sent } : { sent },
  })
  return [
    answered(contract, sample, scenario),
    ...(hasMoreToSay(sample) ? [asPrinted(contract, sample, scenario)] : []),
  ]
}

/** The published request whose answer is followed up: the last before this one that asks to be stored. */
function storedBefore({ samples }: Contract, follower: Sample): JsonObject | undefined {
  return samples
    .slice(0, samples.indexOf(follower))
    .map(({ request }) => request)
    .filter(isObject)
    .findLast((body) => body['store'] === true && body['previous_response_id'] === undefined)
}

/** As published, but for what no generator could think of a value for. */
function withoutPlaceholders({ request, placeholders }: Sample): JsonObject {
  const body = placeholders.reduce<Json>(
    (rest, at) => withValue(rest, at, undefined) ?? {},
    request as JsonObject,
  ) as JsonObject
  const isEmpty = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0
  return Object.fromEntries(
    Object.entries(body).filter(
      ([key, value]) => !isEmpty(value) || !placeholders.some((at) => at.startsWith(`/${key}/`)),
    ),
  )
}

/** What the documents say against this request themselves: its own table, or a contradiction about what it sends. */
function disputeAbout(contract: Contract, request: JsonObject): string | undefined {
  const wire = { operation: 'create', method: 'POST', path: '/responses', body: { json: request } }
  const [flaw] = contract.requestFlaws(wire as Parameters<Contract['requestFlaws']>[0])
  if (flaw !== undefined) {
    return `the documents' own table refuses this request: ${flaw.at} is ${flaw.actual}, not ${flaw.expected}`
  }
  return contract.contradictions.find(({ at, weight }) => {
    const [, field, inside] = /^request \/([a-z_]+)(.*)$/.exec(at) ?? []
    if (weight !== 'material' || field === undefined) return false
    // What a request leaves out is as disputed as what it has.
    return inside === '' ? !(field in request) : JSON.stringify(request).includes(last(inside!))
  })?.says
}

function last(path: string): string {
  return `"${path.split(/ = |\//).at(-1) ?? ''}"`
}

function answered(contract: Contract, sample: Sample, scenario: Scenario<string>): Check {
  const contested = disputeAbout(contract, sample.request as JsonObject)
  return defineCheck({
    id: `basic/samples/${sample.name}`,
    title: `The documented request “${sample.name}” is answered`,
    kind: 'wire',
    scenario,
    covers: ['own-sample-answered'],
    only: ['own'],

    judge(exchanges) {
      const exchange = exchanges['sent']
      if (exchange === undefined) return notShown('it was not sent')
      // An answer to less than was printed is none to the printed request.
      const [left] = exchange.leftOut ?? []
      if (left === undefined && isAnsweredWithOutput(exchange)) return holds
      return violated({
        step: 'sent',
        at: 'status',
        expected: 'the documented answer, with output',
        actual:
          left === undefined ? quoteReply(exchange) : `${left.said}, and an answer without it`,
        ...(contested === undefined ? {} : { contested }),
      })
    },

    mutants: [
      {
        story: 'the page was written for another version of the endpoint',
        reply: (reply) => refuseParameter(reply, 'input'),
      },
    ],
  })
}

function hasMoreToSay({ request, response, status = 200, streamed = false }: Sample): boolean {
  const isPrinted = isObject(response) && status < 300 && !streamed
  return isPrinted || formatOf(request) !== undefined || field(request, '/stream') === true
}

function formatOf(request: Json | undefined): JsonObject | undefined {
  const schema = field(request, '/text/format/schema')
  return isObject(schema) ? schema : undefined
}

/** What stands beside a published request: its printed answer, the schema it asks for, that it is streamed. */
function asPrinted(contract: Contract, sample: Sample, scenario: Scenario<string>): Check {
  const { name, request, response: printed } = sample
  const schema = formatOf(request)
  const isStreamed = field(request, '/stream') === true
  const except = listDisputedPlaces(contract, sample)
  return defineCheck({
    id: `basic/samples/${name}-as-printed`,
    title: `The answer to the documented request “${name}” is as it is printed`,
    kind: 'wire',
    scenario,
    covers: ['own-sample-as-printed'],
    only: ['own'],

    judge(exchanges) {
      const exchange = exchanges['sent']
      if (exchange === undefined || !isAnsweredWithOutput(exchange))
        return notShown('it was not answered')
      const tell = (at: string, expected: string, actual: string): Finding => ({
        step: 'sent',
        at,
        expected,
        actual,
      })
      if (isStreamed && !isStream(exchange)) {
        return violated(tell('header content-type', 'text/event-stream', mediaType(exchange)))
      }
      const text = messageTextOf(exchange)
      const unfit =
        schema === undefined || parts(exchange, 'refusal').length > 0
          ? []
          : validateValue(parse(text), schema)
      return verdictOf([
        ...unfit
          .slice(0, 1)
          .map(() =>
            tell(`${responseAt(exchange)}/output`, 'a document of the printed schema', show(text)),
          ),
        ...(isObject(printed) && !isStreamed ? comparePrinted(exchange, printed, except) : []),
      ])
    },

    mutants: [
      ...(schema === undefined
        ? []
        : [
            {
              story: 'a gateway turns the printed schema into a hint',
              reply: (reply: Reply) => replaceText(reply, () => 'Maya should send it by Friday.'),
            },
          ]),
      ...(isStreamed
        ? [
            {
              story: 'a gateway drops the wish for a stream',
              reply: (reply: Reply) => wholeAnswer(reply),
            },
          ]
        : []),
      ...(isObject(printed) && !isStreamed
        ? [
            {
              story: 'the printed answer is that of another version',
              reply: (reply: Reply) =>
                mapItems(reply, undefined, (item) => ({ ...item, type: 'x' })),
            },
          ]
        : []),
    ] as unknown as Check['mutants'],
  })
}

/** The final response in place of the events that tell it. */
function wholeAnswer(reply: Reply): Reply {
  const events = 'events' in reply.body ? reply.body.events : []
  const final = events.findLast((event) => typeof event !== 'string' && isObject(event['response']))
  return typeof final === 'object' ? { ...reply, body: { json: final['response']! } } : reply
}

/** A copy with another value at a JSON pointer; without it where that is undefined. */
function withValue(value: Json, pointer: string, next: Json | undefined): Json | undefined {
  if (pointer === '') return next
  const [head = '', ...rest] = pointer.slice(1).split('/')
  const inner = rest.length === 0 ? '' : `/${rest.join('/')}`
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) => {
      const changed = String(index) === head ? withValue(item, inner, next) : item
      return changed === undefined ? [] : [changed]
    })
  }
  if (!isObject(value)) return value
  const key = Object.keys(value).find((name) => token(name) === head) ?? head
  const changed = withValue(value[key] ?? null, inner, next)
  return changed === undefined ? without(value, key) : { ...value, [key]: changed }
}
