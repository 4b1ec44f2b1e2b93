// Bodies without anything around them: response objects, errors, the events of a stream, and pairs of a request
// and its response, as programs print them. They passed a program that may have written null for what was absent.

import { field, isObject } from '../../../base/json.ts'
import type { Json, RecordedMessage } from '../../../types/index.ts'
import { readList, readSent, readString, type ImportedMessage, type Importer } from '../importer.ts'
import type { RecordingFile } from '../recording.ts'

export default {
  name: 'bodies',
  read(recording) {
    const { rows } = recording
    const areEvents = rows.length > 1 && rows.every(({ value }) => isEvent(value))
    return areEvents ? streamsIn(rows) : undefined
  },
  readRow(value, place) {
    if (!isObject(value)) return undefined
    const response = field(value, '/response')
    const isPair = isAnswer(response) && !isEvent(value)
    if (isPair) return [answerAt(place, response!, field(value, '/request'))]
    if (isAnswer(value)) return [answerAt(place, value)]
    if (readString(value, '/object')?.startsWith('chat.completion') === true || isChat(value)) {
      return [{ place, because: 'it is of Chat Completions, and not of this API' }]
    }
    if ('model' in value && ('input' in value || 'prompt' in value)) {
      return [{ place, because: 'it is a request without its answer' }]
    }
    return undefined
  },
} satisfies Importer

function answerAt(place: string, body: Json, request?: Json): RecordedMessage {
  const sent =
    field(request, '/body') ?? (isObject(request) && 'model' in request ? request : undefined)
  return { place, body: JSON.stringify(body), isRewritten: true, ...readSent(sent) }
}

const OBJECTS: readonly unknown[] = [
  'response',
  'response.deleted',
  'response.compaction',
  'response.input_tokens',
  'conversation',
  'conversation.deleted',
]

function isAnswer(value: Json | undefined): boolean {
  if (!isObject(value)) return false
  if (OBJECTS.includes(value['object'])) return true
  if (readList(value, '/output') !== undefined && 'id' in value) return !('type' in value)
  return (
    isObject(value['error']) &&
    readString(value, '/error/message') !== undefined &&
    !('type' in value) &&
    Object.keys(value).length <= 3
  )
}

function isChat(value: Json): boolean {
  return (
    isObject(value) &&
    (readList(value, '/choices') !== undefined || ('model' in value && 'messages' in value))
  )
}

function isEvent(value: Json | undefined): boolean {
  return /^(?:response\..+|error|keepalive)$/.test(readString(value, '/type') ?? '')
}

/** Each `response.created` begins a stream. */
function streamsIn(rows: RecordingFile['rows']): readonly ImportedMessage[] {
  const streams: { readonly place: string; body: string }[] = []
  for (const { value, place } of rows) {
    const type = readString(value, '/type')!
    if (streams.length === 0 || type === 'response.created') {
      streams.push({ place: `the stream from ${place}`, body: '' })
    }
    streams.at(-1)!.body += `event: ${type}\ndata: ${JSON.stringify(value)}\n\n`
  }
  return streams.map((stream) => ({ ...stream, isReframed: true, isRewritten: true }))
}
