// Reads the text of PDF, plain text, CSV, JSON and Markdown files.

import { UnreadableImageError } from './read-image.ts'

const MOST_PAGES = 200
const MOST_TEXT = 4_000_000
/** Milliseconds for one file: so long that a busy machine alone never makes a sound file a damaged one. */
const PATIENCE = 120_000

const TEXT_EXTENSIONS = new Set(
  'txt md markdown csv tsv json jsonl xml html htm yaml yml toml css js ts py rb go rs java c h cpp sh sql tex log ini'.split(
    ' ',
  ),
)

/** What kind of document it is; undefined for what cannot be read. */
export function documentKindOf(mediaType: string, filename: string): 'pdf' | 'text' | undefined {
  const extension = /\.([A-Za-z0-9]+)$/.exec(filename)?.[1]?.toLowerCase() ?? ''
  if (mediaType === 'application/pdf') return 'pdf'
  if (/^text\/|^application\/(?:json|xml|yaml|x-yaml|csv|javascript|typescript)$/.test(mediaType)) {
    return 'text'
  }
  if (mediaType !== '' && mediaType !== 'application/octet-stream') return undefined
  if (extension === 'pdf') return 'pdf'
  return TEXT_EXTENSIONS.has(extension) ? 'text' : undefined
}

/** Throws `Unreadable`. */
export async function readDocument(bytes: Uint8Array, kind: 'pdf' | 'text'): Promise<string> {
  if (kind === 'pdf') return readPdf(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).slice(0, MOST_TEXT)
  } catch {
    throw new UnreadableImageError('text that is not UTF-8')
  }
}

async function readPdf(bytes: Uint8Array): Promise<string> {
  if (!Buffer.from(bytes.subarray(0, 1024)).toString('latin1').includes('%PDF-')) {
    throw new UnreadableImageError('not a PDF file')
  }
  const plain = readPlainPage(Buffer.from(bytes).toString('latin1'))
  if (plain !== undefined) return plain
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: Uint8Array.from(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  const timer = setTimeout(() => void task.destroy(), PATIENCE)
  try {
    const pdf = await task.promise
    const pages: string[] = []
    for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES); number += 1) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      pages.push(
        items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''),
      )
    }
    return pages.join('\n').slice(0, MOST_TEXT)
  } catch {
    throw new UnreadableImageError('a damaged PDF file')
  } finally {
    clearTimeout(timer)
    void task.destroy()
  }
}

/** A page with one line of text that is not packed: its parts are known by sight, and no library is needed. */
const PLAIN_PAGE = [
  String.raw`%PDF-1\.\d\n`,
  String.raw`1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n`,
  String.raw`2 0 obj\n<< /Type /Pages /Kids \[3 0 R\] /Count 1 >>\nendobj\n`,
  String.raw`3 0 obj\n<< /Type /Page /Parent 2 0 R [^<>]{0,80} /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n`,
  String.raw`4 0 obj\n<< /Length \d+ >>\nstream\nBT /F1 \d+ Tf \d+ \d+ Td \(((?:[ -'*-[\]-~]|\\[\\()])*)\) Tj ET\nendstream\nendobj\n`,
  String.raw`5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n`,
  String.raw`xref\n[\d fn\n]+trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n\d+\n%%EOF\n`,
].join('')

function readPlainPage(file: string): string | undefined {
  if (file.length > 4_096) return undefined
  return new RegExp(`^${PLAIN_PAGE}$`).exec(file)?.[1]?.replaceAll(/\\([\\()])/g, '$1')
}
