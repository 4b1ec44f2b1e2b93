// A long YAML document read by need: its paths and its components are parsed one by one when somebody
// asks for them. Parsing OpenAI's whole document takes two seconds, what it reaches a fifth of that.

import { isObject } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'

type ParseYaml = (text: string, file: string, line: number) => Json | undefined

/** A key of a block mapping with the lines that belong to it. */
interface Section {
  readonly key: string
  readonly from: number
  readonly to: number
}

/** Sections whose entries are read by need, by their pointers; `*` stands for any key. */
const BY_NEED = ['/paths', '/components', '/components/*', '/definitions', '/webhooks']

/**
 * The document, with entries that are parsed when they are read; undefined where the text is not
 * written in the plain block form that lets its sections be told apart.
 */
export function readSections(
  lines: readonly string[],
  file: string,
  parse: ParseYaml,
): JsonObject | undefined {
  // What is anchored in one section may be meant in another; a second document or a directive may follow.
  if (hasAliases(lines) || lines.some((line) => /^(---|\.\.\.|%)/.test(line))) return undefined

  function mapping(from: number, to: number, pointer: string): JsonObject | undefined {
    const sections = sectionsOf(lines, from, to)
    if (sections === undefined) return undefined
    const object: Record<string, Json> = {}
    for (const section of sections) {
      let known: { readonly value: Json | undefined } | undefined
      Object.defineProperty(object, section.key, {
        enumerable: true,
        configurable: true,
        get: () => (known ??= { value: read(section, pointer) }).value,
      })
    }
    return object
  }

  function read({ key, from, to }: Section, pointer: string): Json | undefined {
    const below = `${pointer}/${pointer === '/components' ? '*' : key}`
    const opens = /:\s*(#.*)?$/.test(lines[from]!)
    const inner = BY_NEED.includes(below) && opens ? mapping(from + 1, to, below) : undefined
    if (inner !== undefined) return inner
    const parsed = parse(lines.slice(from, to).join('\n'), file, from)
    return isObject(parsed) ? Object.values(parsed)[0] : undefined
  }

  return mapping(0, lines.length, '')
}

/** What looks like an anchor, or like an alias of one. */
const NAMED = /(?:^|[:\-[,{]) *([&*])([A-Za-z0-9_][^\s,[\]{}]*)/g

/** Whether a name is anchored and meant somewhere: code in texts has the one or the other. */
function hasAliases(lines: readonly string[]): boolean {
  const names = { '&': new Set<string>(), '*': new Set<string>() }
  for (const line of lines) {
    if (!/[&*]/.test(line)) continue
    for (const [, sign, name] of line.matchAll(NAMED)) names[sign as '&' | '*'].add(name!)
  }
  return [...names['*']].some((name) => names['&'].has(name))
}

/** The entries of one block mapping; undefined where a line is none of a key, a deeper line or a comment. */
function sectionsOf(lines: readonly string[], from: number, to: number): Section[] | undefined {
  const sections: Section[] = []
  let indent: number | undefined
  for (let index = from; index < to; index++) {
    const line = lines[index]!
    const text = line.trim()
    const depth = line.length - line.trimStart().length
    if (text === '' || (text.startsWith('#') && depth <= (indent ?? 0))) continue
    indent ??= depth
    if (depth > indent) continue
    const isItem = text.startsWith('- ') || text === '-'
    if (depth < indent || line.startsWith('\t')) return undefined
    // The entries of a list may stand as far left as the key that they belong to.
    if (isItem && sections.length > 0) continue
    const key = keyOf(text)
    if (key === undefined) return undefined
    const previous = sections.at(-1)
    if (previous !== undefined) sections[sections.length - 1] = { ...previous, to: index }
    sections.push({ key, from: index, to })
  }
  return sections
}

/** The key with which a line begins; undefined where it begins with anything else. */
function keyOf(text: string): string | undefined {
  const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:(?:\s|$)/.exec(text)?.[1]
  if (quoted?.startsWith("'") === true) return quoted.slice(1, -1).replaceAll("''", "'")
  if (quoted !== undefined) return parsed(quoted)
  const end = text.search(/:(?:\s|$)/)
  const key = text.slice(0, Math.max(0, end)).trimEnd()
  return end < 1 || /^["'#&*!|>%@`{}[\],?-]|\s#/.test(key) ? undefined : key
}

function parsed(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return undefined
  }
}
