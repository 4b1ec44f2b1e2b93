import {
  defineCheck,
  defineFamily,
  defineScenario,
  holds,
  idOf,
  mapResponse,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, items, response, show } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { ApiPath, Check, Contract, Json, RequirementId } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { replaceAt } from '../../common/mutants.ts'
import { isUnequal } from '../../common/json-contains.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { READY, readDefault } from '../parameter-values.ts'
import { PARAMETER_REQUIREMENTS, requirementsOf } from '../requirements-of.ts'

/**
 * Defaults that a published requirement states. Temperatures are reported as they were: a server may
 * have another for each of its models.
 */
const PUBLISHED: Readonly<Record<string, Json>> = {
  '/instructions': null,
  '/tools': [],
  '/tool_choice': 'auto',
  '/parallel_tool_calls': true,
  '/truncation': 'disabled',
  '/background': false,
  '/text/format/type': 'text',
}

/** No document states them: what a server that was asked for nothing has to report. */
const UNSTATED: Readonly<Record<string, Json>> = {
  '/top_logprobs': 0,
  '/max_output_tokens': null,
  '/max_tool_calls': null,
}

/** Fields of Open Responses alone. */
const UNSTATED_BY_OPEN_RESPONSES: Readonly<Record<string, Json>> = {
  '/frequency_penalty': 0,
  '/presence_penalty': 0,
}

/** They depend on the model, whatever a page says in general. */
const OF_THE_MODEL: readonly string[] = ['/reasoning/effort', '/text/verbosity', '/service_tier']

export default defineFamily({
  id: 'parameters/defaults',
  title: 'Each parameter that was left out is reported with its default',
  covers: ['own-default-as-documented', 'par-unstated-defaults', ...PARAMETER_REQUIREMENTS],
  cases: (contract) => [...defaultsOf(contract).map(reported), ...seenOf(contract)],
})

/** A default that was taken over with a format says what to ask, and accuses nobody. */
function isOwnWord(contract: Contract, apiPath: ApiPath): boolean {
  return contract.claim([apiPath]).status !== 'inherited'
}

interface Default {
  readonly at: string
  readonly value: Json
  readonly covers: readonly RequirementId[]
}

function defaultsOf(contract: Contract): readonly Default[] {
  const stated: readonly Default[] =
    contract.kind === 'yardstick'
      ? [
          ...Object.entries(PUBLISHED).map(([at, value]) => ({
            at,
            value,
            covers: requirementsOf(at),
          })),
          ...Object.entries({
            ...UNSTATED,
            ...(contract.id === 'open-responses' ? UNSTATED_BY_OPEN_RESPONSES : {}),
          }).map(([at, value]) => ({ at, value, covers: ['par-unstated-defaults'] })),
        ]
      : contract.parameters.flatMap(({ at, types, default: value }) =>
          value === undefined || !isOwnWord(contract, `request ${at}`)
            ? []
            : [{ at, value: readDefault(value, types), covers: ['own-default-as-documented'] }],
        )
  return stated.filter(
    ({ at, value }) =>
      (contract.kind === 'yardstick' || isOwnWord(contract, `response ${at}`)) &&
      !OF_THE_MODEL.includes(at) &&
      !at.includes('*') &&
      contract.responseFields.some(
        (known) => known.at === at && fitting(value, known.types.map(String)),
      ),
  )
}

function fitting(value: Json, types: readonly string[]): boolean {
  if (types.length === 0 || value === null) return true
  if (Array.isArray(value)) return types.includes('array')
  return types.some((type) => typeof value === (type === 'integer' ? 'number' : type))
}

function reported({ at, value, covers }: Default): Check {
  return defineCheck({
    id: `parameters/defaults/${at.slice(1).replaceAll('/', '.')}`,
    title: `${at.slice(1).replaceAll('/', '.')} is reported as ${show(value)} when it was left out`,
    kind: 'wire',
    scenario: textScenario,
    covers,
    promises: [`response ${at}`, `request ${at}`],

    judge({ plain }) {
      const actual = field(response(plain), at)
      // Whether it has to be there is asked by the family of fields.
      if (actual === undefined) return notShown('the field is not there')
      if (!isUnequal(actual, value)) return holds
      return violated({ step: 'plain', at, expected: show(value), actual: show(actual) })
    },

    mutants: [
      {
        story: 'a server has defaults of its own, and reports them',
        reply: (reply) => mapResponse(reply, (body) => replaceAt(body, at, 'x-default')),
      },
    ],
  })
}

/** Defaults that no field reports, and that an answer shows all the same. */
function seenOf(contract: Contract): readonly Check[] {
  if (contract.kind === 'yardstick') return []
  const defaultOf = (at: string): Json | undefined => {
    const found = contract.parameters.find((parameter) => parameter.at === at)
    return found?.default === undefined ? undefined : readDefault(found.default, found.types)
  }
  const isContinuable = !['denied', 'silent'].includes(
    contract.claim(['request /previous_response_id']).status,
  )
  return [
    ...(defaultOf('/n') === 1 ? [oneAnswer()] : []),
    ...(defaultOf('/store') === true && isContinuable ? [stored(contract)] : []),
  ]
}

function oneAnswer(): Check {
  return defineCheck({
    id: 'parameters/defaults/n',
    title: 'One answer is made when n was left out',
    kind: 'wire',
    scenario: textScenario,
    covers: ['own-default-as-documented'],
    promises: ['request /n'],

    judge({ plain }) {
      const { length } = items(plain, 'message')
      if (length === 1) return holds
      return violated({
        step: 'plain',
        at: '/output',
        expected: 'one message',
        actual: `${length}`,
      })
    },

    mutants: [
      {
        story: 'a gateway asks its upstream for two answers, to choose from',
        reply: (reply) =>
          mapResponse(reply, (body) => ({
            ...body,
            output: Array.isArray(body['output'])
              ? [...(body['output'] as readonly Json[]), ...(body['output'] as readonly Json[])]
              : [],
          })),
      },
    ],
  })
}

function stored(contract: Contract): Check {
  return defineCheck({
    id: 'parameters/defaults/store',
    title: 'A response can be continued when store was left out',
    kind: 'wire',
    scenario: defineScenario<'first' | 'next'>({
      id: `parameters/stored-by-default-${contract.id}`,
      title: 'A request without store, and one that continues it',
      apiPaths: ['request /previous_response_id', 'request /store'],
      tier: 'feature',
      steps: {
        first: { request: (builder) => builder.createRequest(READY), expect: 'success' },
        next: {
          request: (builder) =>
            builder.createRequest(READY, { previous_response_id: idOf(builder.prior('first')) }),
          expect: 'either',
        },
      },
    }),
    covers: ['own-default-as-documented'],
    promises: ['request /store'],

    judge({ next }) {
      if (next.status >= 200 && next.status < 300) return holds
      const expected = 'a 2xx status: store is true when it is left out'
      return violated({ step: 'next', at: 'status', expected, actual: quoteReply(next) })
    },

    mutants: [
      {
        story: 'a gateway keeps only what it is told to keep',
        reply: (reply, { text }) =>
          text.includes('"previous_response_id"')
            ? refuseParameter(reply, 'previous_response_id')
            : reply,
      },
    ],
  })
}
