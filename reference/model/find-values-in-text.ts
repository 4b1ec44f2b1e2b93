// Finds which of some words occur in the context, and in what order.

const WORK = 100_000_000
/** The code words of the suite: `ZX7-4F9A21C0`. */
const CODE_WORD = /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{2}-[0-9A-Fa-f]{8}(?![A-Za-z0-9])/g

/** The values that occur as whole words in the text, ordered by their last occurrence. */
export function findAskedValues(values: readonly string[], text: string): readonly string[] {
  // Bounded work: an enum of a thousand values on megabytes of text looks at the latest part.
  const visible = text.slice(-Math.max(10_000, Math.floor(WORK / Math.max(1, values.length))))
  const lowered = visible.toLowerCase()
  const lengthKept = lowered.length === visible.length
  return values
    .map((value) => ({
      value,
      at: lastWord(lengthKept ? lowered : visible, lengthKept ? value.toLowerCase() : value),
    }))
    .filter(({ value, at }) => at >= 0 && value !== '')
    .toSorted((a, b) => a.at - b.at || a.value.length - b.value.length)
    .map(({ value }) => value)
}

export function findLatestCodeWord(text: string): string | undefined {
  return text.slice(-2_000_000).match(CODE_WORD)?.at(-1)
}

/** Every code word once, in the order in which it was first said. */
export function listCodeWords(text: string): readonly string[] {
  return [...new Set(text.slice(-2_000_000).match(CODE_WORD) ?? [])].slice(0, 100)
}

function lastWord(text: string, word: string): number {
  let at = text.lastIndexOf(word)
  for (let tries = 0; at >= 0 && tries < 1000; tries += 1) {
    const before = text[at - 1] ?? ' '
    const after = text[at + word.length] ?? ' '
    if (!isWordSign(before) && !isWordSign(after)) return at
    at = at === 0 ? -1 : text.lastIndexOf(word, at - 1)
  }
  return -1
}

function isWordSign(sign: string): boolean {
  return /[\p{L}\p{N}_]/u.test(sign)
}
