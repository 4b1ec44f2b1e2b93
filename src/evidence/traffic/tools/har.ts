// HAR 1.2, as browsers, Playwright, mitmproxy, Charles and Fiddler export it.

import { field } from '../../../base/json.ts'
import type { Ending, Json, RecordedMessage } from '../../../types/index.ts'
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
  name: 'HAR',
  read: ({ json }) => readList(json, '/log/entries')?.map((entry, at) => readHarEntry(entry, at)),
} satisfies Importer

/** One entry of a HAR file; its body in the form that `readBody` knows. */
export function readHarEntry(
  entry: Json,
  at: number,
  readBody: (content: Json | undefined) => RecordedMessage['body'] | undefined = bodyOf,
): ImportedMessage {
  const place = `entry ${at + 1}`
  const error = readString(entry, '/response/_error') ?? readString(entry, '/response/_failureText')
  const status = readStatus(entry, '/response/status')
  // Browsers write status 0 for what was blocked, aborted or never connected.
  if (status === undefined) {
    return { place, because: `no answer was recorded${error === undefined ? '' : ` (${error})`}` }
  }
  return {
    place,
    status,
    ...withoutAbsent({
      url: readString(entry, '/request/url'),
      method: readString(entry, '/request/method'),
      sentHeaders: readHeaders(field(entry, '/request/headers')),
      headers: readHeaders(field(entry, '/response/headers')),
      body: readBody(field(entry, '/response/content')),
      ending: endingOf(error),
    }),
    ...readSent(field(entry, '/request/postData/text')),
  }
}

function bodyOf(content: Json | undefined): RecordedMessage['body'] | undefined {
  const text = readString(content, '/text')
  // Without its text a body was not kept: a size of 0 says the same of a stream, and of none.
  if (text === undefined || text === '') return undefined
  return field(content, '/encoding') === 'base64' ? Buffer.from(text, 'base64') : text
}

/** What Chromium says of a request that failed after it was answered. */
function endingOf(error: string | undefined): Ending | undefined {
  if (error === undefined) return undefined
  return /ABORTED|CANCEL/i.test(error)
    ? 'aborted'
    : /INCOMPLETE|RESET|CLOSED|PROTOCOL/i.test(error)
      ? 'cut'
      : undefined
}
