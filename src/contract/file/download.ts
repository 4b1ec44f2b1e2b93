// A published document from an address, and what it refers to elsewhere where the user allows it.
// Everything is bounded: bytes, time, and how many documents may follow from one.

import { UsageError } from '../../base/errors.ts'
import type { JsonObject } from '../../types/index.ts'
import type { Imported } from '../import/openapi.ts'
import { MOST_BYTES, parseDocument } from '../import/document-text.ts'
import { ENTRY, createFileOpener, importPublished } from './import-openapi-document.ts'

const MOST_MS = 30_000
const MOST_DOCUMENTS = 100
const MOST_ROUNDS = 8

export function isAddress(name: string): boolean {
  return /^https?:\/\//i.test(name)
}

/** The text behind an address. Throws a `UsageError` that says what is there instead. */
export async function fetchDocument(address: string, most = MOST_BYTES): Promise<string> {
  const said = `${new URL(address).origin}${new URL(address).pathname}`
  try {
    const reply = await fetch(address, { signal: AbortSignal.timeout(MOST_MS) })
    if (!reply.ok) {
      await reply.body?.cancel()
      throw new UsageError(
        `${said} answered with HTTP ${reply.status}; give the address of a document`,
      )
    }
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of reply.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > most) {
        throw new UsageError(
          `${said} is larger than 20 MB; cut the document down to the Responses paths`,
        )
      }
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { message, cause } = error as Error
    const because = cause instanceof Error ? cause.message : message
    throw new UsageError(`${said} cannot be read: ${because.slice(0, 200)}`)
  }
}

interface Remote {
  readonly text: string
  /** The path or address of the text. */
  readonly name: string
  readonly path?: string
  readonly today: string
  /** Whether addresses that the document names are asked. */
  readonly allowsReferences: boolean
}

/** Imports a document whose references may lead to addresses: again with each answer, until nothing new is asked for. */
export async function importRemote({ allowsReferences, ...given }: Remote): Promise<Imported> {
  const documents = new Map<string, JsonObject | string>()
  let left = MOST_BYTES
  for (let round = 0; ; round++) {
    const wanted = new Set<string>()
    const beside = isAddress(given.name) ? undefined : createFileOpener(given.name)
    const imported = importPublished({
      ...given,
      openFile(reference, from) {
        const isRemote = isAddress(reference) || isAddress(from) || beside === undefined
        if (!isRemote) return beside(reference, from)
        const base = isAddress(from) ? from : given.name
        if (!URL.canParse(reference, base)) return { because: 'this is no address' }
        const { href } = new URL(reference, base)
        if (href === given.name) return { file: '', document: ENTRY }
        if (!isAddress(href)) return { because: 'only http and https are asked' }
        if (!allowsReferences)
          return { because: 'it leads to an address: --remote-refs allows that' }
        const known = documents.get(href)
        if (known === undefined) wanted.add(href)
        if (known === undefined) return { because: 'it was not asked for: too many lead on' }
        return typeof known === 'string' ? { because: known } : { file: href, document: known }
      },
    })
    if (wanted.size === 0 || round === MOST_ROUNDS) return imported
    for (const address of wanted) {
      if (documents.size >= MOST_DOCUMENTS) break
      try {
        const text = await fetchDocument(address, left)
        left -= Buffer.byteLength(text)
        documents.set(address, parseDocument(text, address))
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        documents.set(address, error.message.slice(0, 200))
      }
    }
  }
}
