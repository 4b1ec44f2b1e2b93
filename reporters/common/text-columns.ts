// Formats plain text in columns.

/** Columns that a text takes in a terminal: two for East Asian wide characters, none for marks. */
function columns(text: string): number {
  let sum = 0
  for (const character of text) sum += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return sum
}

const MARK = /\p{Mn}|\p{Me}/u
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

/** Breaks at spaces; a word that is longer than a line is broken where the line ends. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    let rest = word
    if (line !== '' && columns(line) + 1 + columns(rest) > width) {
      lines.push(line)
      line = ''
    }
    // An address that is broken cannot be opened.
    while (columns(rest) > width && !/^https?:\/\//.test(rest)) {
      const head = fitting(rest, width)
      lines.push(head)
      rest = rest.slice(head.length)
    }
    line = line === '' ? rest : `${line} ${rest}`
  }
  return [...lines, line]
}

function fitting(text: string, width: number): string {
  let head = ''
  let sum = 0
  for (const character of text) {
    sum += columns(character)
    if (sum > width) break
    head += character
  }
  return head === '' ? [...text][0]! : head
}

/** At most this many columns, with an ellipsis where something is missing. */
export function clipColumn(text: string, width: number): string {
  return columns(text) <= width ? text : `${fitting(text, width - 1)}…`
}

/** Rows of cells, padded to columns; two spaces between them. */
export function formatTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((row) => columns(row[index] ?? ''))),
  )
  return rows.map((row) =>
    row
      .map((cell, index) => padEnd(cell, widths[index]!))
      .join('  ')
      .trimEnd(),
  )
}

/**
 * Both texts around the first character in which they differ, and that character's offset.
 * Undefined where they have too little in common for the offset to be of use.
 */
export function findFirstDifference(
  expected: string,
  actual: string,
  room: number,
): { readonly at: number; readonly expected: string; readonly actual: string } | undefined {
  let at = 0
  while (at < expected.length && expected[at] === actual[at]) at += 1
  if (at < 8 || at * 3 < Math.min(expected.length, actual.length)) return undefined
  const from = Math.max(0, at - Math.floor(room / 2))
  const around = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + room)}${text.length > from + room ? '…' : ''}`
  return { at, expected: around(expected), actual: around(actual) }
}
