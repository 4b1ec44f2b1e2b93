// Flows that mitmproxy saved (`mitmdump -w`): typed netstrings, `<length>:<content><type>`, one flow behind the other.

import { field, isObject, spell } from '../../../base/json.ts'
import type { HeaderList, Json, RecordedMessage } from '../../../types/index.ts'
import {
  readSent,
  readStatus,
  readString,
  withoutAbsent,
  type ImportedMessage,
  type Importer,
} from '../importer.ts'

export default {
  name: 'mitmproxy',
  read({ bytes }) {
    if (!/^\d{1,12}:\d{1,12}:/.test(bytes.toString('latin1', 0, 32))) return undefined
    const flows: ImportedMessage[] = []
    for (let at = 0; at < bytes.length;) {
      const place = `flow ${flows.length + 1}`
      const read = readValue(bytes, at, bytes.length, 0)
      if (read === undefined) {
        flows.push({ place, because: 'it breaks off, or is no flow of mitmproxy' })
        break
      }
      flows.push(readFlow(read.value, place))
      at = read.end
    }
    return flows
  },
} satisfies Importer

/** Bytes stay bytes; everything else is as JSON has it. */
type Value = Json | Buffer | readonly Value[] | { readonly [key: string]: Value }

const DEEPEST = 64

/** Of one list: no flow has more headers or messages. */
const MOST_VALUES = 100_000

function readValue(
  bytes: Buffer,
  from: number,
  limit: number,
  depth: number,
): { readonly value: Value; readonly end: number } | undefined {
  const digits = /^(\d{1,12}):/.exec(bytes.toString('latin1', from, Math.min(from + 13, limit)))
  if (digits === null || depth > DEEPEST) return undefined
  const start = from + digits[0].length
  const end = start + Number(digits[1])
  if (end >= limit) return undefined
  const value = contentOf(bytes, start, end, String.fromCharCode(bytes[end]!), depth)
  return value === undefined ? undefined : { value, end: end + 1 }
}

function contentOf(
  bytes: Buffer,
  start: number,
  end: number,
  type: string,
  depth: number,
): Value | undefined {
  switch (type) {
    case ',':
      return bytes.subarray(start, end)
    case ';':
      return bytes.toString('utf8', start, end)
    case '#':
    case '^':
      return Number(bytes.toString('latin1', start, end))
    case '!':
      return bytes.toString('latin1', start, end) === 'true'
    case '~':
      return null
    case ']':
    case '}': {
      const list: Value[] = []
      for (let at = start; at < end;) {
        const read = readValue(bytes, at, end, depth + 1)
        if (read === undefined || list.length >= MOST_VALUES) return undefined
        list.push(read.value)
        at = read.end
      }
      return type === ']' ? list : entriesOf(list)
    }
    default:
      return undefined
  }
}

function entriesOf(list: readonly Value[]): Value {
  const pairs = list.flatMap((key, at) =>
    at % 2 === 0 ? [[spell(key), list[at + 1] ?? null] as const] : [],
  )
  return Object.fromEntries(pairs)
}

function readFlow(flow: Value, place: string): ImportedMessage {
  const value = flow as Json
  const request = field(value, '/request')
  const response = field(value, '/response')
  if (field(value, '/type') !== 'http') return { place, because: 'it is no flow of HTTP' }
  const error = readString(value, '/error/msg')
  if (!isObject(response)) {
    return { place, because: `no answer was recorded${error === undefined ? '' : ` (${error})`}` }
  }
  const host = textOf(field(request, '/host'))
  const port = spell(field(request, '/port') ?? '')
  const scheme = textOf(field(request, '/scheme')) ?? 'https'
  const isUsual = port === (scheme === 'https' ? '443' : '80')
  return {
    place,
    url: `${scheme}://${host ?? ''}${isUsual ? '' : `:${port}`}${textOf(field(request, '/path')) ?? ''}`,
    ending: error === undefined ? 'complete' : /client disconnect/i.test(error) ? 'aborted' : 'cut',
    ...withoutAbsent({
      method: textOf(field(request, '/method')),
      sentHeaders: headersOf(field(request, '/headers')),
      status: readStatus(response, '/status_code'),
      headers: headersOf(field(response, '/headers')),
      body: bodyOf(field(response, '/content')),
    }),
    ...readSent(textOf(field(request, '/content'))),
  }
}

function bodyOf(content: unknown): RecordedMessage['body'] | undefined {
  return content instanceof Buffer ? content : undefined
}

function textOf(value: unknown): string | undefined {
  return value instanceof Buffer
    ? value.toString('utf8')
    : typeof value === 'string'
      ? value
      : undefined
}

function headersOf(value: unknown): HeaderList | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.flatMap((pair: unknown) =>
    Array.isArray(pair) ? [[textOf(pair[0]) ?? '', textOf(pair[1]) ?? ''] as const] : [],
  )
}
