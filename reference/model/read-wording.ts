// Reads what people say in whatever words: the word that an answer should be, what was stated of a thing, which of the
// offered tools a question is about, how long an answer should be. Nothing here knows anybody's sentences.

import type { Callable } from './draft-types.ts'

/** What is read of a message, in signs; a person would not read more for it either. */
const READ = 20_000

const EXACT =
  /\b(?:reply|respond|answer|repeat)(?: with)?(?: this)? exactly: ?([^\n]*)|\bwith the single word: ?([^\n]*)/i

/** A word in capitals or in quotation marks, after a verb of saying. */
const CAPITALS =
  /\b(?:[Rr]eply|[Rr]espond|[Aa]nswer|[Ss]ay)(?: with)?(?: exactly| only| just)?:? (?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|`([^`\n]{1,200})`|([A-Z][A-Z0-9_-]+)(?![\w-]))/

/** The words that an answer should be, of a message that says so. */
export function readAskedWords(message: string): string | undefined {
  const [, line, single] = EXACT.exec(message) ?? []
  if (line !== undefined) return line
  if (single !== undefined) return single.trim().replace(/\.$/, '')
  return CAPITALS.exec(message.slice(-READ))
    ?.slice(1)
    .find((one) => one !== undefined)
}

const VALUE = String.raw`(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|\x60([^\x60\n]{1,200})\x60|(-?[\p{L}\p{N}][\p{L}\p{N}_-]*(?:\.\p{N}+)?))`
const STATEMENT = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])([\p{L}_][\p{L}\p{N}_]{0,63})(?=\s{0,3}(?:=|:(?!\/)|\bis\b|\bwas\b)\s{0,3}${VALUE})`,
  'gu',
)
const NO_SUBJECT =
  /^(?:what|which|who|where|when|how|why|it|this|that|there|here|he|she|answer|reply)$/i
const NO_VALUE = /^(?:what|a|an|the|my|your|our|in|on|not|this|that|it|of|to)$/i

let latest: { readonly text: string; readonly stated: ReadonlyMap<string, string> } | undefined

/** What a text says of everything that it says something of, by name in small letters. A form asks this for each field. */
function listStatements(text: string): ReadonlyMap<string, string> {
  if (latest?.text === text) return latest.stated
  const stated = new Map<string, string>()
  for (const [, subject = '', ...values] of text.slice(-READ).matchAll(STATEMENT)) {
    const value = values.find((one) => one !== undefined) ?? ''
    if (NO_SUBJECT.test(subject) || NO_VALUE.test(value)) continue
    stated.set(subject.toLowerCase(), value)
  }
  latest = { text, stated }
  return stated
}

/** What a text states of the thing of this name: `a=40`, `status = "ok"`, `my name is Ada`. */
export function findStated(text: string, name: string): string | undefined {
  return listStatements(text).get(name.toLowerCase())
}

/** What a question asks for, where the text before it stated that. */
export function findAskedStatement(question: string, text: string): string | undefined {
  if (!/\b(?:what|which|who|recall|remember|tell me)\b/i.test(question)) return undefined
  const asked = listWords(question)
  return [...listStatements(text)].findLast(([subject]) => asked.has(subject))?.[1]
}

/** The number that a question asks for, where nothing but a result can be meant: the last one of the text. */
export function readAskedNumber(question: string, text: string): string | undefined {
  if (!/\b(?:just|only) the (?:number|result|digits|value)\b/i.test(question)) return undefined
  return text
    .slice(-READ)
    .match(/(?<![\w.])-?\d+(?:\.\d+)?(?![\w])/g)
    ?.at(-1)
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const OPERATORS = { '+': /^(?:\+|plus|and)$/, '-': /^(?:-|minus)$/, '*': /^(?:\*|×|x|times)$/ }

/** The result of a sum that the message states: `four plus four`, `17 * 3`, `add 2 and 3`. */
export function computeAsked(message: string): number | undefined {
  const sum =
    /(?:^|[^\w.])(-?\d{1,9}|[a-z]{3,6}) ?(\+|-|\*|×|x|plus|minus|times|and) ?(\d{1,9}|[a-z]{3,6})(?!\w|\.\d)/gi
  for (const [, left = '', sign = '', right = ''] of message.slice(-READ).matchAll(sum)) {
    const [one, other] = [readNumber(left), readNumber(right)]
    if (one === undefined || other === undefined) continue
    if (/^and$/i.test(sign) && !/\b(?:add|sum)\b/i.test(message)) continue
    if (OPERATORS['*'].test(sign.toLowerCase())) return one * other
    return OPERATORS['-'].test(sign.toLowerCase()) ? one - other : one + other
  }
  return undefined
}

function readNumber(word: string): number | undefined {
  if (/^-?\d+$/.test(word)) return Number(word)
  const at = NUMBERS.indexOf(word.toLowerCase())
  return at < 0 ? undefined : at
}

/** What a tool is to do: the rest of the sentence that names it. */
export function readTask(message: string, tool: string): string | undefined {
  const at = message.indexOf(tool)
  const rest =
    at < 0 ? undefined : /\bto ([^\n]*?)(?:\.\s|\.?$)/m.exec(message.slice(at + tool.length))
  return rest?.[1]
}

/** Words of a tool's name that say what is done, and not with what. */
const VERBS = new Set(
  'call create current data delete fetch find function get info list look lookup make query read run search send show tool update write'.split(
    ' ',
  ),
)

/** Whether a question speaks of what a function is named after. */
export function isSpokenOf({ kind, name }: Callable, question: string): boolean {
  if (kind !== 'function') return false
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
  const asked = listWords(question)
  return words.some((word) => word.length > 3 && !VERBS.has(word) && asked.has(word))
}

function listWords(text: string): ReadonlySet<string> {
  return new Set(
    text
      .slice(-READ)
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? [],
  )
}

/** Whether an answer should be long. */
export function isLongWanted(question: string): boolean {
  return /\b(?:long|at length|detailed|essay|story|paragraphs?)\b/i.test(question)
}
