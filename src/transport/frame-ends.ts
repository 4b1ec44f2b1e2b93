// Splits a byte string into lines: where its frames end, and which line ends it uses.

import type { AnomalyLog } from './anomaly-log.ts'

interface SplitLines {
  /** Behind the blank line that ends the frame that begins here; undefined where it has no end. */
  frameEnd(from: number): number | undefined
  noteLineEnds(anomalies: AnomalyLog): void
}

/** LF, CRLF and CR all end a line. Every frame has to be asked for, in order, to count the line ends. */
export function linesOf(text: string): SplitLines {
  const count = { lf: 0, crlf: 0, cr: 0 }
  const first = { crlf: 0, cr: 0 }
  const lf = finder(text, '\n')
  const cr = finder(text, '\r')

  /** Behind the line that begins here. */
  function lineEnd(from: number): number | undefined {
    const nextLf = lf(from)
    const nextCr = cr(from)
    if (nextLf < nextCr) {
      count.lf += 1
      return nextLf + 1
    }
    if (nextCr === Infinity) return undefined
    const kind = nextLf === nextCr + 1 ? 'crlf' : 'cr'
    if (count[kind] === 0) first[kind] = nextCr
    count[kind] += 1
    return kind === 'crlf' ? nextLf + 1 : nextCr + 1
  }

  return {
    frameEnd(from) {
      let at = from
      for (;;) {
        const end = lineEnd(at)
        if (end === undefined) return undefined
        const isBlank = end - at === 1 || (end - at === 2 && text[at] === '\r')
        if (isBlank) return end
        at = end
      }
    },

    noteLineEnds(anomalies) {
      // Whoever hangs up may miss the second half of the last line end.
      if (text.endsWith('\r') && count.crlf > 0) count.cr -= 1
      const { crlf, cr } = count
      if (crlf > 0) anomalies.note('crlf-line-ends', first.crlf, undefined, `${crlf} lines`)
      if (cr > 0) anomalies.note('cr-line-ends', first.cr, undefined, `${cr} lines`)
      if (Object.values(count).filter((lines) => lines > 0).length > 1) {
        const note = `LF ${count.lf}, CRLF ${crlf}, CR ${cr}`
        anomalies.note('mixed-line-ends', crlf > 0 ? first.crlf : first.cr, undefined, note)
      }
    },
  }
}

/** The next place of a character. What was found is kept: a search to the end happens once. */
function finder(text: string, character: string): (from: number) => number {
  let found = -1
  return (from) => {
    if (found < from) {
      const next = text.indexOf(character, from)
      found = next === -1 ? Infinity : next
    }
    return found
  }
}
