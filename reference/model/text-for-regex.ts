// Writes strings that match a regular expression of a small subset. The pattern is parsed and written out,
// never executed, and words are tried by a linear engine, so that no pattern can stall the server.

import { createRequire } from 'node:module'
import type * as Re2js from 're2js'

type Node =
  | { readonly is: 'literal'; readonly text: string }
  | { readonly is: 'sequence'; readonly of: readonly Node[] }
  | { readonly is: 'choice'; readonly of: readonly Node[] }
  | { readonly is: 'repeat'; readonly of: Node; readonly min: number; readonly max: number }

const LONGEST = 4000

export function isGenerable(pattern: string): boolean {
  return textForRegexOf(pattern) !== undefined
}

/** The shortest match that has at least `least` characters; undefined outside the subset. */
export function textForRegexOf(pattern: string, least = 0): string | undefined {
  const node = parseRegex(pattern)
  if (node === undefined) return undefined
  for (let extra = 0; extra <= LONGEST; extra = extra === 0 ? 1 : extra * 2) {
    const text = write(node, extra)
    if (text === undefined) return undefined
    if (text.length >= least) return text
    if (!grows(node)) return undefined
  }
  return undefined
}

function write(node: Node, extra: number): string | undefined {
  switch (node.is) {
    case 'literal':
      return node.text
    case 'choice':
      return node.of[0] === undefined ? '' : write(node.of[0], extra)
    case 'sequence': {
      let text = ''
      for (const one of node.of) {
        const part = write(one, extra)
        if (part === undefined || text.length + part.length > LONGEST) return undefined
        text += part
      }
      return text
    }
    case 'repeat': {
      const part = write(node.of, extra)
      const times = Math.min(node.max, node.min + extra)
      if (part === undefined || part.length * node.min > LONGEST) return undefined
      return part.repeat(
        Math.min(times, Math.max(node.min, Math.floor(LONGEST / (part.length || 1)))),
      )
    }
  }
}

function grows(node: Node): boolean {
  if (node.is === 'repeat') return node.max > node.min || grows(node.of)
  return node.is === 'literal' ? false : node.of.some(grows)
}

function parseRegex(pattern: string): Node | undefined {
  const source = [...pattern]
  let at = 0
  let depth = 0

  const choice = (): Node | undefined => {
    const branches: Node[] = []
    for (;;) {
      const branch = sequence()
      if (branch === undefined) return undefined
      branches.push(branch)
      if (source[at] !== '|')
        return branches.length === 1 ? branches[0] : { is: 'choice', of: branches }
      at += 1
    }
  }

  const sequence = (): Node | undefined => {
    const of: Node[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const atom = term()
      if (atom === undefined) return undefined
      of.push(atom)
    }
    return { is: 'sequence', of }
  }

  const term = (): Node | undefined => {
    const atom = one()
    return atom === undefined ? undefined : quantified(atom)
  }

  const one = (): Node | undefined => {
    const sign = source[at]
    at += 1
    if (sign === '^' || sign === '$') return { is: 'literal', text: '' }
    if (sign === '.') return { is: 'literal', text: 'a' }
    if (sign === '(') return group()
    if (sign === '[') return characters()
    if (sign === '\\') return escaped()
    if (sign === undefined || '*+?{}'.includes(sign)) return undefined
    return { is: 'literal', text: sign }
  }

  const group = (): Node | undefined => {
    if (source[at] === '?') {
      if (source[at + 1] !== ':') return undefined
      at += 2
    }
    depth += 1
    if (depth > 50) return undefined
    const inner = choice()
    depth -= 1
    if (source[at] !== ')') return undefined
    at += 1
    return inner
  }

  const characters = (): Node | undefined => {
    const negated = source[at] === '^'
    if (negated) at += 1
    const start = at
    while (at < source.length && (source[at] !== ']' || at === start)) {
      at += source[at] === '\\' ? 2 : 1
    }
    if (source[at] !== ']') return undefined
    const inside = source.slice(start, at)
    at += 1
    if (!negated) {
      const first = inside[0] === '\\' ? escapeText(inside[1]) : inside[0]
      return first === undefined ? undefined : { is: 'literal', text: first }
    }
    // A negated class takes the first of a few characters that does not occur in it.
    const covered = inside.join('')
    const free = [...'a0 -_~éZ'].find((sign) => !mayContain(covered, sign))
    return free === undefined ? undefined : { is: 'literal', text: free }
  }

  const escaped = (): Node | undefined => {
    const sign = source[at]
    at += 1
    const text = escapeText(sign)
    return text === undefined ? undefined : { is: 'literal', text }
  }

  const quantified = (of: Node): Node | undefined => {
    const sign = source[at]
    let range: readonly [number, number] | undefined
    if (sign === '*') range = [0, Infinity]
    if (sign === '+') range = [1, Infinity]
    if (sign === '?') range = [0, 1]
    if (range !== undefined) at += 1
    if (sign === '{') {
      const end = source.indexOf('}', at)
      const body = /^(\d{1,4})(,(\d{0,4}))?$/.exec(source.slice(at + 1, end).join(''))
      if (end < 0 || body === null) return undefined
      at = end + 1
      const min = Number(body[1])
      range = [min, body[2] === undefined ? min : body[3] ? Number(body[3]) : Infinity]
      if (range[0] > range[1]) return undefined
    }
    if (range === undefined) return of
    if (source[at] === '?') at += 1
    return { is: 'repeat', of, min: range[0], max: range[1] }
  }

  const node = choice()
  return at === source.length ? node : undefined
}

function escapeText(sign: string | undefined): string | undefined {
  if (sign === undefined) return undefined
  const known: Readonly<Record<string, string>> = {
    d: '0',
    D: 'a',
    w: 'a',
    W: ' ',
    s: ' ',
    S: 'a',
    n: '\n',
    t: '\t',
    r: '\r',
  }
  if (known[sign] !== undefined) return known[sign]
  // Other letters and digits are assertions, classes or back references.
  return /[A-Za-z0-9]/.test(sign) ? undefined : sign
}

/** Whether a class may hold a sign; says yes when in doubt. */
function mayContain(inside: string, sign: string): boolean {
  if (inside.includes(sign)) return true
  if (/\\[wWdDsSpPbB]/.test(inside)) {
    if (inside.includes('\\w') && /\w/.test(sign)) return true
    if (inside.includes('\\d') && /\d/.test(sign)) return true
    if (inside.includes('\\s') && /\s/.test(sign)) return true
    if (/\\[WDSpPbB]/.test(inside)) return true
  }
  return [...inside.matchAll(/(.)-(.)/gsu)].some(([, low, high]) => low! <= sign && sign <= high!)
}

let library: typeof Re2js | undefined

/** Whether a word fits a pattern of the caller's choice, in time that grows with the word alone; false as well
 * for a pattern that a linear engine cannot read: then nothing is known to fit it. */
export function matchesPattern(pattern: string, text: string): boolean {
  library ??= createRequire(import.meta.url)('re2js') as typeof Re2js
  try {
    return library.RE2JS.compile(library.RE2JS.translateRegExp(pattern)).test(text)
  } catch {
    return false
  }
}
