// What one of two descriptions has and the other lacks: fields, values, variants of unions.
//
// Both sides are sets of schemas, since what one side describes in one piece the other may
// describe in several (a message has three types in the SDK and two schemas in the contract).

import type { SchemaNode, SchemaResolver } from '../../../src/schema/resolved-schema.ts'
import type { Json, JsonType } from '../../../src/types/index.ts'

interface DriftSide {
  readonly shapes: SchemaResolver
  readonly nodes: readonly SchemaNode[]
}

/** One alternative, everything that holds for it gathered. */
interface Leaf {
  readonly at: string
  readonly type: JsonType
  readonly values: readonly Json[] | undefined
  readonly properties: ReadonlyMap<string, readonly SchemaNode[]>
  readonly required: ReadonlySet<string>
  readonly items: readonly SchemaNode[]
  readonly rest: readonly SchemaNode[]
  /** What its `type` may be. */
  readonly tags: readonly string[]
}

/** The differences below two schemas, each a line; `place` names the schema when it has no name of its own. */
export function compareDrift(
  contract: DriftSide,
  types: DriftSide,
  place?: string,
): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<string>()

  function compare(ours: readonly SchemaNode[], theirs: readonly SchemaNode[], name: string): void {
    const pair = [ours, theirs].map((nodes) => nodes.map(({ at }) => at).join(' ')).join(' | ')
    if (seen.has(pair)) return
    seen.add(pair)
    const left = leavesOf(contract.shapes, ours)
    const right = leavesOf(types.shapes, theirs)
    // Where one side allows anything, there is nothing to compare.
    if (left === undefined || right === undefined) return
    for (const type of new Set([...left, ...right].map((leaf) => leaf.type))) {
      const one = left.filter((leaf) => leaf.type === type)
      const other = right.filter((leaf) => leaf.type === type)
      if (one.length === 0) found.add(`${name} may be ${type} only in the types`)
      else if (other.length === 0) found.add(`${name} may be ${type} only in the contract`)
      else if (type === 'object') compareObjects(one, other, name)
      else if (type === 'array') compareLists(one, other, name, 'items')
      else if (type === 'string') compareValues(one, other, name)
    }
  }

  function compareValues(ours: readonly Leaf[], theirs: readonly Leaf[], name: string): void {
    const [left, right] = [ours, theirs].map(valuesOf)
    if (left === undefined && right === undefined) return
    if (left === undefined) found.add(`${name} is limited to values only in the types`)
    else if (right === undefined) found.add(`${name} is limited to values only in the contract`)
    else oneSided(left, right, (value, side) => `value ${name} = ${value} ${side}`)
  }

  function compareLists(
    ours: readonly Leaf[],
    theirs: readonly Leaf[],
    name: string,
    word: 'items' | 'rest',
  ): void {
    const [left, right] = [ours, theirs].map((leaves) => leaves.flatMap((leaf) => leaf[word]))
    if (left!.length > 0 && right!.length > 0) compare(left!, right!, `${name}/*`)
  }

  function compareObjects(ours: readonly Leaf[], theirs: readonly Leaf[], name: string): void {
    const [left, right] = [byTag(ours), byTag(theirs)]
    const union = left.size > 1 || right.size > 1
    if (union) {
      oneSided(
        [...left.keys()],
        [...right.keys()],
        (tag, side) => `variant ${name}: ${tag} ${side}`,
      )
    }
    for (const [tag, leaves] of left) {
      const other = right.get(tag)
      const below = nameOf(leaves[0]!.at) ?? name
      if (other !== undefined) compareFields(leaves, other, below, union ? ['type'] : [])
    }
  }

  function compareFields(
    ours: readonly Leaf[],
    theirs: readonly Leaf[],
    name: string,
    compared: readonly string[],
  ): void {
    const [left, right] = [fieldsOf(ours), fieldsOf(theirs)]
    // An object without fields promises nothing about what is inside.
    if (left.size > 0 && right.size > 0) {
      oneSided([...left.keys()], [...right.keys()], (key, side) => `field ${name}/${key} ${side}`)
    }
    for (const [key, nodes] of left) {
      const other = right.get(key)
      if (other === undefined) continue
      if (!compared.includes(key)) compare(nodes, other, `${name}/${key}`)
      const [here, there] = [ours, theirs].map((leaves) =>
        leaves.every(({ required }) => required.has(key)),
      )
      if (here !== there)
        found.add(`${name}/${key} is required only in the ${here ? 'contract' : 'types'}`)
    }
    compareLists(ours, theirs, name, 'rest')
  }

  function oneSided(
    left: readonly Json[],
    right: readonly Json[],
    say: (value: string, side: string) => string,
  ): void {
    const line = (from: readonly Json[], other: readonly Json[], side: string) => {
      for (const one of from) if (!other.includes(one)) found.add(say(String(one), side))
    }
    line(left, right, 'only in the contract')
    line(right, left, 'only in the types')
  }

  compare(contract.nodes, types.nodes, place ?? nameOf(contract.nodes[0]!.at) ?? '')
  return [...found].toSorted()
}

/** The alternatives of schemas; undefined when one of them allows anything. */
function leavesOf(
  shapes: SchemaResolver,
  nodes: readonly SchemaNode[],
  outer?: Leaf,
): readonly Leaf[] | undefined {
  const all = nodes.map((node) => leavesOfOne(shapes, node, outer))
  return all.includes(undefined) ? undefined : all.flatMap((leaves) => leaves ?? [])
}

function leavesOfOne(
  shapes: SchemaResolver,
  node: SchemaNode,
  outer?: Leaf,
): readonly Leaf[] | undefined {
  const shape = shapes.of(node)
  const at = shape.parts.map((part) => part.at).find((one) => nameOf(one) !== undefined) ?? node.at
  const gathered: Omit<Leaf, 'type'> = {
    at,
    values: shape.values,
    properties: new Map([
      ...(outer?.properties ?? []),
      ...[...shape.properties].map(([key, child]) => [key, [child]] as const),
    ]),
    tags: tagsOf(shapes, shape.properties.get('type')),
    required: shape.required,
    items: shape.items === undefined ? [] : [shape.items],
    rest: typeof shape.rest === 'object' ? [shape.rest] : [],
  }
  if (shape.branches.length > 0) {
    return leavesOf(shapes, shape.branches, { ...gathered, type: 'object' })
  }
  if (shape.types === undefined) return undefined
  // TypeScript has one kind of number.
  const types = new Set([...shape.types].map((type) => (type === 'integer' ? 'number' : type)))
  return [...types].map((type) => ({ ...gathered, type }))
}

/** `Response` for a component; undefined for what has no name. */
function nameOf(at: string): string | undefined {
  return /^#\/components\/schemas\/([^/]+)$/.exec(at)?.[1]
}

function valuesOf(leaves: readonly Leaf[]): readonly Json[] | undefined {
  const all = leaves.map((leaf) => leaf.values?.filter((value) => value !== null))
  return all.includes(undefined) ? undefined : [...new Set(all.flatMap((values) => values ?? []))]
}

function tagsOf(shapes: SchemaResolver, node: SchemaNode | undefined): readonly string[] {
  const values =
    node && valuesOf(leavesOf(shapes, [node])?.filter(({ type }) => type !== 'null') ?? [])
  return values === undefined || values.length === 0 ? [''] : values.map(String)
}

function byTag(leaves: readonly Leaf[]): ReadonlyMap<string, readonly Leaf[]> {
  const groups = new Map<string, Leaf[]>()
  for (const leaf of leaves) {
    for (const tag of leaf.tags) groups.set(tag, [...(groups.get(tag) ?? []), leaf])
  }
  return groups
}

function fieldsOf(leaves: readonly Leaf[]): ReadonlyMap<string, readonly SchemaNode[]> {
  const fields = new Map<string, readonly SchemaNode[]>()
  for (const { properties } of leaves) {
    for (const [key, nodes] of properties) fields.set(key, [...(fields.get(key) ?? []), ...nodes])
  }
  return fields
}
