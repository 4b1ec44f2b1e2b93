// The types of the official SDK as a document of schemas, so that they compare like any contract.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import type {
  Directive,
  Statement,
  TSGlobalDeclaration,
  TSInterfaceDeclaration,
  TSModuleDeclaration,
  TSSignature,
  TSType,
  TSTypeName,
} from 'oxc-parser'
import type { Json, JsonObject } from '../../../src/types/index.ts'

/** The modules that describe the API, by the name under which the others import them. */
const MODULES: Readonly<Record<string, string>> = {
  ResponsesAPI: 'resources/responses/responses.d.ts',
  InputItemsAPI: 'resources/responses/input-items.d.ts',
  InputTokensAPI: 'resources/responses/input-tokens.d.ts',
  ConversationsAPI: 'resources/conversations/conversations.d.ts',
  ItemsAPI: 'resources/conversations/items.d.ts',
  ModelsAPI: 'resources/models.d.ts',
  FilesAPI: 'resources/files.d.ts',
  Pagination: 'core/pagination.d.ts',
  Shared: 'resources/shared.d.ts',
}

const require = createRequire(import.meta.url)
const folder = join(require.resolve('openai'), '..')

export const sdkVersion = String((require(join(folder, 'package.json')) as JsonObject)['version'])

/** `#/components/schemas/ResponsesAPI.Response.Moderation` for `namespace Response { interface Moderation }`. */
export function documentOfTypes(): JsonObject {
  const schemas: Record<string, JsonObject> = {}
  const declared = new Map<string, (name: string) => JsonObject>()
  for (const [module, file] of Object.entries(MODULES)) {
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [name, schema] of declarations(parseSync(file, text).program.body, [module])) {
      declared.set(name, schema)
    }
  }
  for (const [name, schema] of declared) schemas[name] = schema(name)
  return { components: { schemas } }

  function declarations(
    body: readonly (Statement | Directive)[],
    scope: readonly string[],
  ): [string, (name: string) => JsonObject][] {
    return body.flatMap((statement) => {
      const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
      switch (node?.type) {
        case 'TSInterfaceDeclaration':
          return [[[...scope, node.id.name].join('.'), () => ofInterface(node, scope)]]
        case 'TSTypeAliasDeclaration':
          return [[[...scope, node.id.name].join('.'), () => ofType(node.typeAnnotation, scope)]]
        case 'TSModuleDeclaration':
          return ofModule(node, scope)
        default:
          return []
      }
    })
  }

  function ofModule(node: TSModuleDeclaration | TSGlobalDeclaration, scope: readonly string[]) {
    if (node.id.type !== 'Identifier' || node.body?.type !== 'TSModuleBlock') return []
    return declarations(node.body.body, [...scope, node.id.name])
  }

  function ofInterface(node: TSInterfaceDeclaration, scope: readonly string[]): JsonObject {
    const bases = node.extends.flatMap(({ expression }) =>
      expression.type === 'Identifier' || expression.type === 'MemberExpression'
        ? [reference(namesOf(expression as TSTypeName), scope)]
        : [],
    )
    return { ...ofMembers(node.body.body, scope), ...(bases.length > 0 ? { allOf: bases } : {}) }
  }

  function ofMembers(members: readonly TSSignature[], scope: readonly string[]): JsonObject {
    const properties: Record<string, JsonObject> = {}
    const required: string[] = []
    let rest: JsonObject | undefined
    for (const member of members) {
      if (member.type === 'TSIndexSignature') {
        rest = ofType(member.typeAnnotation.typeAnnotation, scope)
      }
      if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') continue
      const { name } = member.key
      properties[name] = member.typeAnnotation
        ? ofType(member.typeAnnotation.typeAnnotation, scope)
        : {}
      if (!member.optional) required.push(name)
    }
    return { type: 'object', properties, required, ...(rest ? { additionalProperties: rest } : {}) }
  }

  function ofType(type: TSType, scope: readonly string[]): JsonObject {
    switch (type.type) {
      case 'TSStringKeyword':
        return { type: 'string' }
      case 'TSNumberKeyword':
        return { type: 'number' }
      case 'TSBooleanKeyword':
        return { type: 'boolean' }
      case 'TSNullKeyword':
        return { type: 'null' }
      case 'TSLiteralType':
        return type.literal.type === 'Literal' ? { const: type.literal.value as Json } : {}
      case 'TSArrayType':
        return { type: 'array', items: ofType(type.elementType, scope) }
      case 'TSUnionType':
        return { oneOf: type.types.map((member) => ofType(member, scope)) }
      case 'TSIntersectionType':
        // `string & {}`: any string, beside those that are named.
        return ofType(type.types[0]!, scope)
      case 'TSParenthesizedType':
        return ofType(type.typeAnnotation, scope)
      case 'TSTypeLiteral':
        return ofMembers(type.members, scope)
      case 'TSTypeReference': {
        const names = namesOf(type.typeName)
        const inside = type.typeArguments?.params[0]
        if (names[0] === 'Array' && inside) return { type: 'array', items: ofType(inside, scope) }
        return reference(names, scope)
      }
      default:
        return {}
    }
  }

  /** The innermost declaration of that name; anything when it is outside of the API. */
  function reference(names: readonly string[], scope: readonly string[]): JsonObject {
    // A name without a module is searched for from the inside out, then among the imports.
    const places =
      String(names[0]) in MODULES
        ? [[]]
        : [
            ...scope.map((_, index) => scope.slice(0, scope.length - index)),
            ...Object.keys(MODULES).map((module) => [module]),
          ]
    const found = places
      .map((place) => [...place, ...names].join('.'))
      .find((name) => declared.has(name))
    return found === undefined ? {} : { $ref: `#/components/schemas/${found}` }
  }
}

function namesOf(name: TSTypeName): readonly string[] {
  if (name.type === 'Identifier') return [name.name]
  if (name.type === 'TSQualifiedName') return [...namesOf(name.left), name.right.name]
  return []
}
