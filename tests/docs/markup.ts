// Markdown, from texts that hold whatever they hold.

/** A sentence of prose. */
export function sentence(text: string): string {
  const ended = /[.!?]$/.test(text) ? text : `${text}.`
  // The name of a field stays as it is: `previous_response_id comes back.`
  const word = /^[a-z]+(?=[ ,:]|$)/.test(ended)
  return escapePlain(word ? ended[0]!.toUpperCase() + ended.slice(1) : ended)
}

/** Markdown would take these for markup. */
export function escapePlain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[<>*[\]|`]/g, (mark) => `\\${mark}`)
}

export function fenced(language: string, lines: readonly string[]): readonly string[] {
  return [`\`\`\`\`${language}`, ...lines, '````']
}

export function formatMarkdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [row(heads), `|${heads.map(() => '---|').join('')}`, ...rows.map(row)]
}
