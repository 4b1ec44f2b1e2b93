// Opens one document of `specs/sources/documents.yaml`: a copy that somebody holds, an installed package, or its address.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../../src/base/package-root.ts'
import type { SourceDocument } from '../../../src/types/index.ts'

/** How its text was had. */
export type Way = 'copy' | 'package' | 'address'

export interface OpenedDocument {
  readonly way: Way
  /** Hex; of a package, the integrity that the lock file names. */
  readonly hash: string
  /** The text, or of a package the text of one of its files. */
  readonly text: (at?: string) => string | undefined
}

/** A page is some hundred kilobytes, a schema some megabytes. */
const MOST_BYTES = 32e6
const PATIENCE_MS = 20_000

/**
 * Undefined where no way leads to it, with why in `failures`. `copies`: a folder with files that are
 * named by the document's id, whatever their ending.
 */
export async function openDocument(
  id: string,
  document: SourceDocument,
  copies: string | undefined,
  failures: string[],
): Promise<OpenedDocument | undefined> {
  if (document.package !== undefined) return openPackage(id, document.package, failures)
  const copy = findCopy(id, copies)
  if (copy !== undefined) return openText('copy', readFileSync(copy))
  if (document.raw === undefined) {
    failures.push(`${id}: has no address that gives its text; put a copy into --from`)
    return undefined
  }
  try {
    const answer = await fetch(document.raw, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (bytes.length > MOST_BYTES)
      throw new Error(`${bytes.length} bytes, more than a document has`)
    return openText('address', bytes)
  } catch (error) {
    const { message, cause } = error as Error
    const why = cause instanceof Error ? `${message}: ${cause.message}` : message
    failures.push(`${id}: ${document.raw} was not answered: ${why}`)
    return undefined
  }
}

function findCopy(id: string, folder: string | undefined): string | undefined {
  if (folder === undefined || !existsSync(folder)) return undefined
  const name = readdirSync(folder).find((file) => file.replace(/\.\w+$/, '') === id)
  return name === undefined ? undefined : join(folder, name)
}

function openText(way: Way, bytes: Buffer): OpenedDocument {
  const text = bytes.toString('utf8')
  return { way, hash: createHash('sha256').update(bytes).digest('hex'), text: () => text }
}

function openPackage(id: string, name: string, failures: string[]): OpenedDocument | undefined {
  const lock = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { version: string; integrity: string }>>
  }
  const locked = lock.packages[`node_modules/${name}`]
  const folder = join(packageRoot, 'node_modules', name)
  const manifest = join(folder, 'package.json')
  if (locked === undefined || !existsSync(manifest)) {
    failures.push(`${id}: the package ${name} is not installed; run npm ci`)
    return undefined
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  if (version !== locked.version) {
    failures.push(
      `${id}: ${name} ${version} is installed, and the lock file names ${locked.version}`,
    )
    return undefined
  }
  return {
    way: 'package',
    hash: locked.integrity,
    text: (at = 'package.json') => {
      const file = join(folder, at)
      return file.startsWith(folder) && existsSync(file) ? readFileSync(file, 'utf8') : undefined
    },
  }
}
