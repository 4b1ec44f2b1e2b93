// OpenAI's contract against the types of the installed SDK.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { loadContract } from '../../../src/contract/file/load.ts'
import { createSchemaResolver, type SchemaNode } from '../../../src/schema/resolved-schema.ts'
import type { JsonObject, Operation } from '../../../src/types/index.ts'
import { compareDrift } from './compare.ts'
import { documentOfTypes } from './types.ts'

/** Contract schema and SDK type that describe the same thing; what they refer to follows. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['CreateRequest', 'ResponsesAPI.ResponseCreateParamsBase'],
  ['Response', 'ResponsesAPI.Response'],
  ['StreamEvent', 'ResponsesAPI.ResponseStreamEvent'],
  ['InputTokensRequest', 'InputTokensAPI.InputTokenCountParams'],
  ['InputTokens', 'InputTokensAPI.InputTokenCountResponse'],
  ['CompactRequest', 'ResponsesAPI.ResponseCompactParams'],
  ['CompactedResponse', 'ResponsesAPI.CompactedResponse'],
  ['InputItemList', 'InputItemsAPI.ResponseItemList'],
  ['CreateConversationRequest', 'ConversationsAPI.ConversationCreateParams'],
  ['UpdateConversationRequest', 'ConversationsAPI.ConversationUpdateParams'],
  ['Conversation', 'ConversationsAPI.Conversation'],
  ['DeletedConversation', 'ConversationsAPI.ConversationDeletedResource'],
  ['CreateItemsRequest', 'ItemsAPI.ItemCreateParams'],
  ['ConversationItemList', 'ItemsAPI.ConversationItemList'],
  ['ClientFrame', 'ResponsesAPI.ResponsesClientEvent'],
  ['ServerFrame', 'ResponsesAPI.ResponsesServerEvent'],
  ['Model', 'ModelsAPI.Model'],
  ['UploadRequest', 'FilesAPI.FileCreateParams'],
  ['File', 'FilesAPI.FileObject'],
  ['ErrorObject', 'Shared.ErrorObject'],
]

/** Operations and the type of their query parameters. */
const QUERIES: readonly (readonly [Operation, string])[] = [
  ['retrieve', 'ResponsesAPI.ResponseRetrieveParamsBase'],
  ['input-items', 'InputItemsAPI.InputItemListParams'],
  ['list-conversation-items', 'ItemsAPI.ItemListParams'],
]

export function openai(): JsonObject {
  return loadContract('openai').document as unknown as JsonObject
}

/** Every field, value and variant that one side has and the other lacks, a line each. */
export function drift(document: JsonObject): readonly string[] {
  const contract = createSchemaResolver(document)
  const types = createSchemaResolver(documentOfTypes())
  const typeOf = (name: string): SchemaNode => named(types.at(`#/components/schemas/${name}`), name)
  const bodies = PAIRS.flatMap(([ours, theirs]) =>
    compareDrift(
      { shapes: contract, nodes: [named(contract.at(`#/components/schemas/${ours}`), ours)] },
      { shapes: types, nodes: [typeOf(theirs)] },
    ),
  )
  const queries = QUERIES.flatMap(([operation, theirs]) =>
    compareDrift(
      { shapes: contract, nodes: [queryOf(document, operation)] },
      { shapes: types, nodes: [typeOf(theirs)] },
      `${operation}?`,
    ),
  )
  return [...new Set([...bodies, ...queries])].toSorted()
}

/** The differences that are meant, each with its reason. */
export function knownDrift(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('known.yaml', import.meta.url), 'utf8')
  const groups = parse(text) as readonly { because: string; differences: readonly string[] }[]
  return new Map(
    groups.flatMap(({ because, differences: all }) => all.map((one) => [one, because])),
  )
}

function named(node: SchemaNode | undefined, name: string): SchemaNode {
  if (node === undefined) throw new Error(`Nothing is called ${name}.`)
  return node
}

/** The query parameters of an operation as one object. */
function queryOf(document: JsonObject, operation: Operation): SchemaNode {
  const paths = Object.values(document['paths'] as Record<string, Record<string, JsonObject>>)
  const found = paths
    .flatMap((path) => Object.values(path))
    .find(({ operationId }) => operationId === operation)
  const components = document['components'] as { parameters: Record<string, JsonObject> }
  const parameters = (found?.['parameters'] ?? []) as readonly JsonObject[]
  const query = parameters
    .map((one) => components.parameters[String(one['$ref']).split('/').at(-1)!] ?? one)
    .filter((one) => one['in'] === 'query')
  const properties = Object.fromEntries(query.map((one) => [String(one['name']), one['schema']!]))
  return { schema: { type: 'object', properties }, at: `#/query/${operation}` }
}
