// Text as whoever reads it means it: escapes of JSON, URLs and HTML undone, each character with the
// place that it came from.

export interface PlainText {
  readonly text: string
  /** Where each character begins in the source, and where it ends. */
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** Every alternative takes the whole run of what it begins with: nothing is read twice. */
const ESCAPE =
  /\\+u([0-9a-f]{4})|\\+x([0-9a-f]{2})|(\\+)([^]?)|%(?:25)*([0-9a-f]{2})|&(?:amp;)*#0*(\d{1,5});?|&(?:amp;)*#x0*([0-9a-f]{1,4});?|&(?:amp;)*([a-z]{2,8});/giy

const ESCAPES = new RegExp(ESCAPE.source, 'gi')

const BLANK = 0x20
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Escapes inside of escapes are undone as well. Takes linear time. */
export function decodeEscapes(source: string): PlainText {
  const codes = new Uint16Array(source.length)
  const from = new Uint32Array(source.length)
  const to = new Uint32Array(source.length)
  let length = 0
  const put = (code: number, begin: number, end: number): void => {
    codes[length] = code
    from[length] = begin
    to[length] = end
    length += 1
  }
  for (let at = 0; at < source.length;) {
    const code = source.charCodeAt(at)
    ESCAPE.lastIndex = at
    const found = code === 0x5c || code === 0x25 || code === 0x26 ? ESCAPE.exec(source) : null
    const end = found === null ? at + 1 : ESCAPE.lastIndex
    put(found === null ? code : codeOf(found), at, end)
    // A letter behind an even number of backslashes stands for itself.
    const letter = found?.[3] !== undefined && isLiteral(found[3], found[4]!) ? found[4]! : ''
    if (letter !== '') {
      to[length - 1] = end - 1
      put(letter.charCodeAt(0), end - 1, end)
    }
    at = end
  }
  return { text: textOf(codes, length), from, to }
}

/** The text of `decodeEscapes` alone, at several times its speed. */
export function decodeText(source: string): string {
  // Escaped quotes are most of what there is, and need no function. A run is read from its first on alone.
  return source.replace(/(?<!\\)\\+(["'/])/g, '$1').replace(ESCAPES, (...found: string[]) => {
    const [, , , slashes, next] = found
    const letter = slashes !== undefined && isLiteral(slashes, next!) ? next! : ''
    return String.fromCharCode(codeOf(found)) + letter
  })
}

/** The text of `dropSeparators` alone. */
export function lettersOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]+/g, '')
}

function codeOf(found: readonly string[]): number {
  const [, unicode, byte, slashes, next, percent, decimal, hexadecimal, name] = found
  const hex = unicode ?? byte ?? percent ?? hexadecimal
  if (hex !== undefined) return Number.parseInt(hex, 16)
  if (decimal !== undefined) return Number(decimal) & 0xffff
  if (name !== undefined) return (NAMED[name.toLowerCase()] ?? ' ').charCodeAt(0)
  if (next === '"' || next === '/' || next === "'") return next.charCodeAt(0)
  return slashes !== undefined && isLiteral(slashes, next!) ? 0x5c : BLANK
}

function isLiteral(slashes: string, next: string): boolean {
  return !/["'/]/.test(next) && (slashes.length % 2 === 0 || !/[nrtbfv0]/.test(next))
}

/** Letters and digits alone: whatever a text is broken up with, they come one after the other. */
export function dropSeparators({ text, from, to }: PlainText): PlainText {
  const codes = new Uint16Array(text.length)
  const starts = new Uint32Array(text.length)
  const ends = new Uint32Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!isLetter(code)) continue
    codes[length] = code
    starts[length] = from[at]!
    ends[length] = to[at]!
    length += 1
  }
  return { text: textOf(codes, length), from: starts, to: ends }
}

function isLetter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a)
  )
}

function textOf(codes: Uint16Array, length: number): string {
  return Buffer.from(codes.buffer, 0, length * 2).toString('utf16le')
}
