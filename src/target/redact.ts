// Masks secrets before anything leaves the sender. A mask is as long as what it hides, so that byte offsets stay true.

/** Below this a key is too likely to be part of ordinary text; it is masked in auth headers only. */
export const SHORTEST_SEARCHED_KEY = 12

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

export function createRedactor(secrets: readonly string[]): Redactor {
  const given = [...new Set(secrets)]
  const searched = given.filter((secret) => secret.length >= SHORTEST_SEARCHED_KEY)
  // Longest first: a key that contains another must not leave its tail behind.
  const forms = [...new Set(searched.flatMap(encodings))].toSorted((a, b) => b.length - a.length)
  const pattern = forms.length === 0 ? undefined : new RegExp(forms.map(spellings).join('|'), 'g')

  function mask(text: string): string {
    return pattern === undefined ? text : text.replace(pattern, (found) => '*'.repeat(found.length))
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
    finds(content) {
      const text = content.toString('latin1')
      return mask(text) !== text
    },
  }
}

/** A secret as it stands, and in base64 at each of the three alignments. */
function encodings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // The first and last characters mix with neighbouring bytes: only the middle is certain.
    const from = shift === 0 ? 0 : shift + 1
    const whole = Math.floor(((bytes.length + shift) * 8) / 6)
    return text.slice(from, whole)
  })
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [bytes.toString('latin1'), ...base64, ...base64url].filter(
    (form) => form.length >= SHORTEST_SEARCHED_KEY,
  )
}

/**
 * Every way in which JSON, a URL or both at once may spell a text, some of them inside each other.
 * Their depth is bounded, so that a body of nothing but escapes takes linear time.
 */
function spellings(form: string): string {
  return [...form]
    .map((character) => {
      const hex = character
        .charCodeAt(0)
        .toString(16)
        .padStart(2, '0')
        .replaceAll(/[a-f]/g, anyCase)
      const plain = character.replace(/[^\w]/, '\\$&')
      const escaped = /["\\/]/.test(character) ? `(?:(?<!\\\\)\\\\{1,8})?${plain}` : plain
      return `(?:${escaped}|(?<!\\\\)\\\\{1,8}u00${hex}|%(?:25){0,4}${hex})`
    })
    .join('')
}

function anyCase(letter: string): string {
  return `[${letter}${letter.toUpperCase()}]`
}
