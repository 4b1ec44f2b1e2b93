// What `npm run sources` found, kept in specs/sources/record.json: hashes and places, no text.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../../src/base/package-root.ts'
import { sortKeys } from '../../../src/base/sort-text-and-ranks.ts'
import { loadSourceDocuments } from '../../../src/plan/requirements/requirement-sources.ts'
import { loadRequirements } from '../../../src/plan/requirements/requirement-catalogue.ts'
import type { Json, RequirementSource } from '../../../src/types/index.ts'
import type { Way } from './open-document.ts'

export interface SourceRecord {
  readonly documents: Readonly<Record<string, DocumentRecord>>
}

export interface DocumentRecord {
  /** The day on which it was opened, YYYY-MM-DD. */
  readonly opened: string
  readonly way: Way
  readonly version: string
  readonly hash: string
  /** By place, a short hash of what stands there. */
  readonly places: Readonly<Record<string, string>>
}

export const recordFile: string = join(packageRoot, 'specs', 'sources', 'record.json')

export function readRecord(): SourceRecord {
  return existsSync(recordFile)
    ? (JSON.parse(readFileSync(recordFile, 'utf8')) as SourceRecord)
    : { documents: {} }
}

export function writeRecord(record: SourceRecord): void {
  writeFileSync(recordFile, `${JSON.stringify(sortKeys(record as unknown as Json), null, 1)}\n`)
}

/** One name for one place of a document, whichever requirements point at it. */
export function nameOfPlace({ at, quote, has, is }: RequirementSource): string {
  return [
    at ?? '',
    ...(has === undefined ? [] : [`has ${has.join(', ')}`]),
    ...(is === undefined ? [] : [`is ${JSON.stringify(is)}`]),
    ...(quote === undefined ? [] : [`“${quote}”`]),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** The places of every document that text can hold, with the requirements that point at each. */
export function placesOf(
  id: string,
): ReadonlyMap<string, readonly [RequirementSource, ...string[]]> {
  const places = new Map<string, [RequirementSource, ...string[]]>()
  for (const { id: requirement, sources } of loadRequirements().values()) {
    for (const source of sources) {
      if (source.in !== id) continue
      const name = nameOfPlace(source)
      const known = places.get(name)
      if (known === undefined) places.set(name, [source, requirement])
      else known.push(requirement)
    }
  }
  return places
}

/** The documents that are texts: traffic and measured clients are records of this project. */
export function textDocuments(): readonly string[] {
  return Object.entries(loadSourceDocuments()).flatMap(([id, { kind }]) =>
    kind === 'traffic' || kind === 'clients' ? [] : [id],
  )
}
