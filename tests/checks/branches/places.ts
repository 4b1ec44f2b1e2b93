// The places of the suites that produce a finding, found in the source: an object literal with
// `expected` and `actual`, or the call of a function that is declared to return findings or a
// judgement. Of nested ones the innermost counts: `violated({ … })` is one place.

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { parseSync, type Node } from 'oxc-parser'
import type { Plugin } from 'vitest/config'
import { packageRoot } from '../../../src/base/package-root.ts'

export interface AccusingPlace {
  /** `<file>:<line>:<column>` */
  readonly id: string
  /** From the package root. */
  readonly file: string
  readonly line: number
  /** What is expected there, or the call, on one line. */
  readonly source: string
  readonly start: number
  readonly end: number
}

const FOLDERS = ['suites', 'src/authoring', 'src/stream/rules']

/** What a function returns that accuses; findings without their step yet have names of their own. */
const FINDINGS = /\b(?:Judgement|\w*Finding|RuleViolation)\b/

/** The files whose places count. */
export function listFiles(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.suite)\.ts$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  ).toSorted()
}

export function findPlaces(file: string, code: string): readonly AccusingPlace[] {
  const resolve = resolverOf(file, code)
  const producers = producersAmong(judgesOf(file, code), sharedProducers())
  const produces = (name: string): boolean => producers.has(resolve(name))
  const places: AccusingPlace[] = []
  /** Whether there is a place in this node. */
  function visit(node: Node): boolean {
    const isInside = childrenOf(node).map(visit).includes(true)
    if (isInside) return true
    const shown = sourceOf(node, code, produces)
    if (shown === undefined) return false
    const before = code.slice(0, node.start)
    const line = before.split('\n').length
    const column = node.start - before.lastIndexOf('\n')
    const source = shown.replace(/\s+/g, ' ').slice(0, 120)
    const { start, end } = node
    places.push({ id: `${file}:${line}:${column}`, file, line, source, start, end })
    return true
  }
  visit(parse(file, code))
  return places
}

/** Watches every place while the tests run. */
export function watchPlaces(): Plugin {
  const files = new Set(listFiles())
  return {
    name: 'watch-places',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(packageRoot, id.split('?')[0]!).replaceAll('\\', '/')
      if (!files.has(file)) return undefined
      const recorder = JSON.stringify(`${packageRoot}/tests/checks/branches/record.ts`)
      let watched = code
      for (const { id: place, start, end } of findPlaces(file, code).toSorted(
        (a, b) => b.start - a.start,
      )) {
        const inner = watched.slice(start, end)
        watched = `${watched.slice(0, start)}__watchPlace(${JSON.stringify(place)}, ${inner})${watched.slice(end)}`
      }
      return {
        code: `import { watchPlace as __watchPlace } from ${recorder};${watched}`,
        map: null,
      }
    },
  }
}

/** A function that is declared to return findings or a judgement; functions are named `<file>#<name>`. */
interface Judge {
  readonly name: string
  /** The functions that it calls. */
  readonly calls: ReadonlySet<string>
  /** Whether there is a finding in its own body. */
  readonly accuses: boolean
}

/** The constructors that make findings a judgement. */
const MAKERS: ReadonlySet<string> = new Set(
  ['violated', 'ignored'].map((name) => `src/authoring/define.ts#${name}`),
)

/** Those whose findings come from a literal or from a producer, by whatever way: `unsure` and its like are none. */
function producersAmong(judges: readonly Judge[], known: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(known)
  for (let before = -1; before !== names.size;) {
    before = names.size
    for (const { name, accuses, calls } of judges) {
      if (accuses || [...calls].some((call) => names.has(call))) names.add(name)
    }
  }
  return names
}

let shared: ReadonlySet<string> | undefined

/** The producers of all files that may export one. */
function sharedProducers(): ReadonlySet<string> {
  shared ??= producersAmong(
    listFiles().flatMap((file) => {
      const code = readFileSync(join(packageRoot, file), 'utf8')
      // Parsing is the dear part, and most files export a check and nothing else.
      return /^export (?:function|const)/m.test(code) ? judgesOf(file, code) : []
    }),
    MAKERS,
  )
  return shared
}

/** Finds the file in which a name of this file was declared. */
function resolverOf(file: string, code: string): (name: string) => string {
  const imported = new Map<string, string>()
  for (const node of childrenOf(parse(file, code))) {
    if (node.type !== 'ImportDeclaration') continue
    const from = posix.join(posix.dirname(file), node.source.value)
    for (const one of node.specifiers) {
      if (one.type !== 'ImportSpecifier' || one.imported.type !== 'Identifier') continue
      imported.set(one.local.name, `${from}#${one.imported.name}`)
    }
  }
  return (name) => imported.get(name) ?? `${file}#${name}`
}

function judgesOf(file: string, code: string): readonly Judge[] {
  const judges: Judge[] = []
  const resolve = resolverOf(file, code)
  function note(name: string, func: Node, type: Node | null | undefined): void {
    if (!type) return
    const returns = code.slice(type.start, type.end)
    if (!FINDINGS.test(returns)) return
    const calls = new Set<string>()
    let accuses = false
    const look = (node: Node): void => {
      if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
        calls.add(resolve(node.callee.name))
      }
      accuses ||= expectedIn(node) !== undefined
      childrenOf(node).forEach(look)
    }
    look(func)
    judges.push({ name: resolve(name), calls, accuses })
  }
  function visit(node: Node): void {
    if (node.type === 'FunctionDeclaration' && node.id) note(node.id.name, node, node.returnType)
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      const { id, init } = node
      if (init?.type === 'ArrowFunctionExpression') note(id.name, init, init.returnType)
    }
    childrenOf(node).forEach(visit)
  }
  visit(parse(file, code))
  return judges
}

/** How a place is shown; undefined where the node is none. */
function sourceOf(
  node: Node,
  code: string,
  produces: (name: string) => boolean,
): string | undefined {
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
    return produces(node.callee.name) ? code.slice(node.start, node.end) : undefined
  }
  const expected = expectedIn(node)
  if (expected?.type !== 'Property') return undefined
  const { start, end } = expected.shorthand ? node : expected
  return code.slice(start, end)
}

/** What the literal of a finding expects. */
function expectedIn(node: Node): Node | undefined {
  if (node.type !== 'ObjectExpression') return undefined
  const named = (name: string): Node | undefined =>
    node.properties.find(
      (one) => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === name,
    )
  return named('actual') === undefined ? undefined : named('expected')
}

const parsed = new Map<string, Node>()

function parse(file: string, code: string): Node {
  const known = parsed.get(code)
  if (known !== undefined) return known
  const { program, errors } = parseSync(file, code)
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`)
  parsed.set(code, program)
  return program
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node as object)
    .flat()
    .filter(
      (value): value is Node => typeof value === 'object' && value !== null && 'type' in value,
    )
}
