// What an importer is, and the readers that they share. Nothing here throws: recordings are strangers' files.

import { field, isObject, parse, spell } from '../../base/json.ts'
import type { HeaderList, Json, Unjudged, RecordedMessage } from '../../types/index.ts'
import type { RecordingFile } from './recording.ts'

export type ImportedMessage = RecordedMessage | Unjudged

/** The format of one tool. */
export interface Importer {
  /** As people call it. */
  readonly name: string
  /** Everything in the recording; undefined where it is not of this format. */
  read?(recording: RecordingFile): readonly ImportedMessage[] | undefined
  /** One row of a list or of JSON Lines; undefined where it is not of this format. */
  readRow?(value: Json, place: string): readonly ImportedMessage[] | undefined
}

export function isUnjudged(imported: ImportedMessage): imported is Unjudged {
  return 'because' in imported
}

/** A string as it is; undefined for anything else. */
export function readString(value: Json | undefined, pointer: string): string | undefined {
  const found = field(value, pointer)
  return typeof found === 'string' ? found : undefined
}

export function readList(value: Json | undefined, pointer: string): readonly Json[] | undefined {
  const found = field(value, pointer)
  return Array.isArray(found) ? found : undefined
}

/** A status of HTTP, as a number or in digits. */
export function readStatus(value: Json | undefined, pointer: string): number | undefined {
  const status = Number.parseInt(spell(field(value, pointer)), 10)
  return status >= 100 && status <= 599 ? status : undefined
}

/**
 * Headers in any form that tools use: `{name: value}`, `{name: [values]}`, `[[name, value]]`,
 * `[{name, value}]`, `[{key, value}]`, or names and values by turns. Undefined where there are none:
 * every answer of HTTP has some.
 */
export function readHeaders(value: Json | undefined): HeaderList | undefined {
  const pairs = isObject(value) ? Object.entries(value) : Array.isArray(value) ? pairsIn(value) : []
  const headers = pairs.flatMap(([name, held]) =>
    (Array.isArray(held) ? (held as readonly Json[]) : [held]).flatMap((each) =>
      typeof each === 'string' || typeof each === 'number' ? [[name, String(each)] as const] : [],
    ),
  )
  return headers.length === 0 ? undefined : headers
}

function pairsIn(list: readonly Json[]): readonly (readonly [string, Json])[] {
  if (list.every((each) => typeof each === 'string')) {
    return list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1] ?? null] as const] : []))
  }
  return list.flatMap((pair): readonly (readonly [string, Json])[] => {
    const [name, value] = Array.isArray(pair)
      ? [pair[0], pair[1]]
      : [field(pair, '/name') ?? field(pair, '/key'), field(pair, '/value')]
    return typeof name === 'string' && value !== undefined ? [[name, value]] : []
  })
}

/** `{sent}` with the JSON that a text is, or the text; nothing where there is none. */
export function readSent(value: Json | undefined): Pick<RecordedMessage, 'sent'> {
  if (value === undefined || value === null || value === '') return {}
  const sent = typeof value === 'string' ? (parse(value) ?? value) : value
  return { sent }
}

/** The entries of an object whose values are there. */
export function withoutAbsent<T extends object>(
  fields: T,
): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>
  }
}
