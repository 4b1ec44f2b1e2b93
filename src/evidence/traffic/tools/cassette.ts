// Cassettes: VCR and Betamax (`http_interactions`), vcrpy and go-vcr (`interactions`), LangChain's form of vcrpy
// (`requests` and `responses`), in YAML or JSON.

import { parseYaml } from '../../../base/parse-yaml.ts'
import { field, isObject } from '../../../base/json.ts'
import type { Json, RecordedMessage } from '../../../types/index.ts'
import {
  readList,
  readHeaders,
  readSent,
  readStatus,
  readString,
  withoutAbsent,
  type ImportedMessage,
  type Importer,
} from '../importer.ts'
import { describeBytes, type RecordingFile } from '../recording.ts'

export default {
  name: 'cassette of VCR, vcrpy, Betamax or go-vcr',
  read(recording) {
    const isYaml = /^(?:(?:http_)?interactions|requests):/m.test(recording.text.slice(0, 4096))
    if (isYaml && recording.text.length > MOST_YAML) {
      const most = describeBytes(MOST_YAML)
      return [{ place: 'the cassette', because: `it has more than ${most} of YAML; split it` }]
    }
    // YAML is asked only of what looks like a cassette: anything is YAML of some kind.
    const cassette = recording.json ?? (isYaml ? cassetteIn(recording) : undefined)
    const interactions =
      readList(cassette, '/http_interactions') ??
      readList(cassette, '/interactions') ??
      pairUp(readList(cassette, '/requests'), readList(cassette, '/responses'))
    return interactions?.map((interaction, at) => readInteraction(interaction, at))
  },
} satisfies Importer

/** Characters: the library takes a second for some million. */
const MOST_YAML = 32 * 1024 * 1024

function cassetteIn({ text }: RecordingFile): Json | undefined {
  // Ruby's writer has a tag of its own for bytes.
  const { document, faults } = parseYaml(text.replaceAll(/: !binary \|/g, ': !!binary |'))
  if (faults.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: 100 }) as Json
  } catch {
    return undefined
  }
}

/** Two lists of the same length, as one of interactions. */
function pairUp(
  requests: readonly Json[] | undefined,
  responses: readonly Json[] | undefined,
): readonly Json[] | undefined {
  if (requests === undefined || responses === undefined) return undefined
  return requests.map((request, at) => ({ request, response: responses[at] ?? null }))
}

function readInteraction(interaction: Json, at: number): ImportedMessage {
  const place = `interaction ${at + 1}`
  const response = field(interaction, '/response')
  if (!isObject(response)) return { place, because: 'no answer was recorded' }
  return {
    place,
    // All of them save an answer when it has come to its end.
    ending: 'complete',
    ...withoutAbsent({
      url: readString(interaction, '/request/uri') ?? readString(interaction, '/request/url'),
      method: readString(interaction, '/request/method'),
      sentHeaders: readHeaders(field(interaction, '/request/headers')),
      status:
        readStatus(response, '/status/code') ??
        readStatus(response, '/code') ??
        readStatus(response, '/status_code'),
      headers: readHeaders(field(response, '/headers')),
      body:
        parsedBodyOf(response) ?? bodyOf(field(response, '/body') ?? field(response, '/content')),
    }),
    ...readSent(
      parsedBodyOf(field(interaction, '/request')) ?? sentOf(field(interaction, '/request/body')),
    ),
  }
}

/** What some projects write for the eye in place of the body. */
function parsedBodyOf(message: Json | undefined): string | undefined {
  const parsed = field(message, '/parsed_body')
  return parsed === undefined ? undefined : JSON.stringify(parsed)
}

/** A string, bytes of `!!binary`, or an object that holds one of them. */
function bodyOf(body: Json | undefined): RecordedMessage['body'] | undefined {
  if (typeof body === 'string') return body
  if ((body as unknown) instanceof Uint8Array) return Buffer.from(body as unknown as Uint8Array)
  if (!isObject(body)) return undefined
  const base64 = readString(body, '/base64_string')
  return base64 === undefined ? bodyOf(body['string']) : Buffer.from(base64, 'base64')
}

function sentOf(body: Json | undefined): Json | undefined {
  return bodyOf(body)?.toString()
}
