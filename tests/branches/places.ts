// The places of the suites that produce a finding, found in the source: an object literal with
// `expected` and `actual`, or the call of a function that is declared to return findings or a
// judgement. Of nested ones the innermost counts: `violated({ … })` is one place.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync, type Node } from 'oxc-parser'
import type { Plugin } from 'vitest/config'
import { packageRoot } from '../../src/base/package-root.ts'

export interface Place {
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

/** These never accuse. */
const HARMLESS = ['moot', 'unsure', 'refused']

const RETURNS_FINDINGS = /\b(?:Judgement|Finding|LawFinding|Mistake)\b/
/** The needs of clients call a finding without its step so. */
const RETURNS_FOUND = /\b(?:Judgement|Finding|Found)\b/

/** The files whose places count. */
export function listFiles(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.suite)\.ts$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  ).toSorted()
}

export function findPlaces(file: string, code: string): readonly Place[] {
  const imported = importedInto(file, code).filter((name) => listProducers().includes(name))
  const producers = new Set([...imported, ...producersOf(file, code)])
  const places: Place[] = []
  /** Whether there is a place in this node. */
  function visit(node: Node): boolean {
    const isInside = childrenOf(node).map(visit).includes(true)
    if (isInside) return true
    const shown = sourceOf(node, code, producers)
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
      const recorder = JSON.stringify(`${packageRoot}/tests/branches/record.ts`)
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

let shared: readonly string[] | undefined

/** The names of all functions at the top of a file that return findings or judgements. */
function listProducers(): readonly string[] {
  shared ??= listFiles().flatMap((file) => {
    const code = readFileSync(join(packageRoot, file), 'utf8')
    // Parsing is the dear part, and most files export a check and nothing else.
    return /^export (?:function|const)/m.test(code) ? producersOf(file, code, 'exported') : []
  })
  return shared
}

function producersOf(file: string, code: string, which: 'exported' | 'all' = 'all') {
  const returns = file.startsWith('suites/clients/needs/') ? RETURNS_FOUND : RETURNS_FINDINGS
  const names: string[] = []
  const note = (name: string, type: Node | null | undefined): void => {
    if (!type || HARMLESS.includes(name)) return
    if (returns.test(code.slice(type.start, type.end))) names.push(name)
  }
  function visit(node: Node): void {
    if (which === 'exported' && node.type === 'ExportNamedDeclaration' && node.declaration) {
      return look(node.declaration)
    }
    if (which === 'all') look(node)
    childrenOf(node).forEach(visit)
  }
  function look(node: Node): void {
    if (node.type === 'FunctionDeclaration' && node.id) note(node.id.name, node.returnType)
    if (node.type === 'VariableDeclaration') node.declarations.forEach(look)
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      if (node.init?.type === 'ArrowFunctionExpression') note(node.id.name, node.init.returnType)
    }
  }
  visit(parse(file, code))
  return names
}

function importedInto(file: string, code: string): readonly string[] {
  return childrenOf(parse(file, code)).flatMap((node) =>
    node.type === 'ImportDeclaration' ? node.specifiers.map(({ local }) => local.name) : [],
  )
}

/** How a place is shown; undefined where the node is none. */
function sourceOf(node: Node, code: string, producers: ReadonlySet<string>): string | undefined {
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
    return producers.has(node.callee.name) ? code.slice(node.start, node.end) : undefined
  }
  if (node.type !== 'ObjectExpression') return undefined
  const named = (name: string): Node | undefined =>
    node.properties.find(
      (one) => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === name,
    )
  const expected = named('expected')
  if (expected === undefined || named('actual') === undefined) return undefined
  return code.slice(expected.start, expected.end)
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
