// Whether a regular expression of somebody else's can be tried on any text in a time that grows with
// the text alone.

/** Longer patterns, and repetitions of more, cost memory before they are tried. */
const LONGEST = 500
const MOST_REPEATS = 1000

/**
 * True for a pattern that is anchored, or has no open repetition at all, with at most one repetition
 * without an upper bound, and that one not inside of another: what can go back has nowhere to go.
 */
export function isPredictable(pattern: string): boolean {
  if (pattern.length > LONGEST) return false
  try {
    // eslint-disable-next-line no-new
    new RegExp(pattern, 'u')
  } catch {
    return false
  }
  const plain = pattern.replaceAll(/\\./gs, 'x').replaceAll(/\[[^\]]*\]/g, 'x')
  const counted = [...plain.matchAll(/\{(\d+)(,(\d*))?\}/g)]
  if (counted.some(([, least, , most]) => Number(most || least) > MOST_REPEATS)) return false
  const open = [...plain.matchAll(/[*+]|\{\d+,\}/g)].length
  if (open === 0) return counted.length <= 4 || plain.startsWith('^')
  // A repeated group tries its own repetitions and alternatives again.
  if (/\)(?:[*+]|\{\d+,?\d*\})/.test(plain)) return false
  return open === 1 && plain.startsWith('^')
}
