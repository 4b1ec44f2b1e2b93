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
    const letter =
      found?.[3] !== undefined && isLiteral(found[3].length, found[4]!) ? found[4]! : ''
    if (letter !== '') {
      to[length - 1] = end - 1
      put(letter.charCodeAt(0), end - 1, end)
    }
    at = end
  }
  return { text: textOf(codes, length), from, to }
}

const BACKSLASH = 0x5c
const OTHER = 0
const LETTER = 1
const ESCAPED = 2
const CLASSES = Uint8Array.from({ length: 256 }, (_, code) =>
  isLetter(code) ? LETTER : [BACKSLASH, 0x25, 0x26].includes(code) ? ESCAPED : OTHER,
)

/** Letters that mean a blank behind a backslash. */
const BLANKS = Uint8Array.from({ length: 256 }, (_, code) =>
  Number('nrtbfv0'.includes(String.fromCharCode(code))),
)

/** Letters by which a word is found: its last ones, in any case. */
export const ENDING = 8

/**
 * Finds out, in one pass, whether the letters and digits of what `decodeEscapes` reads in the bytes of a text hold the
 * ending of any of these words in any case. A word that is shorter than an ending may be anywhere.
 */
export function createFinder(words: readonly string[]): (bytes: Buffer) => boolean {
  if (words.some((word) => word.length < ENDING)) return () => true
  const isSlot = new Uint8Array(65_536)
  const endings = new Set<string>()
  for (const word of words) {
    const codes = Buffer.from(word.toLowerCase().slice(-ENDING), 'latin1')
    const [early, late] = [codes.readInt32BE(0), codes.readInt32BE(4)]
    isSlot[slotOf(early, late)] = 1
    endings.add(`${early} ${late}`)
  }
  return (bytes) => {
    // The last eight letters, four in each.
    let early = 0
    let late = 0
    let text: string | undefined
    for (let at = 0; at < bytes.length; at++) {
      let code = bytes[at]!
      let kind = CLASSES[code]!
      if (kind === OTHER) continue
      if (kind === ESCAPED) {
        let end = at
        while (end < bytes.length && bytes[end] === BACKSLASH) end += 1
        const next = end < bytes.length ? bytes[end]! : 0
        if (end > at && (next | 0x20) !== 0x75 && (next | 0x20) !== 0x78) {
          kind = (end - at) % 2 === 0 || BLANKS[next] === 0 ? CLASSES[next]! : OTHER
          code = next
          at = end
        } else {
          text ??= bytes.toString('latin1')
          ESCAPE.lastIndex = at
          const found = ESCAPE.exec(text)
          if (found === null) continue
          at = ESCAPE.lastIndex - 1
          code = codeOf(found)
          // A letter behind backslashes that stand for themselves.
          if (found[3] !== undefined) code = next
          kind = code < 256 ? CLASSES[code]! : OTHER
        }
        if (kind !== LETTER) continue
      }
      early = (early << 8) | (late >>> 24)
      // Small letters; digits stay what they are.
      late = (late << 8) | (code | 0x20)
      if (isSlot[slotOf(early, late)] === 1 && endings.has(`${early} ${late}`)) return true
    }
    return false
  }
}

function slotOf(early: number, late: number): number {
  return Math.imul(early ^ Math.imul(late, 0x9e3779b1), 0x85ebca6b) >>> 16
}

/** The letters and digits of a text, one after the other. */
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
  return slashes !== undefined && isLiteral(slashes.length, next!) ? BACKSLASH : BLANK
}

function isLiteral(slashes: number, next: string): boolean {
  return !/["'/]/.test(next) && (slashes % 2 === 0 || !/[nrtbfv0]/.test(next))
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
