// Masks secrets, in whatever form somebody spells them, before anything leaves the sender. A mask has
// the length of what it hides, and hides letters and digits alone: byte offsets stay true, and JSON stays JSON.

import { isRandom } from '../base/find-pasted-key.ts'
import {
  createFinder,
  decodeEscapes,
  dropSeparators,
  lettersOf,
  type PlainText,
} from './decode-escapes.ts'

/** Below this a key is too likely to be part of ordinary text; it is masked in auth headers only. */
export const SHORTEST_SEARCHED_KEY = 12

/** Characters that are looked at together; what is longer is looked at in pieces that overlap. */
const WINDOW = 256 * 1024

/** Characters of a source that may stand for one of a key: `&amp;#x0073;`, or a blank beside it. */
const MOST_SPELLING = 16

/**
 * A backslash before each letter: `\v` is then a letter, which is otherwise a blank. Begins where backslashes begin, so
 * that a text of nothing else is read once.
 */
const BROKEN_UP = new RegExp(String.raw`(?<!\\)(?:\\+[^\\]){${SHORTEST_SEARCHED_KEY}}`)

export interface Redactor {
  bytes(body: Buffer): Buffer
  text(value: string): string
  /** Which secrets were given but are too short to be searched for. */
  readonly unsearched: number
  /** Whether a text or file content still holds a secret in any form. */
  finds(content: Buffer): boolean
}

/** Header names whose values are never kept. */
const SECRET_HEADERS =
  /^(proxy-)?authorization$|^(set-)?cookie$|(^|-)(api-?key|key|token|secret|password)$/i

export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.test(name)
}

/** A redactor of secrets that may become more while it is used. */
export function followSecrets(list: () => readonly string[]): Redactor {
  let known: readonly string[] = []
  let redactor = createRedactor(known)
  const current = (): Redactor => {
    const now = list()
    if (now.length !== known.length || now.some((secret, index) => secret !== known[index])) {
      known = now
      redactor = createRedactor(now)
    }
    return redactor
  }
  return {
    bytes: (body) => current().bytes(body),
    // Which keys there are is asked of the environment: not for what is too short to hold one.
    text: (value) => (value.length < SHORTEST_SEARCHED_KEY ? value : current().text(value)),
    finds: (content) => current().finds(content),
    get unsearched() {
      return current().unsearched
    },
  }
}

export function createRedactor(secrets: readonly string[]): Redactor {
  const given = [...new Set(secrets)]
  const searched = given.filter((secret) => secret.length >= SHORTEST_SEARCHED_KEY)
  const forms = formsOf(searched)
  const longest = Math.max(0, ...searched.map((secret) => secret.length)) * 3
  const overlap = longest * MOST_SPELLING

  /** For each character whether it belongs to a secret; undefined where none is found. */
  function findMarks(text: string): Uint8Array | undefined {
    let marks: Uint8Array | undefined
    const step = Math.max(WINDOW, overlap)
    for (let start = 0; start < text.length; start += step) {
      const source = text.slice(start, start + step + overlap)
      const report: Report = (from, to) => {
        marks ??= new Uint8Array(text.length)
        marks.fill(1, start + from, start + to)
      }
      search(source, forms, report)
      if (BROKEN_UP.test(source)) search(source.replaceAll('\\', ' '), forms, report)
    }
    return marks
  }

  function mask(text: string): string {
    if (searched.length === 0 || text.length < SHORTEST_SEARCHED_KEY) return text
    const marks = findMarks(text)
    if (marks === undefined) return text
    let masked = ''
    for (let at = 0; at < text.length;) {
      const end = marks.indexOf(marks[at] === 1 ? 0 : 1, at)
      const next = end < 0 ? text.length : end
      masked += marks[at] === 1 ? '*'.repeat(next - at) : text.slice(at, next)
      at = next
    }
    return masked
  }

  return {
    bytes(body) {
      // One character for each byte: whatever is masked, every offset stays true.
      const text = body.toString('latin1')
      const masked = mask(text)
      return masked === text ? body : Buffer.from(masked, 'latin1')
    },
    text: mask,
    unsearched: given.length - searched.length,
    finds: (content) => searched.length > 0 && findMarks(content.toString('latin1')) !== undefined,
  }
}

interface Forms {
  /** Found as they stand, escapes undone. */
  readonly exact: readonly string[]
  /** Found letter by letter, whatever stands between. */
  readonly loose: readonly string[]
  /** As `loose`, in lower case, found in any: hexadecimal digits, and a key in the name of a header. */
  readonly anyCase: readonly string[]
  /** Words that ordinary text may hold: only where something stands between any two letters. */
  readonly spaced: readonly string[]
  /** Whether any of them may be in the bytes of a text: one search for dozens. */
  readonly mayBeIn: (bytes: Buffer) => boolean
}

function formsOf(secrets: readonly string[]): Forms {
  const loose = new Set<string>()
  const spaced = new Set<string>()
  const exact = new Set<string>()
  const anyCase = new Set<string>()
  for (const secret of secrets) {
    const bytes = Buffer.from(secret, 'utf8')
    exact
      .add(secret)
      .add(secret.toLowerCase())
      .add(secret.toUpperCase())
      .add(bytes.toString('latin1'))
    const letters = lettersOf(secret)
    if (isRandom(secret)) anyCase.add(letters.toLowerCase())
    else spaced.add(letters)
    loose.add([...letters].toReversed().join(''))
    anyCase.add(bytes.toString('hex'))
    // An array of its bytes.
    loose.add([...bytes].join(''))
    const reversed = bytes.toReversed()
    for (const once of base64Forms(reversed)) loose.add(lettersOf(once))
    for (const once of base64Forms(bytes)) {
      loose.add(lettersOf(once))
      for (const twice of base64Forms(Buffer.from(once))) {
        loose.add(lettersOf(twice))
      }
    }
  }
  const sound = (forms: ReadonlySet<string>): readonly string[] =>
    [...forms].filter((form) => form.length >= SHORTEST_SEARCHED_KEY)
  const forms = {
    exact: sound(exact),
    loose: sound(loose),
    anyCase: sound(anyCase),
    spaced: sound(spaced),
  }
  return { ...forms, mayBeIn: createFinder(Object.values(forms).flat().map(lettersOf)) }
}

/** Base64 and base64url at each of the three alignments, without the ends that mix with neighbours. */
function base64Forms(bytes: Uint8Array): readonly string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const from = shift === 0 ? 0 : shift + 1
    return encoded.slice(from, Math.floor(((bytes.length + shift) * 8) / 6))
  })
  const url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([...base64, ...url])]
}

type Report = (from: number, to: number) => void

function search(source: string, forms: Forms, report: Report): void {
  // Most texts hold no secret: only where one may be is it worked out which characters are its own.
  if (!forms.mayBeIn(Buffer.from(source))) return
  const plain = decodeEscapes(source)
  const letters = dropSeparators(plain)
  for (const form of forms.exact) findAll(plain, plain.text, form, report)
  for (const form of forms.loose) findAll(letters, letters.text, form, report)
  for (const form of forms.spaced) findAll(letters, letters.text, form, report, isBrokenUp)
  const lower = letters.text.toLowerCase()
  for (const form of forms.anyCase) findAll(letters, lower, form, report)
}

function findAll(
  plain: PlainText,
  text: string,
  form: string,
  report: Report,
  holds: (plain: PlainText, at: number, end: number) => boolean = () => true,
): void {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const end = at + form.length
    if (!holds(plain, at, end)) continue
    for (let each = at; each < end; each++) report(plain.from[each]!, plain.to[each]!)
  }
}

function isBrokenUp({ from, to }: PlainText, at: number, end: number): boolean {
  for (let each = at + 1; each < end; each++) if (from[each] === to[each - 1]) return false
  return true
}
