// What nock's recorder writes with `output_objects`: a compressed answer is a list of its chunks in hexadecimal digits.

import { field } from '../../../base/json.ts'
import type { Json, RecordedMessage } from '../../../types/index.ts'
import {
  readHeaders,
  readSent,
  readStatus,
  readString,
  withoutAbsent,
  type Importer,
} from '../importer.ts'

const CODE =
  'it is code that plays answers back: record with nock.recorder.rec({ output_objects: true })'

export default {
  name: 'nock',
  read: ({ text }) =>
    /^(?:<<<<<<-- cut here -->>>>>>|nock\(['"`]https?:)/m.test(text.slice(0, 4096))
      ? [{ place: 'the file', because: CODE }]
      : undefined,
  readRow(value, place) {
    const scope = readString(value, '/scope')
    const path = readString(value, '/path')
    if (scope === undefined || path === undefined) return undefined
    return [
      {
        place,
        url: `${scope.replace(/\/$/, '')}${path}`,
        // It writes an answer down when it has come to its end.
        ending: 'complete',
        ...withoutAbsent({
          method: readString(value, '/method'),
          sentHeaders: readHeaders(field(value, '/reqheaders')),
          status: readStatus(value, '/status'),
          headers: readHeaders(field(value, '/rawHeaders') ?? field(value, '/headers')),
          body: bodyOf(field(value, '/response')),
        }),
        ...readSent(field(value, '/body')),
      },
    ]
  },
} satisfies Importer

function bodyOf(response: Json | undefined): RecordedMessage['body'] | undefined {
  if (response === undefined || typeof response === 'string') return response
  const isHex =
    Array.isArray(response) &&
    response.length > 0 &&
    response.every((chunk) => typeof chunk === 'string' && /^(?:[0-9a-f]{2})+$/i.test(chunk))
  return isHex ? Buffer.from(response.join(''), 'hex') : JSON.stringify(response)
}
