// Polly.JS: HAR with a name of its own, and a compressed body as a list of its chunks in base64.

import { field, parse, spell } from '../../../base/json.ts'
import type { Json, RecordedMessage } from '../../../types/index.ts'
import { isUnjudged, readList, readString, type Importer } from '../importer.ts'
import { readHarEntry } from './har.ts'

export default {
  name: 'Polly.JS',
  read({ json }) {
    if (field(json, '/log/_recordingName') === undefined) return undefined
    return readList(json, '/log/entries')?.map((entry, at) => {
      const message = readHarEntry(entry, at, bodyOf)
      // It saves an answer when it has come to its end.
      return isUnjudged(message) ? message : { ...message, ending: 'complete' as const }
    })
  },
} satisfies Importer

function bodyOf(content: Json | undefined): RecordedMessage['body'] | undefined {
  const text = readString(content, '/text')
  if (text === undefined || field(content, '/encoding') !== 'base64') return text
  const chunks = parse(text)
  const pieces = Array.isArray(chunks) ? chunks : [text]
  return Buffer.concat(pieces.map((piece) => Buffer.from(spell(piece), 'base64')))
}
