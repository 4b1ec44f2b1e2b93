// Writes the smallest text of a simple Lark grammar: rules and terminals of strings, regular expressions,
// alternatives, groups and the quantifiers `?`, `*`, `+`. Undefined outside that.

import { textForRegexOf } from './text-for-regex.ts'

const RULE = /^\??!?([A-Za-z_][\w]*)(?:\.\d+)?\s*:(.*)$/

/** `number`: what an integer should be, where one may stand. */
export function writeLark(grammar: string, number = 1): string | undefined {
  if (grammar.length > 50_000) return undefined
  const rules = readRules(grammar)
  const integer = Number.isInteger(number) && number >= 0 ? String(number) : '1'
  return rules.has('start') ? expand('start', rules, 0, { left: 5000, integer }) : undefined
}

function readRules(grammar: string): ReadonlyMap<string, string> {
  const rules = new Map<string, string>()
  let current: string | undefined
  for (const line of grammar.split('\n').map((one) => one.replace(/^\s*\/\/.*$/, ''))) {
    const start = RULE.exec(line.trim())
    if (start !== null && !/^\s*\|/.test(line)) {
      current = start[1]!
      rules.set(current, start[2]!.trim())
    } else if (current !== undefined && /^\s*\|/.test(line)) {
      rules.set(current, `${rules.get(current)} ${line.trim()}`)
    } else if (line.trim() !== '' && !line.trim().startsWith('%')) {
      return new Map()
    }
  }
  return rules
}

/** What `%import common.X` brings. */
const COMMON: Readonly<Record<string, string>> = {
  LF: '\n',
  NEWLINE: '\n',
  WS: ' ',
  WS_INLINE: ' ',
  NUMBER: '1',
  SIGNED_NUMBER: '1',
  FLOAT: '1.0',
  DIGIT: '1',
  LETTER: 'a',
  WORD: 'word',
  CNAME: 'name',
  ESCAPED_STRING: '"text"',
}

interface Fuel {
  left: number
  readonly integer: string
}

/** The flattest of a rule's alternatives that can be written. */
function expand(
  name: string,
  rules: ReadonlyMap<string, string>,
  depth: number,
  fuel: Fuel,
): string | undefined {
  const body = rules.get(name)
  fuel.left -= 1
  if (body === undefined) return name === 'INT' ? fuel.integer : COMMON[name]
  if (depth > 12 || fuel.left < 0) return undefined
  return shortest(body, rules, depth, fuel)
}

function shortest(
  body: string,
  rules: ReadonlyMap<string, string>,
  depth: number,
  fuel: Fuel,
): string | undefined {
  for (const branch of split(body, '|')) {
    const text = sequence(branch, rules, depth, fuel)
    if (text !== undefined) return text
  }
  return undefined
}

const TERM = /\s*(?:"((?:[^"\\]|\\.)*)"i?|\/((?:[^/\\]|\\.)+)\/[a-z]*|([A-Za-z_]\w*)|(\())/y

function sequence(
  branch: string,
  rules: ReadonlyMap<string, string>,
  depth: number,
  fuel: Fuel,
): string | undefined {
  const source = branch.replace(/->\s*\w+\s*$/, '').trim()
  let text = ''
  for (let at = 0; at < source.length;) {
    TERM.lastIndex = at
    const term = TERM.exec(source)
    if (term === null) return undefined
    at = TERM.lastIndex
    let piece: string | undefined
    if (term[1] !== undefined) piece = unquote(term[1])
    else if (term[2] !== undefined) piece = textForRegexOf(term[2])
    else if (term[3] !== undefined) piece = undefined
    const start = at
    if (term[4] !== undefined) {
      const end = closing(source, at)
      if (end === undefined) return undefined
      at = end + 1
    }
    const quantifier = /^[?*+]/.exec(source.slice(at))?.[0]
    if (quantifier !== undefined) at += 1
    if (quantifier !== '?' && quantifier !== '*') {
      if (term[3] !== undefined) piece = expand(term[3], rules, depth + 1, fuel)
      if (term[4] !== undefined) {
        const inside = source.slice(start, at - (quantifier === undefined ? 1 : 2))
        piece = shortest(inside, rules, depth + 1, fuel)
      }
      if (piece === undefined || text.length + piece.length > 4000) return undefined
      text += piece
    }
    while (source[at] === ' ') at += 1
  }
  return text
}

function closing(source: string, from: number): number | undefined {
  let depth = 1
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '(') depth += 1
    if (source[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return undefined
}

/** Splits at a sign outside quotes, expressions and groups. */
function split(body: string, sign: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let quote: string | undefined
  let start = 0
  for (let at = 0; at < body.length; at += 1) {
    const one = body[at]!
    if (quote !== undefined) {
      if (one === '\\') at += 1
      else if (one === quote) quote = undefined
    } else if (one === '"' || one === '/') quote = one
    else if (one === '(' || one === '[') depth += 1
    else if (one === ')' || one === ']') depth -= 1
    else if (one === sign && depth === 0) {
      parts.push(body.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, body.slice(start)]
}

function unquote(inside: string): string | undefined {
  try {
    return JSON.parse(`"${inside}"`) as string
  } catch {
    return undefined
  }
}
