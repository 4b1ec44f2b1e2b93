// The sources of requirements: a place in one of the documents of `specs/sources/documents.yaml`.

import { isObject } from '../../base/json.ts'
import { readSpec } from '../../base/read-specs.ts'
import type { Json, JsonObject, RequirementSource, SourceDocument } from '../../types/index.ts'

const KEYS: readonly string[] = ['in', 'at', 'about', 'quote', 'has', 'is', 'follows']

let documents: Readonly<Record<string, SourceDocument>> | undefined

/** Every document by its id. */
export function loadSourceDocuments(): Readonly<Record<string, SourceDocument>> {
  documents ??= (
    readSpec('sources/documents.yaml') as { documents: Readonly<Record<string, SourceDocument>> }
  ).documents
  return documents
}

/** What to write instead, where this is no source. */
export function findSourceMistake(source: Json | undefined): string | undefined {
  if (!isObject(source)) return 'write a title and an absolute url'
  const { in: id, title, url, quote } = source
  if (id === undefined) {
    const isTitled = typeof title === 'string' && title.trim() !== ''
    return isTitled && typeof url === 'string' && URL.canParse(url)
      ? undefined
      : 'write a title and an absolute url'
  }
  if (typeof id !== 'string' || !Object.hasOwn(loadSourceDocuments(), id)) {
    return 'name a document of specs/sources/documents.yaml'
  }
  const unknown = Object.keys(source).find((key) => !KEYS.includes(key))
  if (unknown !== undefined) return `use ${KEYS.join(', ')}`
  if (quote !== undefined && (typeof quote !== 'string' || quote.split(/\s+/).length > 25)) {
    return 'quote 25 words at most'
  }
  return undefined
}

/** A source as reports show it: its place, and the document in which that is. */
export function resolveSource(source: JsonObject): RequirementSource {
  const { about, ...place } = source
  if (place['in'] === undefined) return place as unknown as RequirementSource
  const { title, kind, of, version, url } = loadSourceDocuments()[String(place['in'])]!
  return {
    title: about === undefined ? title : `${title}: ${String(about)}`,
    url,
    kind,
    ...(of === undefined ? {} : { of }),
    version,
    ...place,
  } as RequirementSource
}
