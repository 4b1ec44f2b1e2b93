// Reads the content of an image or file part: inline data, an uploaded file, or an address.

import type { JsonObject } from '../../src/types/index.ts'
import { documentKindOf, readDocument } from './read-document.ts'
import type { ContextSegment, InputReader } from '../model/visible-context.ts'
import { createBadRequest, ApiError } from '../api-error.ts'
import { clipText } from '../json.ts'
import type { Account, MayFetch, StoredFile } from '../store.ts'
import { imageKindOf, readImage, UnreadableImageError } from './read-image.ts'

/** Where in the request each part stands, for `param`. */
export type PartPlaces = WeakMap<object, string>

const FETCH_LIMIT = 50 * 1024 * 1024
const FETCH_MS = 60_000
/** For one request: parts, pixels to decode, milliseconds of looking and fetching. */
const MOST = { parts: 500, pixels: 64_000_000, ms: 30_000 }
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/jpg', 'image/gif', 'image/webp']

/** Parts are immutable, and a conversation brings them again with every turn. */
const known = new WeakMap<object, ContextSegment>()

export function createInputReader(account: Account, places: PartPlaces): InputReader {
  const spent = { parts: 0, pixels: 0, until: Date.now() + MOST.ms }
  return async (part) => {
    const remembered = known.get(part)
    if (remembered !== undefined) return remembered
    const at = places.get(part) ?? 'input'
    spent.parts += 1
    if (spent.parts > MOST.parts || Date.now() > spent.until) {
      throw createBadRequest('invalid_value', at, 'Too many images and files for one request.')
    }
    const segment =
      part['type'] === 'input_image'
        ? await seeImage(part, at, account, spent)
        : await readFile(part, at, account)
    known.set(part, segment)
    return segment
  }
}

interface Spent {
  pixels: number
}

async function seeImage(
  part: JsonObject,
  at: string,
  account: Account,
  spent: Spent,
): Promise<ContextSegment> {
  const { image_url: url, file_id: fileId } = part
  if (typeof fileId === 'string')
    return picture(uploaded(fileId, `${at}.file_id`, account).bytes, at, spent, part['detail'])
  if (typeof url !== 'string') {
    throw createBadRequest(
      'missing_required_parameter',
      at,
      `Missing required parameter: one of '${at}.image_url' or '${at}.file_id' must be provided.`,
    )
  }
  const param = `${at}.image_url`
  if (!url.startsWith('data:')) {
    return picture(
      await download(url, account.mayFetch, param, {
        address: 'invalid_image_url',
        failed: 'failed_to_download_image',
      }),
      param,
      spent,
      part['detail'],
    )
  }
  const data = readDataUrl(url)
  if (data === undefined) {
    throw createBadRequest(
      'invalid_base64_image',
      param,
      `Invalid '${param}'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,...'), but its data is not valid base64.`,
    )
  }
  if (!IMAGE_TYPES.includes(data.mediaType)) {
    throw createBadRequest(
      'unsupported_image_media_type',
      param,
      `Invalid '${param}': unsupported MIME type '${clipText(data.mediaType)}'. Supported are 'image/png', 'image/jpeg', 'image/gif' and 'image/webp'.`,
    )
  }
  if (data.bytes.length === 0)
    throw createBadRequest('empty_image_file', param, `Invalid '${param}': the image is empty.`)
  return picture(data.bytes, param, spent, part['detail'])
}

function picture(bytes: Uint8Array, param: string, spent: Spent, detail: unknown): ContextSegment {
  try {
    const { width, height, colour, word } = readImage(bytes, MOST.pixels - spent.pixels)
    spent.pixels += width * height
    const text = [
      `an image of ${width} by ${height} pixels`,
      ...(colour === undefined ? [] : [`mostly ${colour}`]),
      ...(word === undefined ? [] : [`with the text ${word}`]),
    ].join(', ')
    const tiles = Math.ceil(Math.min(width, 2048) / 512) * Math.ceil(Math.min(height, 2048) / 512)
    // By itself a model looks closer at a picture that is larger than one tile.
    const isRough = detail === 'low' || (detail !== 'high' && tiles === 1)
    return { voice: 'image', text, tokens: isRough ? 85 : 85 + 170 * tiles }
  } catch (problem) {
    if (!(problem instanceof UnreadableImageError)) throw problem
    const code = imageKindOf(bytes) === undefined ? 'invalid_image_format' : 'image_parse_error'
    throw createBadRequest(code, param, `The image could not be read: ${problem.message}.`)
  }
}

async function readFile(part: JsonObject, at: string, account: Account): Promise<ContextSegment> {
  const { file_data: data, file_id: fileId, file_url: url } = part
  const filename = typeof part['filename'] === 'string' ? part['filename'] : ''
  if (typeof fileId === 'string') {
    const file = uploaded(fileId, `${at}.file_id`, account)
    return page(file.bytes, file.mediaType, file.filename, at)
  }
  if (typeof url === 'string') {
    const codes = { address: 'invalid_value', failed: 'failed_to_download_file' }
    const bytes = await download(url, account.mayFetch, `${at}.file_url`, codes)
    return page(bytes, '', URL.canParse(url) ? new URL(url).pathname : '', `${at}.file_url`)
  }
  if (typeof data !== 'string') {
    throw createBadRequest(
      'missing_required_parameter',
      at,
      `Missing required parameter: one of '${at}.file_id', '${at}.file_url' or '${at}.file_data' must be provided.`,
    )
  }
  if (filename === '') {
    throw createBadRequest(
      'missing_required_parameter',
      `${at}.filename`,
      `Missing required parameter: '${at}.filename'.`,
    )
  }
  const param = `${at}.file_data`
  const read = readDataUrl(data)
  if (read === undefined || documentKindOf(read.mediaType, filename) === undefined) {
    const what =
      read === undefined
        ? 'its data is not valid base64'
        : `got unsupported MIME type '${clipText(read.mediaType)}'`
    throw createBadRequest(
      'invalid_value',
      param,
      `Invalid file data: '${param}'. Expected a base64-encoded data URL with a supported MIME type (e.g. 'data:application/pdf;base64,...'), but ${what}.`,
    )
  }
  return page(read.bytes, read.mediaType, filename, param)
}

async function page(
  bytes: Uint8Array,
  mediaType: string,
  filename: string,
  param: string,
): Promise<ContextSegment> {
  const sniffed =
    Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-' ? 'pdf' : undefined
  const kind = documentKindOf(mediaType, filename) ?? sniffed
  if (kind === undefined) {
    throw createBadRequest(
      'unsupported_file',
      'input',
      'The type of this file is not supported: it is neither a PDF nor plain text.',
    )
  }
  try {
    return { voice: 'file', text: await readDocument(bytes, kind) }
  } catch (problem) {
    if (!(problem instanceof UnreadableImageError)) throw problem
    throw createBadRequest(
      'invalid_value',
      param,
      `The file could not be read: ${problem.message}.`,
    )
  }
}

function uploaded(id: string, param: string, account: Account): StoredFile {
  const file = account.files.get(id)
  if (file !== undefined) return file
  throw new ApiError(404, `File with id '${clipText(id)}' not found.`, { param })
}

interface InlineData {
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** Undefined when it is not a data URL in base64. */
function readDataUrl(url: string): InlineData | undefined {
  const comma = url.indexOf(',')
  const head = /^data:([^;,]*)(?:;[^;,]*)*;base64$/.exec(
    url.slice(0, Math.max(0, Math.min(comma, 200))),
  )
  if (head === null) return undefined
  const body = url.slice(comma + 1)
  if (body.length % 4 === 1 || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(body)) return undefined
  return { mediaType: head[1]!.toLowerCase(), bytes: Buffer.from(body, 'base64') }
}

async function download(
  url: string,
  mayFetch: MayFetch,
  param: string,
  codes: { readonly address: string; readonly failed: string },
): Promise<Uint8Array> {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw createBadRequest(
      codes.address,
      param,
      `Invalid '${param}': expected an http or https URL, or a data URL.`,
    )
  }
  const failed = (why: string): ApiError =>
    createBadRequest(codes.failed, param, `Error while downloading '${clipText(url)}': ${why}.`)
  try {
    if (!mayFetch(parsed)) throw failed('this server fetches nothing from there')
    // An address that leads to another was not looked at.
    const response = await fetch(parsed, {
      redirect: 'error',
      signal: AbortSignal.timeout(FETCH_MS),
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw failed(`upstream status ${response.status}`)
    }
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > FETCH_LIMIT) throw failed(`more than ${FETCH_LIMIT} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (problem) {
    throw problem instanceof ApiError ? problem : failed('no connection')
  }
}
