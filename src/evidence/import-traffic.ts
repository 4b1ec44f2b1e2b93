// Reads recordings of other tools: by content, never by name, into exchanges that can be judged.

import { show } from '../base/json.ts'
import { UsageError } from '../base/errors.ts'
import { isUnjudged, type ImportedMessage, type Importer } from './traffic/importer.ts'
import { openRecording, type RecordingFile } from './traffic/recording.ts'
import bodies from './traffic/tools/bodies.ts'
import cassette from './traffic/tools/cassette.ts'
import codex from './traffic/tools/codex.ts'
import har from './traffic/tools/har.ts'
import httpText from './traffic/tools/http-text.ts'
import langfuse from './traffic/tools/langfuse.ts'
import litellm from './traffic/tools/litellm.ts'
import mitmproxy from './traffic/tools/mitmproxy.ts'
import nock from './traffic/tools/nock.ts'
import openaiBatch from './traffic/tools/openai-batch.ts'
import polly from './traffic/tools/polly.ts'
import postman from './traffic/tools/postman.ts'
import records from './traffic/tools/plain-records.ts'
import wiremock from './traffic/tools/wiremock.ts'
import type { Json, Unjudged } from '../types/index.ts'
import { buildExchange, type RecordedExchange } from './rebuild-exchange.ts'

/** Whose form is narrow comes before whose form is wide. */
export const IMPORTERS: readonly Importer[] = [
  mitmproxy,
  polly,
  har,
  wiremock,
  postman,
  cassette,
  langfuse,
  nock,
  litellm,
  openaiBatch,
  codex,
  records,
  bodies,
  httpText,
]

export interface Traffic {
  /** Names of the formats that were met. */
  readonly formats: readonly string[]
  readonly exchanges: readonly RecordedExchange[]
  /** What is not judged, and why. */
  readonly leftOut: readonly Unjudged[]
}

/**
 * The exchanges of one recording. Throws a `UsageError` where it is of no format that is known, holds
 * nothing, or cannot be unpacked within the bounds.
 */
export function readTraffic(packed: Buffer, file: string): Traffic {
  const recording = openRecording(packed, file)
  const formats = new Set<string>()
  const imported = readAll(recording, formats)
  if (formats.size === 0) throw new UsageError(describeUnknown(recording))
  if (imported.length === 0)
    throw new UsageError(`${file} (${[...formats].join(', ')}): there is nothing in it`)
  const exchanges: RecordedExchange[] = []
  const leftOut: Unjudged[] = []
  for (const each of imported) {
    const rebuilt = isUnjudged(each) ? each : buildExchange(each, file)
    if ('because' in rebuilt) leftOut.push(rebuilt)
    else exchanges.push(rebuilt)
  }
  return { formats: [...formats], ...leaveOutStrangers(exchanges, leftOut) }
}

function readAll(recording: RecordingFile, formats: Set<string>): readonly ImportedMessage[] {
  for (const { name, read } of IMPORTERS) {
    const imported = read?.(recording)
    if (imported === undefined) continue
    formats.add(name)
    return imported
  }
  const imported: ImportedMessage[] = []
  for (const { place, value, text } of recording.rows) {
    if (value === undefined) {
      const because = `it is no JSON within the bounds: ${show(text, 60)}`
      imported.push({ place, because })
      continue
    }
    const [name, found] = readRow(value, place)
    if (name !== undefined) formats.add(name)
    imported.push(...found)
  }
  return imported
}

function readRow(
  value: Json,
  place: string,
): readonly [string | undefined, readonly ImportedMessage[]] {
  for (const { name, readRow: read } of IMPORTERS) {
    const imported = read?.(value, place)
    if (imported !== undefined) return [name, imported]
  }
  return [undefined, [{ place, because: `it is of no format that is known: ${show(value, 60)}` }]]
}

/** A browser's recording has pages that are called /models and /files: they count beside answers of this API only. */
function leaveOutStrangers(
  exchanges: readonly RecordedExchange[],
  leftOut: readonly Unjudged[],
): Pick<Traffic, 'exchanges' | 'leftOut'> {
  const isAside = ({ exchange }: RecordedExchange): boolean =>
    ['list-models', 'upload-file'].includes(exchange.request.operation)
  const known = new Set(exchanges.filter((each) => !isAside(each)).map(({ baseUrl }) => baseUrl))
  const isStranger = (each: RecordedExchange): boolean => isAside(each) && !known.has(each.baseUrl)
  return {
    exchanges: exchanges.filter((each) => !isStranger(each)),
    leftOut: [
      ...leftOut,
      ...exchanges.filter(isStranger).map(({ place, exchange: { request } }) => ({
        place,
        because: `${request.method} ${request.path}: nothing else shows that this API is offered there`,
      })),
    ],
  }
}

function describeUnknown({ file, text, json }: RecordingFile): string {
  const begin = text.slice(0, 200).trim()
  if (begin === '') return `${file} is empty: there is nothing to judge`
  if (/^[[{]/.test(begin) && json === undefined) {
    return `${file} begins like JSON, and is none, or is nested too deeply or has too many values to be read; it begins with ${show(begin, 60)}`
  }
  const formats = IMPORTERS.map(({ name }) => name).join(', ')
  return `${file} begins with ${show(begin, 60)}, and is of no format that judge reads: ${formats}`
}
