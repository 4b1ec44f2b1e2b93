// Finds where documents contradict themselves: samples and their tables, defaults and their types, a request
// and its answer, and what the contract declares because no rule can find it.

import { field, isObject, show, token, spell } from '../base/json.ts'
import type { Contract, DocumentRow, Finding, Json, JsonObject, Sample } from '../types/index.ts'
import { operationSchemasOf } from '../contract/operation-schemas.ts'
import { featureOfApiPath } from './feature-of.ts'
import { isPlaceholder } from '../schema/counterpart-field.ts'
import { sourceOf } from './cited-source.ts'
import { authSchemesOf } from '../contract/provider-connection.ts'
import { exchangeOf } from '../contract/samples.ts'
import { describeValue } from '../schema/describe.ts'

export function contradictionsOf(contract: Contract): readonly DocumentRow[] {
  return [
    ...contract.samples.flatMap((sample) => ofSample(contract, sample)),
    ...ofSchemas(contract),
    ...ofAuth(contract),
    ...declared(contract),
  ]
}

type Part = Omit<DocumentRow, 'provider' | 'kind'>

function row(contract: Contract, part: Part): DocumentRow {
  return { provider: contract.id, kind: 'contradiction', weight: 'material', ...part }
}

function ofSample(contract: Contract, sample: Sample): readonly DocumentRow[] {
  const rows: DocumentRow[] = []
  const source = sourceOf(contract, sample.source)
  const tell = (
    side: 'request' | 'response',
    at: string,
    part: Omit<Part, 'feature' | 'at' | 'source'>,
  ) =>
    rows.push(
      row(contract, {
        ...part,
        feature: featureOfApiPath(`${(sample.status ?? 200) >= 400 ? 'error' : side} ${at}`),
        at: `sample ${sample.name} ${side} ${at}`,
        source,
      }),
    )

  const { request } = sample
  if (isObject(request)) {
    const wire = {
      operation: sample.operation,
      method: 'POST',
      path: '',
      body: { json: request },
    } as const
    const held = (at: string) => sample.placeholders.some((one) => `${at}/`.startsWith(`${one}/`))
    for (const flaw of contract.requestFlaws(wire)) {
      const { at, expected, actual } = flaw
      if (held(at)) continue
      const says = departure('request', flaw)
      tell('request', at, { says, expected, actual })
    }
    for (const at of contract.undocumented(wire)) {
      if (held(at)) continue
      const says = `The sample sends \`${nameAt(at)}\`, which the table does not have.`
      tell('request', at, {
        says,
        weight: 'trivial',
        expected: 'a tabled field',
        actual: show(field(request, at)),
      })
    }
    for (const at of sample.placeholders) {
      const actual = show(field(request, at))
      const says = `The sample sends ${actual} as \`${nameAt(at)}\`: a placeholder of the generator, no value.`
      tell('request', at, {
        says,
        weight: 'trivial',
        expected: 'a value that can be sent',
        actual,
      })
    }
  }

  const exchange = exchangeOf(sample)
  if (exchange !== undefined) {
    for (const flaw of contract.flaws(exchange) ?? []) {
      const { at, expected, actual } = flaw
      const says = departure('answer', flaw)
      tell('response', at, { says, expected, actual })
    }
    for (const { at, expected, actual } of contract.unknownFields(exchange)) {
      const says = `The sample's answer has \`${nameAt(at)}\`, which the table does not have.`
      tell('response', at, { says, weight: 'trivial', expected, actual })
    }
    for (const { at, value } of leaves(sample.response!, '')) {
      if (!isPlaceholder(value)) continue
      const says = `The sample's answer has ${show(value)} as \`${nameAt(at)}\`: a placeholder of the generator, no value.`
      tell('response', at, {
        says,
        weight: 'trivial',
        expected: 'a value',
        actual: show(value),
      })
    }
  }
  if (isObject(request) && isObject(sample.response)) {
    for (const { at, asked, answered } of echoes(request, sample.response)) {
      if (sample.placeholders.some((one) => `${at}/`.startsWith(`${one}/`))) continue
      const says = `The sample asks for ${show(asked)} as \`${nameAt(at)}\`, and its answer reports ${show(answered)}.`
      tell('response', at, { says, expected: show(asked), actual: show(answered) })
    }
    const limit = request['max_output_tokens']
    const spent = field(sample.response, '/usage/output_tokens')
    const { status } = sample.response
    if (typeof limit === 'number' && typeof spent === 'number' && spent > limit) {
      if (status === 'completed') {
        const says = `The sample allows ${limit} output tokens, and its answer spends ${spent} and is "completed".`
        tell('response', '/usage/output_tokens', {
          says,
          expected: `at most ${limit}, or status "incomplete"`,
          actual: `${spent}, "completed"`,
        })
      }
    }
  }
  return rows
}

function departure(part: string, { at, expected, actual, kind }: Finding): string {
  return kind === 'absent'
    ? `The sample's ${part} leaves out \`${nameAt(at)}\`, which the table requires.`
    : `The sample's ${part} has ${actual} where the table asks for ${expected}.`
}

/** Settings that the request and the answer of a sample both have, and that differ. */
function echoes(request: JsonObject, response: JsonObject) {
  return Object.keys(request)
    .filter((key) => key in response && !['input', 'metadata'].includes(key))
    .flatMap((key) => differing(request[key]!, response[key]!, `/${token(key)}`))
    .filter(({ at, asked, answered }) => at !== '/model' || !isDated(asked, answered))
}

function differing(
  asked: Json,
  answered: Json,
  at: string,
): readonly { readonly at: string; readonly asked: Json; readonly answered: Json }[] {
  if (isObject(asked) && isObject(answered)) {
    return Object.keys(asked)
      .filter((key) => key in answered)
      .flatMap((key) => differing(asked[key]!, answered[key]!, `${at}/${token(key)}`))
  }
  const plain = [asked, answered].every((one) => one !== null && typeof one !== 'object')
  // `auto` leaves the choice to the server, which reports it.
  return plain && asked !== answered && asked !== 'auto' ? [{ at, asked, answered }] : []
}

/** `gpt-4o` answered as `gpt-4o-2024-08-06`: an alias, resolved. */
function isDated(asked: Json, answered: Json): boolean {
  return typeof answered === 'string' && typeof asked === 'string' && answered.startsWith(asked)
}

/** Defaults and examples of the tables against the types of the same tables. */
function ofSchemas(contract: Contract): readonly DocumentRow[] {
  const { resolver, validate, request, answer } = operationSchemasOf(contract)
  const roots = [
    ['request', request('create')],
    ['response', answer('create', 200, 'json')],
  ] as const
  // Only what the contract itself states: a follower does not answer for the yardstick.
  if ('x-follows' in contract.document) return []
  return roots.flatMap(([side, root]) => {
    if (root === undefined) return []
    return [...resolver.of(root).properties].flatMap(([key, node]) => {
      const at = `/${token(key)}`
      const shown: readonly (readonly [string, Json])[] = [
        ...('default' in node.schema ? [['default', node.schema['default']!] as const] : []),
        ...(Array.isArray(node.schema['examples']) ? (node.schema['examples'] as Json[]) : []).map(
          (value) => ['example', value] as const,
        ),
      ]
      return shown.flatMap(([what, value]) => {
        const [violation] = validate(node, value)
        if (violation === undefined) return []
        const actual = describeValue(value)
        const says = `The documented ${what} of \`${key}\` is ${actual}, and its type asks for ${violation.expected}.`
        const feature = featureOfApiPath(`${side} ${at}`)
        const source = sourceOf(contract, node.at)
        return [
          row(contract, {
            feature,
            weight: 'trivial',
            at: `${side} ${at}`,
            says,
            expected: violation.expected,
            actual,
            source,
          }),
        ]
      })
    })
  })
}

/** Every scheme that the documents offer against those of the operation's own table. */
function ofAuth(contract: Contract): readonly DocumentRow[] {
  const document = contract.document as unknown as JsonObject
  const create = operationSchemasOf(contract).entries.find(
    ({ operation }) => operation === 'create',
  )
  const table = create?.node.schema['security']
  if (table === undefined) return []
  const offered = authSchemesOf(document, document['security']).map(({ header }) => header)
  const tabled = authSchemesOf(document, table).map(({ header }) => header)
  const missing = offered.filter((header) => !tabled.includes(header))
  return missing.map((header) => {
    const claim = contract.claim([`auth ${header}`])
    return row(contract, {
      feature: 'auth',
      at: `auth ${header}`,
      says: `The documents offer ${offered.join(' and ')}; the table of the operation has ${tabled.join(' and ') || 'none'}.`,
      expected: offered.join(', '),
      actual: tabled.join(', ') || 'none',
      ...(claim.words === undefined ? {} : { quote: claim.words }),
      source: sourceOf(contract, claim.source),
    })
  })
}

function declared(contract: Contract): readonly DocumentRow[] {
  const list = (contract.document as unknown as JsonObject)['x-contradictions']
  const entries = Array.isArray(list) ? list.filter(isObject) : []
  return entries.map(({ at, says, words, source, against, weight }) => {
    const other = isObject(against) ? against['words'] : undefined
    return row(contract, {
      feature: featureOfApiPath(spell(at)),
      at: spell(at),
      says: spell(says),
      ...(weight === 'trivial' ? { weight } : {}),
      ...(typeof words === 'string' ? { quote: words } : {}),
      ...(typeof other === 'string' ? { actual: other } : {}),
      source: sourceOf(contract, typeof source === 'string' ? source : undefined),
    })
  })
}

function leaves(value: Json, at: string): readonly { readonly value: Json; readonly at: string }[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: Json, index) => leaves(entry, `${at}/${index}`))
  }
  if (!isObject(value)) return [{ value, at }]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${at}/${token(key)}`))
}

function nameAt(pointer: string): string {
  return pointer.split('/').findLast((step) => !/^\d+$/.test(step)) ?? pointer
}
