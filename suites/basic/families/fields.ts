import {
  defineCheck,
  defineFamily,
  mapResponse,
  notShown,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { field as read, isObject, response, show } from '../../../src/authoring/read.ts'
import type {
  Check,
  Contract,
  Json,
  JsonType,
  RequirementId,
  ResponseField,
} from '../../../src/types/index.ts'
import { replaceAt } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

export default defineFamily({
  id: 'basic/fields',
  title: 'Each documented field of the response object, with its type and values',
  covers: [
    'basic-openai-required-keys',
    'basic-open-responses-required-keys',
    'basic-open-responses-non-null-scalars',
    'common-optional-field-type',
    'own-field-present',
    'own-field-type',
    'own-enum-value',
  ],
  cases: (contract) => fieldsOf(contract).map((field) => fieldCase(contract, field)),
})

/**
 * The fields of the top level, and by a provider's own page those of usage, whose names it may
 * choose. What lies deeper depends on the request, and is judged with the reply as a whole.
 */
function fieldsOf({ kind, responseFields }: Contract): readonly ResponseField[] {
  return responseFields.filter(
    ({ at, types, required }) =>
      (types.length > 0 || required) &&
      (/^\/[^/*]+$/.test(at) || (kind !== 'yardstick' && /^\/usage(\/[^/*]+)+$/.test(at))),
  )
}

function fieldCase(contract: Contract, field: ResponseField): Check {
  const { at, required } = field
  return defineCheck({
    id: `basic/fields/${at.slice(1).replaceAll('/', '.')}`,
    title: `${at.slice(1)} is ${required ? 'there' : 'there or not'}, and ${wanted(field)}`,
    kind: 'wire',
    scenario: textScenario,
    covers: covering(contract, field),
    shape: true,
    owns: [at],

    judge({ plain }) {
      const parent = read(response(plain), at.slice(0, at.lastIndexOf('/')))
      if (!isObject(parent)) return notShown('the object that should hold it is not there')
      const value = read(response(plain), at)
      if (value === undefined && !required) return notShown('the field may be left out, and is')
      const fine = value !== undefined && isOfType(value, field) && isKnown(value, field)
      const expected = wanted(field)
      return verdictOf(fine ? [] : [{ step: 'plain', at, expected, actual: show(value) }])
    },

    mutants: [
      {
        story: required
          ? 'a serializer leaves out what it thinks nobody needs'
          : 'an adapter fills a field with a value of another kind',
        reply: (reply) =>
          mapResponse(reply, (response) =>
            replaceAt(response, at, required ? undefined : misfit(field)),
          ),
      },
    ],
  })
}

function covering(contract: Contract, { required, enum: values, types }: ResponseField) {
  if (contract.kind !== 'yardstick') {
    const present: readonly RequirementId[] = required ? ['own-field-present'] : []
    const listed: readonly RequirementId[] = values === undefined ? [] : ['own-enum-value']
    return [...present, 'own-field-type', ...listed]
  }
  if (!required) return ['common-optional-field-type']
  if (contract.id === 'openai') return ['basic-openai-required-keys']
  const scalar = types.length > 0 && !types.some((type) => ['null', 'object'].includes(type))
  return [
    'basic-open-responses-required-keys',
    ...(scalar ? ['basic-open-responses-non-null-scalars'] : []),
  ]
}

function wanted({ types, enum: values, const: only }: ResponseField): string {
  if (only !== undefined) return show(only)
  if (values !== undefined) return `one of ${values.map((value) => show(value)).join(', ')}`
  return types.length === 0 ? 'any value' : types.join(' or ')
}

function isOfType(value: Json, { types }: ResponseField): boolean {
  return types.length === 0 || types.some((type) => is(value, type))
}

function is(value: Json, type: JsonType): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function isKnown(value: Json, { enum: values, const: only }: ResponseField): boolean {
  // Values that are not scalars are described by more than a list.
  if (typeof value === 'object') return true
  if (only !== undefined) return value === only
  return values === undefined || values.includes(value)
}

function misfit(field: ResponseField): Json {
  const candidates: readonly Json[] = [42.5, 'something else', true, [], {}]
  return candidates.find((value) => !isOfType(value, field)) ?? null
}
