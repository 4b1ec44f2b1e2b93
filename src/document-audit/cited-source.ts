// The source of a contract's facts: title, URL and day of reading.

import { isObject } from '../base/json.ts'
import type { Contract, DocumentRow, JsonObject, Source } from '../types/index.ts'
import { operationSchemasOf } from '../contract/operation-schemas.ts'

/** The source of a row: a source's id, or the `x-source` that a pointer into the contract inherits. */
export function sourceOf(contract: Contract, reference: string | undefined): DocumentRow['source'] {
  const id = reference?.startsWith('#') ? inherited(contract, reference) : reference
  const source = contract.sources.find((one) => one.id === id) ?? mainSource(contract)
  if (source === undefined) return { title: contract.title, url: '' }
  return {
    title: source.unverified === true ? `${source.title} (not re-read)` : source.title,
    url: source.url,
    ...(source.edition === undefined ? {} : { edition: source.edition }),
    retrieved: source.retrieved,
    ...(source.kind === 'page' || source.kind === 'code' ? { kind: source.kind } : {}),
  }
}

function mainSource(contract: Contract): Source | undefined {
  return contract.sources.find(({ kind }) => kind === 'document') ?? contract.sources[0]
}

function inherited(contract: Contract, pointer: string): string | undefined {
  const { resolver } = operationSchemasOf(contract)
  for (let at = pointer; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const schema: JsonObject | undefined = resolver.at(at)?.schema
    if (isObject(schema) && typeof schema['x-source'] === 'string') return schema['x-source']
  }
  return undefined
}
