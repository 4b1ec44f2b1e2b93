import {
  defineCheck,
  defineFamily,
  defineScenario,
  notShown,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { field, isObject, items, response, token } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type {
  Check,
  Contract,
  Json,
  JsonObject,
  RequestBuilder,
  Need,
  Sample,
  Step,
} from '../../../src/types/index.ts'
import { refuseParameter } from '../../common/refusals.ts'

export default defineFamily({
  id: 'basic/samples',
  title: 'Each documented request, sent as it is published',
  covers: ['own-sample-answered'],
  cases: (contract) => contract.samples.flatMap((sample) => sampleCase(contract, sample)),
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

/** No case for a sample with placeholders, or with a value that nothing can stand in for. */
function sampleCase(contract: Contract, sample: Sample): readonly Check[] {
  const { name, operation, request, placeholders, replace } = sample
  if (operation !== 'create' || !isObject(request) || placeholders.length > 0) return []
  const substitutes = ['/model', ...replace.map(({ at }) => at)].map((at) => ({
    at,
    by: SUBSTITUTES.find(({ ends }) => at.endsWith(ends)),
  }))
  if (substitutes.some(({ by }) => by === undefined)) return []

  const needs = new Set(
    substitutes.flatMap(({ by }) => (by?.needs === undefined ? [] : [by.needs])),
  )
  if (needs.size > 0) needs.add('vision-model')
  const follows = substitutes.some(({ at }) => at === '/previous_response_id')
  const before: Step = {
    request: (builder) =>
      builder.createRequest('Reply with the single word: ready.', { store: true }),
    expect: 'success',
  }
  const sent: Step = {
    request: (builder) =>
      builder.create(
        substitutes.reduce<JsonObject>(
          (body, { at, by }) => withValue(body, at, by?.value(builder) ?? null) as JsonObject,
          request,
        ),
      ),
    expect: 'either',
  }
  return [
    defineCheck({
      id: `basic/samples/${name}`,
      title: `The documented request “${name}” is answered`,
      kind: 'wire',
      scenario: defineScenario<string>({
        id: `basic/sample-${contract.id}-${name}`,
        title: `The documented request “${name}”, sent as published`,
        apiPaths: [],
        tier: 'core',
        needs: [...needs],
        steps: follows ? { before, sent } : { sent },
      }),
      covers: ['own-sample-answered'],
      only: ['own'],

      judge(exchanges) {
        const exchange = exchanges['sent']
        if (exchange === undefined) return notShown('it was not sent')
        const answered =
          exchange.status >= 200 && exchange.status < 300 && items(exchange).length > 0
        const expected = 'the documented answer, with output'
        return verdictOf(
          answered ? [] : [{ step: 'sent', at: 'status', expected, actual: quoteReply(exchange) }],
        )
      },

      mutants: [
        {
          story: 'the page was written for another version of the endpoint',
          reply: (reply) => refuseParameter(reply, 'input'),
        },
      ],
    }),
  ]
}

/** A copy with another value at a JSON pointer. */
function withValue(value: Json, pointer: string, next: Json): Json {
  if (pointer === '') return next
  const [head = '', ...rest] = pointer.slice(1).split('/')
  const inner = rest.length === 0 ? '' : `/${rest.join('/')}`
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, index) =>
      String(index) === head ? withValue(item, inner, next) : item,
    )
  }
  if (!isObject(value)) return value
  const key = Object.keys(value).find((name) => token(name) === head) ?? head
  return { ...value, [key]: withValue(value[key] ?? null, inner, next) }
}
