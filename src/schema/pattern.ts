// Patterns of schemas, by an engine whose time grows with the text alone: the patterns are a contract's,
// the texts a provider's, and together they could keep the language's own engine busy for years.

import { createRequire } from 'node:module'
import type * as Re2js from 're2js'
import { isObject, token } from '../base/json.ts'
import type { Json } from '../types/index.ts'
import { describeDocumentLimit, readDocumentLimits } from './document-limits.ts'

interface Pattern {
  /** True for a text that cannot be judged. */
  test(text: string): boolean
  /** Why no text can be judged; absent where texts can. */
  readonly unjudged?: string
}

/** Characters of a text that is judged, and its length times that of the program, which is some tenths of a second. */
const LONGEST_TEXT = 64 * 1024
const MOST_WORK = 4_000_000

/** Instructions of a pattern's program, and how many of them its characters and counts may come to before it is made. */
const LARGEST_PROGRAM = 20_000
const LARGEST_GUESS = 100_000

/** More patterns than any document has are compiled again and again rather than kept. */
const MOST_KEPT = 500

let library: typeof Re2js | undefined
const kept = new Map<string, Pattern>()

/** A pattern as JSON Schema writes it: ECMAScript's syntax, in Unicode mode. Never throws. */
export function compilePattern(source: string): Pattern {
  // Limits are those of a command, and several may run in one process.
  const key = `${readDocumentLimits()['pattern-characters']} ${source}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = compile(source)
  if (kept.size < MOST_KEPT) kept.set(key, made)
  return made
}

function compile(source: string): Pattern {
  const toString = (): string => source
  const refuse = (unjudged: string): Pattern =>
    ({ test: () => true, unjudged, toString }) as Pattern
  if (source.length > readDocumentLimits()['pattern-characters']) {
    return refuse(describeDocumentLimit('pattern-characters'))
  }
  if (source.length * countRepeats(source) > LARGEST_GUESS) return refuse(TOO_LARGE)
  // Loaded when it is first needed, as ajv is.
  library ??= createRequire(import.meta.url)('re2js') as typeof Re2js
  const { RE2JS } = library
  try {
    const engine = RE2JS.compile(RE2JS.translateRegExp(source))
    const size = engine.programSize()
    if (size > LARGEST_PROGRAM) return refuse(TOO_LARGE)
    const longest = Math.min(LONGEST_TEXT, MOST_WORK / size)
    return { test: (text) => text.length > longest || engine.test(text), toString } as Pattern
  } catch (error) {
    return refuse((error as Error).message.replace(/^error parsing regexp: /, ''))
  }
}

const TOO_LARGE = 'its repetitions come to more than can be tried in a time known beforehand'

/** All counts of a pattern together: each repeats some of its characters. */
function countRepeats(source: string): number {
  const counted = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)]
  return counted.reduce((sum, [, least, most]) => sum + Number(most || least), 0)
}

/** The patterns of a document that no text is judged by, each with its pointer and the reason. */
export function listUnjudgedPatterns(document: Json): readonly string[] {
  const found: string[] = []
  const look = (source: string, at: string): void => {
    const { unjudged } = compilePattern(source)
    if (unjudged !== undefined) found.push(`${at}: ${source} (${unjudged})`)
  }
  const walk = (value: Json, at: string): void => {
    if (Array.isArray(value)) value.forEach((entry: Json, index) => walk(entry, `${at}/${index}`))
    if (!isObject(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const place = `${at}/${token(key)}`
      if (key === 'pattern' && typeof inner === 'string') look(inner, place)
      if (key === 'patternProperties' && isObject(inner)) {
        for (const source of Object.keys(inner)) look(source, place)
      }
      walk(inner, place)
    }
  }
  walk(document, '')
  return found
}
