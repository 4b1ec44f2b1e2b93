// What curl (`-i`, `-v`, `-N`) and HTTPie print: heads and bodies of HTTP as text, or an event stream alone.

import type { HeaderList, RecordedMessage } from '../../../types/index.ts'
import { readSent, withoutAbsent, type ImportedMessage, type Importer } from '../importer.ts'

const ANSWER = /^HTTP(?:\/\d(?:\.\d)?)? (\d{3})\b[^\n]*$/m
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE) (\S+)(?: HTTP\/\S+)?\r?$/m

const ESCAPE = '\u001b'
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g')

export default {
  name: 'output of curl or HTTPie',
  read({ text: printed, isReencoded }) {
    const text = printed.includes(ESCAPE) ? printed.replaceAll(COLOURS, '') : printed
    if (/^(?:=>|<=) (?:Send|Recv) header, \d+ bytes/m.test(text.slice(0, 4096))) {
      const because = 'a trace of curl breaks the lines of what it shows: record with -i or -v'
      return [{ place: 'the trace', because }]
    }
    const plain = /^[<>] (?:HTTP\/|[A-Z]+ \S+ HTTP\/)/m.test(text) ? withoutMarks(text) : text
    const messages = ANSWER.test(plain) ? readMessages(plain) : readStream(plain)
    return isReencoded
      ? messages?.map((each) => ({ ...each, isReframed: true as const }))
      : messages
  },
} satisfies Importer

/** An event stream and nothing else, as `curl -N` leaves it. */
function readStream(text: string): readonly RecordedMessage[] | undefined {
  const isStream =
    /^\s*(?:(?:event|data|id|retry)?:[^\n]*\r?\n)+/.test(text) && /^data:/m.test(text)
  return isStream ? [{ place: 'the stream', body: text }] : undefined
}

/** What `-v` marks: `>` is sent, `<` came, `*` and sizes are curl's own. With `-i` the head stands there twice. */
function withoutMarks(text: string): string {
  const plain = text
    .replaceAll(/^(?:\*|[{}] \[\d+ bytes data\]).*\n?/gm, '')
    .replaceAll(
      /\* (?:Connection #\d+ to host [^\n]{1,300} left intact|Closing connection[^\n]{0,300})\s*$/gm,
      '',
    )
    .replaceAll(/^> ?/gm, '')
    .replaceAll(/^< ?/gm, '')
  return plain.replaceAll(/^(HTTP\/[^\n]*\n(?:[^\n:]+:[^\n]*\n)*\r?\n)(?=HTTP\/)/gm, '')
}

function readMessages(text: string): readonly ImportedMessage[] {
  const starts = [...text.matchAll(new RegExp(ANSWER, 'gm'))]
  const imported: ImportedMessage[] = []
  let before = text.slice(0, starts[0]!.index)
  for (const [at, start] of starts.entries()) {
    const whole = text.slice(start.index, starts[at + 1]?.index)
    const { headers, rest } = readHead(whole.slice(start[0].length).replace(/^\r?\n/, ''))
    // What follows an answer may be the next request.
    const next = REQUEST.exec(rest)
    const body = next === null ? rest : rest.slice(0, next.index)
    const status = Number(start[1])
    const isInterim = status < 200 || /connection established/i.test(start[0])
    if (!isInterim) {
      const place = starts.length === 1 ? 'the answer' : `answer ${imported.length + 1}`
      // A head alone is what `-I` asks for, and what `-v` prints where the body goes elsewhere.
      const isHeadAlone = body.trim() === '' && status !== 204
      imported.push({
        place,
        ...readRequest(before),
        status,
        ...withoutAbsent({ headers, body: isHeadAlone ? undefined : body }),
      })
    }
    if (!isInterim || next !== null) before = next === null ? '' : rest.slice(next.index)
  }
  return imported
}

/** Lines `name: value`, up to the first that is none. */
function readHead(text: string): { readonly headers?: HeaderList; readonly rest: string } {
  const headers: (readonly [string, string])[] = []
  let at = 0
  for (;;) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end === -1 ? undefined : end).replace(/\r$/, '')
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined && end !== -1) headers.push([name, value])
    const isBlank = line === ''
    if (isBlank || name === undefined || end === -1) {
      const rest = text.slice(isBlank && end !== -1 ? end + 1 : at)
      return headers.length === 0 ? { rest } : { headers, rest }
    }
    at = end + 1
  }
}

function readRequest(text: string): Partial<RecordedMessage> {
  const request = [...text.matchAll(new RegExp(REQUEST, 'gm'))].at(-1)
  if (request === undefined) return {}
  const { headers = [], rest } = readHead(
    text.slice(request.index + request[0].length).replace(/^\n/, ''),
  )
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1]
  const path = request[2]!
  return {
    method: request[1]!,
    url: host === undefined || !path.startsWith('/') ? path : `${schemeOf(host)}://${host}${path}`,
    sentHeaders: headers,
    ...readSent(rest.replace(/\r?\n-{3,}\s*$/, '').trim()),
  }
}

function schemeOf(host: string): string {
  return /^(?:localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https'
}
