import {
  defineCheck,
  defineFamily,
  holds,
  mapResponse,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, response, show } from '../../../src/authoring/read.ts'
import type { Check, Contract, Json, RequirementId } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { replaceAt } from '../../common/mutants.ts'
import { isUnequal } from '../../common/json-contains.ts'
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
  cases: (contract) => defaultsOf(contract).map(reported),
})

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
      : contract.parameters.flatMap(({ at, default: value }) =>
          value === undefined ? [] : [{ at, value, covers: ['own-default-as-documented'] }],
        )
  return stated.filter(
    ({ at, value }) =>
      !OF_THE_MODEL.includes(at) &&
      !at.includes('*') &&
      contract.responseFields.some(
        (known) => known.at === at && fitting(value, known.types.map(String)),
      ),
  )
}

/** Some pages print a number as text; their audit says so, and a reply need not follow. */
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
