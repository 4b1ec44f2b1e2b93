// The text of a published document as JSON: size, depth and syntax are bounded before anything is read.

import { isObject } from '../../base/json.ts'
import { loadYaml } from '../../base/parse-yaml.ts'
import { ContractError } from '../../base/errors.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { describeDocumentLimit, readDocumentLimits } from '../../schema/document-limits.ts'
import { readSections } from './yaml-sections.ts'

/** Bytes of one file. */
export const MOST_BYTES = 20 * 1024 * 1024

/** YAML above this size is read section by section, as its parts are asked for. */
const LONG_YAML = 256 * 1024

/** What takes a YAML parser more time and memory than a published document needs. */
const MOST_LINES = 400_000
const MOST_LINES_AT_ONCE = 100_000
const MOST_ENTRIES_AT_ONCE = 150_000

/** The document of a text; throws a `ContractError` that says where it cannot be read. */
export function parseDocument(source: string, file: string): JsonObject {
  const text = openApiBlock(source.replace(/^\uFEFF/, ''), file)
  if (Buffer.byteLength(text) > MOST_BYTES) throw createTooLargeError(file)
  if (text.trim() === '') {
    throw createDocumentError(
      file,
      1,
      'the file is empty',
      'give the OpenAPI document of the provider',
    )
  }
  const document = /^\s*[{[]/.test(text) ? fromJson(text, file) : fromYaml(text, file)
  if (isObject(document)) return document
  throw createDocumentError(
    file,
    1,
    'this is no OpenAPI document',
    'a mapping that begins with "openapi: 3.1.0"',
  )
}

export function createTooLargeError(file: string): ContractError {
  const most = MOST_BYTES / 1024 / 1024
  return createDocumentError(
    file,
    1,
    `the file has more than ${most} MB`,
    'cut it down to the Responses paths',
  )
}

export function createDocumentError(
  file: string,
  line: number | undefined,
  what: string,
  write: string,
  pointer = '',
): ContractError {
  return new ContractError([
    { file, ...(line === undefined ? {} : { line }), pointer, wrong: what, write },
  ])
}

/** The 1-based line on which the keys of a pointer stand, as far as they are found one below the other. */
export function lineOf(source: string, keys: readonly string[]): number {
  let offset = 0
  for (const key of keys) {
    const name = key.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    const found = new RegExp(`(^|[\\s{,])["']?${name}["']?\\s*:`, 'm').exec(source.slice(offset))
    if (found === null) break
    offset += found.index + found[1]!.length
  }
  return source.slice(0, offset).split('\n').length
}

/** A page in Markdown may carry the document as its only block of YAML or JSON. */
function openApiBlock(text: string, file: string): string {
  if (!/\.mdx?$/i.test(file)) return text
  const blocks = [...text.matchAll(/^(`{3,}|~{3,})\s*(?:ya?ml|json)\b[^\n]*\n(.*?)^\1\s*$/gms)]
  return (
    blocks.find(([, , body]) => /^\s*["']?(openapi|swagger)["']?\s*:/m.test(body!))?.[2] ?? text
  )
}

function fromJson(text: string, file: string): Json | undefined {
  const deep = lineTooDeep(text)
  if (deep !== undefined) throw tooDeep(file, deep)
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    // JSON with a comment or a comma too many is still YAML.
    if (text.length < LONG_YAML) {
      try {
        return parseYaml(text, file, 0)
      } catch {
        // Said in the words of the JSON parser.
      }
    }
    const at = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length)
    const line = text.slice(0, at).split('\n').length
    throw createDocumentError(
      file,
      line,
      'this is no JSON',
      'what is missing or too much on this line',
    )
  }
}

function fromYaml(text: string, file: string): Json | undefined {
  const lines = text.split('\n')
  const widest = 4 * readDocumentLimits()['document-levels']
  const deep = lines.findIndex((line) => /\S/.test(line) && line.search(/\S/) > widest)
  const flow = lineTooDeep(text.replaceAll(/'[^'\n]*'/g, ''))
  if (deep >= 0 || flow !== undefined) throw tooDeep(file, flow ?? deep + 1)
  if (lines.length > MOST_LINES) throw tooManyLines(file)
  const sections = text.length > LONG_YAML ? readSections(lines, file, parseYaml) : undefined
  return sections ?? parseYaml(text, file, 0)
}

/** YAML to JSON; `line` is the number of lines before the text in its file. */
function parseYaml(text: string, file: string, line: number): Json | undefined {
  if (text.length > LONG_YAML && isTooMuchAtOnce(text)) throw tooManyLines(file)
  const { parseDocument: parse, LineCounter } = loadYaml()
  const lineCounter = new LineCounter()
  try {
    const parsed = parse(text, { uniqueKeys: false, lineCounter, logLevel: 'silent', merge: true })
    const [error] = parsed.errors
    if (error === undefined) {
      return parsed.toJS({ maxAliasCount: 10_000 }) as Json
    }
    const at = line + lineCounter.linePos(error.pos[0]).line
    const what = error.message.split('\n')[0]!.replace(/ at line .*$/, '')
    throw createDocumentError(
      file,
      at,
      `this is no YAML: ${what}`,
      'YAML or JSON as the provider published it',
    )
  } catch (error) {
    if (error instanceof ContractError) throw error
    const what = error instanceof RangeError ? 'it is nested too deeply' : 'its aliases multiply'
    throw createDocumentError(
      file,
      line + 1,
      `this cannot be read: ${what}`,
      'a document without such aliases',
    )
  }
}

function isTooMuchAtOnce(text: string): boolean {
  const lines = text.match(/\n/g)?.length ?? 0
  // Of lists and mappings on one line.
  const commas = text.match(/,/g)?.length ?? 0
  return lines > MOST_LINES_AT_ONCE || lines + commas > MOST_ENTRIES_AT_ONCE
}

function tooManyLines(file: string): ContractError {
  const write = 'cut it down to the Responses paths, or give it as JSON'
  return createDocumentError(file, 1, 'this YAML is too long to be read at once', write)
}

function tooDeep(file: string, line: number): ContractError {
  return createDocumentError(
    file,
    line,
    describeDocumentLimit('document-levels'),
    'a flatter document',
  )
}

/** The line on which brackets outside of double quotes are open deeper than the limit. */
function lineTooDeep(text: string): number | undefined {
  const most = readDocumentLimits()['document-levels']
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isQuoted) {
      if (code === 0x5c) at++
      else if (code === 0x22) isQuoted = false
    } else if (code === 0x22) isQuoted = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > most) return text.slice(0, at).split('\n').length
    } else if (code === 0x7d || code === 0x5d) depth = Math.max(0, depth - 1)
  }
  return undefined
}
