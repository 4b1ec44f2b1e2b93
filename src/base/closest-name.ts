import { UsageError } from './errors.ts'

/** The candidate that a mistyped word most likely meant; undefined when none is close. */
export function findClosestName(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3))
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .filter((entry) => entry.distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
  return best?.candidate
}

/** `There is no suite "strem"; did you mean "streaming"?`, and where to look. */
export function createUnknownNameError(
  what: string,
  word: string,
  known: readonly string[],
  hint: string,
): UsageError {
  const guess = findClosestName(word, known)
  const meant = guess === undefined ? '.' : `; did you mean "${guess}"?`
  return new UsageError(`There is no ${what} "${word}"${meant} ${hint}`)
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, change))
    }
    previous = current
  }
  return previous[b.length]!
}

/** Refuses the first name that is not known, with the one it most likely means. */
export function checkNames(names: readonly string[], known: readonly string[], what: string): void {
  for (const name of names) {
    if (!known.includes(name))
      throw createUnknownNameError(what, name, known, `There are: ${known.join(', ')}`)
  }
}
