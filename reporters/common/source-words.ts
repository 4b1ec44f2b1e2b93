// Says where a sentence stands: its words or its place, the document in its version, and what that is.

import type { RequirementSource, SourceKind, Verdict } from '../../src/types/index.ts'

const KIND_WORDS: Readonly<Record<SourceKind, string>> = {
  specification: 'specification',
  documentation: 'documentation',
  schema: 'schema',
  standard: 'standard',
  sdk: 'what an SDK does',
  clients: 'what clients need',
  traffic: 'recorded traffic',
  draft: 'not released',
  security: 'security practice',
}

/** `“401 - Invalid Authentication”: OpenAI's guide: Error codes, page of 2026-07-15 (documentation)` */
export function describeSource(source: RequirementSource): string {
  const { title, kind, version, quote, at, has, is, follows } = source
  if (kind === undefined) return title
  const place =
    quote !== undefined
      ? `“${quote}”`
      : has !== undefined
        ? `${at} has ${has.join(', ')}`
        : is !== undefined
          ? `${at} is ${JSON.stringify(is)}`
          : at
  const document = `${title}, ${version} (${KIND_WORDS[kind]})`
  return [
    place === undefined ? document : `${place}: ${document}`,
    ...(follows === undefined ? [] : [`; it follows: ${follows}`]),
  ].join('')
}

/** The sources of a requirement that speak in the name of a row, before all others. */
export function sortSources(
  sources: readonly RequirementSource[],
  { yardstick, basis }: Pick<Verdict, 'yardstick' | 'basis'>,
): readonly RequirementSource[] {
  const name = yardstick === 'own' ? 'openai' : yardstick
  const speaks = ({ kind, of }: RequirementSource): boolean =>
    basis === 'clients' ? kind === 'sdk' || kind === 'clients' : of?.includes(name) === true
  return [
    ...sources.filter((source) => speaks(source) && source.follows === undefined),
    ...sources.filter((source) => speaks(source) && source.follows !== undefined),
    ...sources.filter((source) => !speaks(source)),
  ]
}
