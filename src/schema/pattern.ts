// Patterns of schemas, by an engine whose time grows with the text alone: the patterns are a contract's,
// the texts a provider's, and together they could keep the language's own engine busy for years.

import { createRequire } from 'node:module'
import type * as Re2js from 're2js'
import { isObject, token } from '../base/json.ts'
import type { Json } from '../types/index.ts'

interface Pattern {
  /** True for a text that cannot be judged. */
  test(text: string): boolean
  /** Why no text can be judged; absent where texts can. */
  readonly unjudged?: string
}

/** Characters of a text that is judged: the slowest pattern takes a tenth of a second for them. */
const LONGEST_TEXT = 64 * 1024

/** More patterns than any document has are compiled again and again rather than kept. */
const MOST_KEPT = 500

let library: typeof Re2js | undefined
const kept = new Map<string, Pattern>()

/** A pattern as JSON Schema writes it: ECMAScript's syntax, in Unicode mode. Never throws. */
export function compilePattern(source: string): Pattern {
  const known = kept.get(source)
  if (known !== undefined) return known
  const made = compile(source)
  if (kept.size < MOST_KEPT) kept.set(source, made)
  return made
}

function compile(source: string): Pattern {
  // Loaded when it is first needed, as ajv is.
  library ??= createRequire(import.meta.url)('re2js') as typeof Re2js
  const { RE2JS } = library
  const toString = (): string => source
  try {
    const engine = RE2JS.compile(RE2JS.translateRegExp(source))
    return { test: (text) => text.length > LONGEST_TEXT || engine.test(text), toString } as Pattern
  } catch (error) {
    const unjudged = (error as Error).message.replace(/^error parsing regexp: /, '')
    return { test: () => true, unjudged, toString } as Pattern
  }
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
