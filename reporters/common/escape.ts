// Escapes what a provider sent, for each format: it stays text.

/**
 * Makes control, direction and line-separating characters visible, so that no terminal, editor or
 * log obeys them: `␛[31m` comes out as `\u{1b}[31m`. Line feeds and tabs are made visible as well
 * unless `keepLines`.
 */
export function escapeControls(text: string, keepLines = false): string {
  return text.replace(UNSEEN, (character) => {
    if (keepLines && (character === '\n' || character === '\t')) return character
    return NAMED[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`
  })
}

// C0, DEL, C1; zero-width and direction marks; line and paragraph separators; direction
// embeddings and isolates; byte order mark; noncharacters and lone surrogates, which XML refuses.
const UNSEEN =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\p{Cs}]/gu

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** At most `limit` characters, saying how long it was. */
export function cutText(text: string, limit: number): string {
  const characters = [...text]
  if (characters.length <= limit) return text
  return `${characters.slice(0, limit).join('')}… (${characters.length} characters)`
}

/** Markdown prose: what could start markup is escaped, wherever the text is put. */
export function escapeMarkdown(text: string): string {
  return escapeControls(text)
    .replace(/[\\`*[\]|~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/^\s*(?:[-+#=]|\d+(?=[.)](?:\s|$)))/, (start) =>
      /\d/.test(start) ? `${start}\\` : start.replace(/\S/, '\\$&'),
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replaceAll('://', '&#58;//')
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`)
}

/** A Markdown code span, in which nothing is markup; safe in a table cell too. */
export function formatMarkdownCode(text: string): string {
  const shown = escapeControls(text)
  if (shown.trim() === '') return '*(empty)*'
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 || shown.startsWith(' ') || shown.endsWith(' ') ? ' ' : ''
  // A table is split at bars before code spans are found (GitHub's tables extension).
  return `${fence}${pad}${shown.replaceAll('|', '\\|')}${pad}${fence}`
}

/** A sentence of this project, in which backticks mark code; all else is text. */
export function splitCode(
  sentence: string,
): readonly { readonly code: boolean; readonly text: string }[] {
  const parts = sentence.split('`')
  // An odd number of backticks marks nothing.
  if (parts.length % 2 === 0) return [{ code: false, text: sentence }]
  return parts
    .map((text, index) => ({ code: index % 2 === 1, text }))
    .filter(({ text }) => text !== '')
}

export function formatMarkdownSentence(sentence: string): string {
  return splitCode(sentence)
    .map(({ code, text }) => (code ? formatMarkdownCode(text) : escapeMarkdown(text)))
    .join('')
}

/** A Markdown link; an address that is not http(s) is left out. */
export function formatMarkdownLink(title: string, url: string): string {
  const address = toWebAddress(url)
  return address === undefined
    ? escapeMarkdown(title)
    : `[${escapeMarkdown(title)}](<${address.replaceAll(/[<>|]/g, encodeURIComponent)}>)`
}

/** The address, if it is one that a person may be sent to. */
export function toWebAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

/** Text or attribute value of XML. */
export function escapeXml(text: string, keepLines = false): string {
  return escapeControls(text, keepLines)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}

/** A field of RFC 4180 that no spreadsheet takes for a formula. */
export function escapeCsv(text: string): string {
  const shown = escapeControls(text)
  // https://owasp.org/www-community/attacks/CSV_Injection
  const inert = /^\s*[=+\-@]/.test(shown) ? `'${shown}` : shown
  return /[",']|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

/** A value of a GitHub workflow command: `message` after `::`, or a `property` before it. */
export function escapeWorkflow(text: string, place: 'message' | 'property'): string {
  const shown = escapeControls(text, true)
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
  return place === 'message' ? shown : shown.replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** JSON that may stand inside a `<script>` element of HTML. */
export function formatScriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
