// No secret leaves the sender. Masks have the length of what they hide, so that byte offsets stay true.

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
  /^(authorization|proxy-authorization|x-api-key|api-key|cookie|set-cookie|x-portkey-api-key)$/i

export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.test(name)
}

export function createRedactor(secrets: readonly string[]): Redactor {
  const searched = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST_SEARCHED_KEY))]
  // Longest first: a key that contains another must not leave its tail behind.
  const forms = [...new Set(searched.flatMap(encodings))].toSorted((a, b) => b.length - a.length)
  const needles = forms.map((form) => Buffer.from(form, 'utf8'))

  function bytes(body: Buffer): Buffer {
    let masked: Buffer | undefined
    for (const needle of needles) {
      let at = (masked ?? body).indexOf(needle)
      while (at >= 0) {
        masked ??= Buffer.from(body)
        masked.fill('*', at, at + needle.length)
        at = masked.indexOf(needle, at + needle.length)
      }
    }
    return masked ?? body
  }

  return {
    bytes,
    text(value) {
      return forms.reduce((text, form) => text.replaceAll(form, '*'.repeat(form.length)), value)
    },
    unsearched: secrets.length - secrets.filter((secret) => searched.includes(secret)).length,
    finds: (content) => needles.some((needle) => content.includes(needle)),
  }
}

/** A secret as it stands, in JSON, in a URL, and in base64 at each of the three alignments. */
function encodings(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const slashes = json.replaceAll('/', '\\/')
  const url = encodeURIComponent(secret)
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from('\0'.repeat(shift) + secret, 'utf8').toString('base64')
    // The first and last characters mix with neighbouring bytes: only the middle is certain.
    const from = shift === 0 ? 0 : shift + 1
    const whole = Math.floor(((Buffer.byteLength(secret) + shift) * 8) / 6)
    return text.slice(from, whole)
  })
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const lowerUrl = url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())
  return [secret, json, slashes, url, lowerUrl, ...base64, ...base64url].filter(
    (form) => form.length >= SHORTEST_SEARCHED_KEY,
  )
}
