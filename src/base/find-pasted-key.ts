// Finds a key in a text where only the name of its variable belongs, and masks it in messages.

const KEYS =
  /\b(?:sk|rk|pk|gsk|xai|hf|ghp|gho|glpat|key|tok|fw|nvapi|r8)[-_][\w-]{16,}|\bAIza[\w-]{20,}|\bAKIA\w{12,}|\beyJ[\w-]{16,}\.[\w-]{16,}/g

/** A key of real length, shortened; the documents' own placeholders (`sk-xxxxxx`, `YOUR_API_KEY`) are none. */
export function findSecret(text: string): string | undefined {
  const found = text.match(KEYS)?.find(isRandom)
  return found === undefined ? undefined : shortened(found)
}

/** The text as it may be shown: a message about a mistake must not be what gives a key away. */
export function maskSecrets(text: string): string {
  return text.replaceAll(KEYS, (found) => (isRandom(found) ? shortened(found) : found))
}

/** Whatever stands before an `@` may be a user name and a password: an address is shown without it. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/((?:[a-z][\w+.-]*:)?\/\/)\S*@/gi, '$1…@').replaceAll(
    // Without a scheme it is wrong, and a password all the same.
    /(^|[\s"'=])[^\s"'=]+:[^\s]*@(?=\S)/g,
    '$1…@',
  )
}

function shortened(key: string): string {
  return `${key.slice(0, 6)}…`
}

/** Words joined by underscores are a name; a key has a long piece of mixed letters and digits. */
export function isRandom(found: string): boolean {
  return found.split(/[-_.]/).some((piece) => {
    const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(piece)).length
    return piece.length >= 16 && kinds >= 2 && new Set(piece).size >= 8
  })
}
