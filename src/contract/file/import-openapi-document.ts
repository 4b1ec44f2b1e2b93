// A provider's published document from a file or its text: read, bounded, and made a contract.

import { readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { resolvePath } from '../../base/current-environment.ts'
import { ContractError, UsageError } from '../../base/errors.ts'
import { decodePart, isObject, spell } from '../../base/json.ts'
import type { JsonObject } from '../../types/index.ts'
import { importDocument, type Imported } from '../import/openapi.ts'
import {
  lineOf,
  MOST_BYTES,
  parseDocument,
  createTooLargeError,
  createDocumentError,
} from '../import/document-text.ts'
import type { OpenFile } from '../import/references.ts'

/** Files that one document may be spread over. */
const MOST_FILES = 2000

interface PublishedText {
  readonly text: string
  /** Its path or address, for the reader. */
  readonly name: string
  readonly openFile: OpenFile
  /** The create path to take. */
  readonly path?: string
  readonly today: string
}

/** Whether a text is a contract with extensions of our own: those are judged as their author's work. */
export function isContract(text: string): boolean {
  if (!/^\s*\{/.test(text)) return /^["']?x-(kind|provider|follows|claims)["']?\s*:/m.test(text)
  return /"?\bx-(kind|provider|follows|claims)"?\s*:/.test(text)
}

/** The text of a file; throws where it is larger than any document. */
export function readBounded(file: string): string {
  const path = resolvePath(file)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new UsageError(`There is no file "${file}"`)
  if (found.size > MOST_BYTES) throw createTooLargeError(file)
  return readFileSync(path, 'utf8')
}

/** Throws a `ContractError` with line, pointer and what to do where nothing can be judged by the document. */
export function importPublished({ text, ...given }: PublishedText): Imported {
  const { name } = given
  const document = parseDocument(text, name)
  const version = document['openapi'] ?? document['swagger']
  if (version === undefined) {
    const what = 'this is no OpenAPI document: it has neither "openapi" nor "swagger"'
    throw createDocumentError(
      name,
      1,
      what,
      'the provider\u2019s OpenAPI document, or a contract that `init` writes',
    )
  }
  if (!/^([23]|2\.0|3\.[0-2](\.\d+.*)?)$/.test(spell(version))) {
    const what = `version ${JSON.stringify(version).slice(0, 40)} is not known`
    const key = 'openapi' in document ? 'openapi' : 'swagger'
    throw createDocumentError(
      name,
      lineOf(text, [key]),
      what,
      'OpenAPI 3.0, 3.1, 3.2 or Swagger 2.0',
      `/${key}`,
    )
  }
  const imported = placing(name, text, () => importDocument({ ...given, document }))
  if (imported !== undefined) return imported
  const paths = Object.keys(isObject(document['paths']) ? document['paths'] : {})
  const shown = paths.slice(0, 8).map((path) => JSON.stringify(path).slice(1, -1).slice(0, 80))
  const has =
    shown.length === 0
      ? 'it has no paths'
      : `it has ${shown.join(', ')}${paths.length > 8 ? ', …' : ''}`
  throw createDocumentError(
    name,
    lineOf(text, 'paths' in document ? ['paths'] : []),
    `no POST on a path that ends in /responses: ${has}`,
    'the document of the Responses API, or its path with --path',
    '/paths',
  )
}

/** Says file and line of what is wrong below a pointer. */
function placing<T>(file: string, text: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    throw new ContractError(
      error.problems.map((one) => ({
        ...one,
        file: one.file === '' ? file : one.file,
        line: one.line ?? lineOf(text, one.pointer.split('/').slice(1)),
      })),
    )
  }
}

/** Opens files in the folder of a document and below it, and nothing else. */
export function createFileOpener(entry: string): OpenFile {
  const root = realpathSync(dirname(resolvePath(entry)))
  const documents = new Map<string, JsonObject>()
  let bytes = 0
  return (reference, from) => {
    if (/^[a-z][a-z+.-]+:/i.test(reference)) {
      return { because: 'it leads to an address: --remote-refs allows that' }
    }
    const file = resolve(root, dirname(from), decodePart(reference))
    if (!isFile(file)) return { because: 'there is no such file' }
    const real = realpathSync(file)
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      return { because: `it leads out of the folder ${basename(root)}` }
    }
    const name = relative(root, real)
    if (real === join(root, basename(entry))) return { file: '', document: ENTRY }
    const known = documents.get(real)
    if (known !== undefined) return { file: name, document: known }
    bytes += statSync(real).size
    if (documents.size >= MOST_FILES || bytes > MOST_BYTES) {
      return { because: `the document is spread over more than ${MOST_FILES} files or 20 MB` }
    }
    try {
      const document = parseDocument(readFileSync(real, 'utf8'), name)
      documents.set(real, document)
      return { file: name, document }
    } catch (error) {
      if (!(error instanceof ContractError)) throw error
      return { because: `the file cannot be read: ${error.problems[0]?.wrong ?? ''}` }
    }
  }
}

/** False for what no system takes for a path, too: with a null byte, or too long a name. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Stands for the document itself, which is open already. */
export const ENTRY: JsonObject = {}
