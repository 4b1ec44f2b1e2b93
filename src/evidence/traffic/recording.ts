// Opens a file of a stranger: unpacks it, decodes its text, and splits it into rows, all within bounds.

import { gunzipSync } from 'node:zlib'
import { UsageError } from '../../base/errors.ts'
import { JSON_LIMITS, parse } from '../../base/json.ts'
import type { Json } from '../../types/index.ts'

/** Of a file, and of what it unpacks to. */
export const MOST_RECORDED_BYTES = 256 * 1024 * 1024

/** JSON values of one document: a browser writes some hundred for each request. */
const MOST_VALUES = 4_000_000

/** A file may be packed inside of a packed file so often. */
const MOST_LAYERS = 3

const MOST_LINES = 1_000_000

export interface RecordingFile {
  /** As the user named it. */
  readonly file: string
  /** Unpacked. */
  readonly bytes: Buffer
  /** Decoded, without a byte order mark. */
  readonly text: string
  /** A program wrote it in UTF-16, and with it every line end. */
  readonly isReencoded: boolean
  /** The whole of it as one JSON document, where it is one. */
  readonly json: Json | undefined
  /** Elements of a list, the one document, JSON Lines, or documents one behind the other. */
  readonly rows: readonly RecordingRow[]
}

export interface RecordingRow {
  /** `line 3`, `item 3`; `the document` where there is only one. */
  readonly place: string
  /** Undefined where it is not JSON within the bounds. */
  readonly value: Json | undefined
  readonly text: string
}

/** Throws a `UsageError` for what is packed in a way that nothing here opens, or too large. */
export function openRecording(packed: Buffer, file: string): RecordingFile {
  const bytes = unpack(packed, file)
  let text: string | undefined
  let json: { readonly value: Json | undefined } | undefined
  let rows: readonly RecordingRow[] | undefined
  return {
    file,
    bytes,
    get text() {
      return (text ??= decodeText(bytes))
    },
    isReencoded: utf16Of(bytes) !== undefined,
    get json() {
      json ??= { value: parse(this.text, { ...JSON_LIMITS, 'json-values': MOST_VALUES }) }
      return json.value
    },
    get rows() {
      return (rows ??= splitRows(this))
    },
  }
}

function unpack(packed: Buffer, file: string): Buffer {
  let bytes = packed
  for (let layer = 0; bytes[0] === 0x1f && bytes[1] === 0x8b; layer++) {
    if (layer === MOST_LAYERS) {
      throw new UsageError(`${file} is packed by gzip more than ${MOST_LAYERS} times; unpack it`)
    }
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: MOST_RECORDED_BYTES })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const tooLarge = code === 'ERR_BUFFER_TOO_LARGE'
      throw new UsageError(
        tooLarge
          ? `${file} unpacks to more than ${describeBytes(MOST_RECORDED_BYTES)}; split it into several files`
          : `${file} begins like a gzip file and cannot be unpacked (${code ?? 'broken'}); record it again`,
      )
    }
  }
  const archive = ARCHIVES.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic))
  if (archive !== undefined) {
    throw new UsageError(`${file} is ${archive[0]}; unpack it, and give the files in it`)
  }
  return bytes
}

const ARCHIVES: readonly (readonly [string, Buffer])[] = [
  ['a zip archive', Buffer.from('PK\u0003\u0004')],
  ['packed by zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['packed by bzip2', Buffer.from('BZh')],
  ['packed by xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a])],
]

/** `256 MiB` */
export function describeBytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`
}

/** UTF-8, or UTF-16 as PowerShell writes it, with a byte order mark or without. */
function decodeText(bytes: Buffer): string {
  const order = utf16Of(bytes)
  const text =
    order === undefined
      ? bytes.toString('utf8')
      : (order === 'little' ? bytes : swapped(bytes)).toString('utf16le')
  return text.replace(/^\uFEFF/, '')
}

function utf16Of([first, second]: Buffer): 'little' | 'big' | undefined {
  // JSON and HTTP begin with a character of ASCII.
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0)) return 'little'
  if ((first === 0xfe && second === 0xff) || (first === 0 && (second ?? 0) !== 0)) return 'big'
  return undefined
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16()
}

function splitRows({ file, json, text }: RecordingFile): readonly RecordingRow[] {
  if (Array.isArray(json)) {
    return json.map((value, at) => ({ place: `item ${at + 1}`, value, text: '' }))
  }
  if (json !== undefined) return [{ place: 'the document', value: json, text }]
  const split = text.split('\n', MOST_LINES + 1)
  if (split.length > MOST_LINES) {
    throw new UsageError(`${file} has more than ${MOST_LINES} lines; split it into several files`)
  }
  const lines = split
    .map((line, at) => ({ place: `line ${at + 1}`, text: line.trim() }))
    .filter((line) => line.text !== '')
    .map((line) => ({ ...line, value: parse(line.text) }))
  const isJsonLines = lines.some(({ value }) => typeof value === 'object' && value !== null)
  return isJsonLines ? lines : splitDocuments(text)
}

/** Documents one behind the other, indented as `jq` writes them or without anything between; none where one is broken. */
function splitDocuments(text: string): readonly RecordingRow[] {
  const rows: RecordingRow[] = []
  let from = 0
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') {
      if (--depth > 0) continue
      const document = text.slice(from, index + 1)
      const value = depth < 0 ? undefined : parse(document)
      if (value === undefined) return []
      rows.push({ place: `document ${rows.length + 1}`, value, text: document })
      from = index + 1
      if (rows.length > MOST_LINES) return []
    }
  }
  return text.slice(from).trim() === '' ? rows : []
}
