// Postman: the saved answers of a collection, and what Newman's JSON reporter writes of a run.

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
  name: 'Postman or Newman',
  read({ json }) {
    const executions = readList(json, '/run/executions')
    if (executions !== undefined) {
      return executions.map((each, at) =>
        readAnswer(field(each, '/request'), field(each, '/response'), `execution ${at + 1}`),
      )
    }
    const items = readList(json, '/item')
    return items === undefined || !isObject(field(json, '/info')) ? undefined : readItems(items, '')
  },
} satisfies Importer

/** Items of a folder, and of the folders in it. */
function readItems(items: readonly Json[], folder: string): readonly ImportedMessage[] {
  return items.flatMap((item, at): readonly ImportedMessage[] => {
    const place = `${folder}item ${at + 1}`
    const inside = readList(item, '/item')
    if (inside !== undefined) return readItems(inside, `${place}, `)
    const saved = readList(item, '/response') ?? []
    if (saved.length === 0) return [{ place, because: 'it has no saved answer' }]
    return saved.map((answer, which) =>
      readAnswer(
        field(answer, '/originalRequest') ?? field(item, '/request'),
        answer,
        `${place}, answer ${which + 1}`,
      ),
    )
  })
}

function readAnswer(
  request: Json | undefined,
  answer: Json | undefined,
  place: string,
): ImportedMessage {
  if (!isObject(answer)) return { place, because: 'no answer was recorded' }
  return {
    place,
    // Its answers are read to their end before they are shown.
    ending: 'complete',
    ...withoutAbsent({
      url: addressOf(field(request, '/url')),
      method: readString(request, '/method'),
      sentHeaders: readHeaders(field(request, '/header')),
      status: readStatus(answer, '/code'),
      headers: readHeaders(field(answer, '/header')),
      body: bodyOf(answer),
    }),
    ...readSent(field(request, '/body/raw')),
  }
}

function bodyOf(answer: Json): RecordedMessage['body'] | undefined {
  const bytes = readList(answer, '/stream/data')
  return bytes === undefined ? readString(answer, '/body') : Buffer.from(bytes.map(Number))
}

/** An address in one piece, or in its parts. */
function addressOf(url: Json | undefined): string | undefined {
  if (typeof url === 'string') return url
  const raw = readString(url, '/raw')
  if (raw !== undefined) return raw
  const host = readList(url, '/host')?.join('.') ?? readString(url, '/host')
  const path = readList(url, '/path')?.join('/') ?? readString(url, '/path')
  if (path === undefined) return undefined
  const port = readString(url, '/port')
  const query = (readList(url, '/query') ?? [])
    .map((each) => `${readString(each, '/key') ?? ''}=${readString(each, '/value') ?? ''}`)
    .join('&')
  const where =
    host === undefined
      ? ''
      : `${readString(url, '/protocol') ?? 'https'}://${host}${port === undefined ? '' : `:${port}`}`
  return `${where}/${path.replace(/^\//, '')}${query === '' ? '' : `?${query}`}`
}
