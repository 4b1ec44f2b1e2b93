// WireMock: the mappings that it recorded, each alone or in one list, and the journal of its requests.

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

export default {
  name: 'WireMock',
  read({ json }) {
    const list = readList(json, '/mappings') ?? readList(json, '/requests')
    if (list === undefined || !list.some(isMapping)) return undefined
    return list.map((value, at) => readMapping(value, `mapping ${at + 1}`))
  },
  readRow: (value, place) => (isMapping(value) ? [readMapping(value, place)] : undefined),
} satisfies Importer

const ADDRESSES = [
  'absoluteUrl',
  'url',
  'urlPath',
  'urlPattern',
  'urlPathPattern',
  'urlPathTemplate',
]

function isMapping(value: Json): boolean {
  const request = field(value, '/request')
  const isNamed = ['id', 'uuid', 'responseDefinition'].some(
    (key) => isObject(value) && key in value,
  )
  return isNamed && isObject(request) && ADDRESSES.some((key) => key in request)
}

function readMapping(value: Json, place: string): ImportedMessage {
  const request = field(value, '/request')
  const response = field(value, '/response')
  const url =
    readString(request, '/absoluteUrl') ??
    readString(request, '/url') ??
    readString(request, '/urlPath')
  if (url === undefined)
    return { place, because: 'its address is a pattern: no request was recorded' }
  const file = readString(response, '/bodyFileName')
  if (file !== undefined) {
    return { place, because: `its body is in a file of its own, __files/${file}: give that file` }
  }
  return {
    place,
    url,
    // It saves an answer when it has come to its end.
    ending: 'complete',
    ...withoutAbsent({
      method: readString(request, '/method'),
      sentHeaders: readHeaders(field(request, '/headers')),
      status: readStatus(response, '/status'),
      headers: readHeaders(field(response, '/headers')),
      body: bodyOf(response),
    }),
    ...readSent(readString(request, '/body') ?? expectedBodyOf(request)),
  }
}

function bodyOf(response: Json | undefined): RecordedMessage['body'] | undefined {
  const base64 = readString(response, '/base64Body') ?? readString(response, '/bodyAsBase64')
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  const json = field(response, '/jsonBody')
  return json === undefined ? readString(response, '/body') : JSON.stringify(json)
}

/** The body that was sent, as the mapping asks for it. */
function expectedBodyOf(request: Json | undefined): Json | undefined {
  const [pattern] = readList(request, '/bodyPatterns') ?? []
  return field(pattern, '/equalToJson') ?? field(pattern, '/equalTo')
}
