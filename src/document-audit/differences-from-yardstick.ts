// Rows for the differences between a contract and a yardstick, and for what the contract leaves open.

import { isObject } from '../base/json.ts'
import type { Contract, DocumentRow, Json, Sample } from '../types/index.ts'
import { operationSchemasOf } from '../contract/operation-schemas.ts'
import { compareSchemas } from './compare-schemas.ts'
import type {
  SchemaComparison,
  SchemaDifference,
  DocumentedSchema,
  Gap,
  ShownValue,
  BodySide,
} from './comparison-types.ts'
import { featureOfApiPath } from './feature-of.ts'
import { disputeOf } from '../contract/violations-to-findings.ts'
import { sourceOf } from './cited-source.ts'
import { exchangeOf } from '../contract/samples.ts'
import type { SchemaNode } from '../schema/resolved-schema.ts'

/** What stands in the place of a value that does not count; `isPlaceholder` knows it. */
const WITHHELD = '…'

export type YardstickName = NonNullable<DocumentRow['yardstick']>
type Scope = BodySide | 'error'

const NAMES: Readonly<Record<YardstickName, string>> = {
  openai: 'OpenAI',
  'open-responses': 'Open Responses',
}

export function differencesOf(
  contract: Contract,
  yardstick: Contract,
  name: YardstickName,
): readonly DocumentRow[] {
  const rows = (['request', 'response', 'error'] as const).flatMap((scope) => {
    const { differences, gaps } = comparison(contract, yardstick, name, scope)
    return [
      ...differences.map((one) => differenceRow(contract, yardstick, name, scope, one)),
      ...gaps.flatMap((gap) => gapRow(contract, name, scope, gap)),
    ]
  })
  return [
    ...rows,
    ...basePath(contract, yardstick, name),
    ...silentOperations(contract, yardstick, name),
    ...silentStream(contract, yardstick, name),
  ]
}

function comparison(
  contract: Contract,
  yardstick: Contract,
  yardstickName: YardstickName,
  scope: Scope,
): SchemaComparison {
  const own = operationSchemasOf(contract)
  const yard = operationSchemasOf(yardstick)
  const find = (schemas: typeof own): SchemaNode | undefined =>
    scope === 'request'
      ? schemas.request('create')
      : scope === 'response'
        ? schemas.answer('create', 200, 'json')
        : schemas.errors[0]
  const root = find(yard)
  const request = yard.request('create')
  // A follower states only what differs: the rest is the yardstick's by definition.
  if (root === undefined || follows(contract)) return { differences: [], gaps: [] }
  const documented: DocumentedSchema = {
    resolver: own.resolver,
    root: find(own),
    shown: shownBy(contract, scope),
  }
  const result = compareSchemas(scope === 'request' ? 'request' : 'response', documented, {
    name: NAMES[yardstickName],
    resolver: yard.resolver,
    validate: yard.validate,
    root,
    echoes: new Set(request && yard.resolver.of(request).properties.keys()),
    disputed: (rule) => disputeOf(rule, yardstick.contested) !== undefined,
  })
  // A page that quotes one field of an error does not describe the others as absent.
  return scope === 'error' && documented.shown.length === 0
    ? { ...result, differences: result.differences.filter(({ isUnshown }) => isUnshown !== true) }
    : result
}

function follows(contract: Contract): boolean {
  return 'x-follows' in contract.document
}

/** The bodies that samples show, without placeholders and without what contradicts their own table. */
function shownBy(contract: Contract, scope: Scope): readonly ShownValue[] {
  return contract.samples.flatMap((sample): readonly ShownValue[] => {
    if (sample.operation !== 'create' || sample.streamed === true) return []
    const value = scope === 'request' ? sample.request : sample.response
    const failed = (sample.status ?? 200) >= 400
    if (value === undefined || (scope !== 'request' && failed !== (scope === 'error'))) return []
    const pointers =
      scope === 'request' ? requestDoubts(contract, sample) : doubts(contract, sample)
    return [{ value: withhold(value, new Set(pointers), ''), sample: sample.name, at: '' }]
  })
}

function requestDoubts(contract: Contract, sample: Sample): readonly string[] {
  if (!isObject(sample.request)) return []
  const body = { json: sample.request }
  const wire = { operation: sample.operation, method: 'POST', path: '', body } as const
  return [...sample.placeholders, ...contract.requestFlaws(wire).map(({ at }) => at)]
}

function doubts(contract: Contract, sample: Sample): readonly string[] {
  const exchange = exchangeOf(sample)
  return exchange === undefined ? [] : (contract.flaws(exchange) ?? []).map(({ at }) => at)
}

function withhold(value: Json, pointers: ReadonlySet<string>, at: string): Json {
  if (pointers.has(at) && at !== '') return WITHHELD
  if (Array.isArray(value)) {
    return value.map((entry: Json, index) => withhold(entry, pointers, `${at}/${index}`))
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withhold(inner, pointers, `${at}/${key}`)]),
  )
}

function differenceRow(
  contract: Contract,
  yardstick: Contract,
  name: YardstickName,
  scope: Scope,
  { at, says, expected, actual, rule, table, shown }: SchemaDifference,
): DocumentRow {
  const apiPath = `${scope} ${at || '/'}`
  const side = scope === 'request' ? 'request' : 'response'
  const contested = disputeOf(rule, yardstick.contested)
  const sample = contract.samples.find((one) => one.name === shown?.sample)
  return {
    provider: contract.id,
    kind: 'difference',
    feature: featureOfApiPath(apiPath),
    yardstick: name,
    at: table === undefined && shown ? `sample ${shown.sample} ${side} ${shown.at}` : apiPath,
    says,
    expected,
    actual,
    source: sourceOf(contract, table ?? sample?.source),
    ...(contested === undefined ? {} : { contested }),
  }
}

function gapRow(
  contract: Contract,
  name: YardstickName,
  scope: Scope,
  gap: Gap,
): readonly DocumentRow[] {
  const apiPath = `${scope} ${gap.at || '/'}`
  const place = gap.at === '' ? `the ${scope}` : `\`${gap.at.slice(1)}\``
  const names =
    gap.kind === 'values'
      ? gap.names
      : gap.names.filter((one) => contract.claim([`${scope} ${gap.at}/${one}`]).status === 'silent')
  if (names.length === 0) return []
  const shown = names.slice(0, 24).join(', ') + (names.length > 24 ? ', …' : '')
  const says = {
    fields: `Of ${place} the documents leave out what ${NAMES[name]} names: ${shown}.`,
    inside: `The documents say nothing about what is inside ${place}.`,
    values: `The documents do not list the values of ${place}.`,
  }[gap.kind]
  return [silence(contract, name, apiPath, says, { expected: shown })]
}

function silence(
  contract: Contract,
  yardstick: YardstickName,
  at: string,
  says: string,
  more: { readonly expected?: string } = {},
): DocumentRow {
  return {
    provider: contract.id,
    kind: 'silence',
    feature: featureOfApiPath(at),
    yardstick,
    status: 'silent',
    at,
    says,
    ...more,
    source: sourceOf(contract, undefined),
  }
}

/** SDKs append `/responses` to a base URL that usually ends in `/v1`. */
function basePath(
  contract: Contract,
  yardstick: Contract,
  name: YardstickName,
): readonly DocumentRow[] {
  const [own, other] = [contract, yardstick].map((one) => pathOf(one.profile?.baseUrl))
  if (own === undefined || other === undefined || own === other) return []
  return [
    {
      provider: contract.id,
      kind: 'difference',
      feature: 'basic',
      yardstick: name,
      at: 'operation create',
      says: `The base path is ${own || '/'}, ${NAMES[name]}'s is ${other}.`,
      expected: `${other}/responses`,
      actual: `${own}/responses`,
      source: sourceOf(contract, undefined),
    },
  ]
}

function pathOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url)
    ? new URL(url).pathname.replace(/\/$/, '')
    : undefined
}

function silentOperations(
  contract: Contract,
  yardstick: Contract,
  name: YardstickName,
): readonly DocumentRow[] {
  const silent = yardstick.operations.filter(
    (operation) => contract.claim([`operation ${operation}`]).status === 'silent',
  )
  const byFeature = new Map<string, string[]>()
  for (const operation of silent) {
    const feature = featureOfApiPath(`operation ${operation}`)
    byFeature.set(feature, [...(byFeature.get(feature) ?? []), operation])
  }
  return [...byFeature.values()].map((operations) =>
    silence(
      contract,
      name,
      `operation ${operations[0]!}`,
      `The documents do not describe ${operations.join(', ')}.`,
      { expected: operations.join(', ') },
    ),
  )
}

function silentStream(
  contract: Contract,
  yardstick: Contract,
  name: YardstickName,
): readonly DocumentRow[] {
  if (contract.events.length > 0 || yardstick.events.length === 0) return []
  const says = `The documents name none of the ${yardstick.events.length} events of a stream.`
  const first = yardstick.events.slice(0, 6).map(({ type }) => type)
  return [silence(contract, name, 'stream events', says, { expected: `${first.join(', ')}, …` })]
}
