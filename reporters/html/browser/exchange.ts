import type { Finding, Json, StreamEvent } from '../../../src/types/index.ts'
import { formatCurlCommand } from '../../common/curl.ts'
import type { PageTarget } from '../page-data-types.ts'
import type { Saved } from './load-evidence.ts'
import { createCopyButton, make, showHidden } from './make-elements.ts'

const MOST_LINES = 1500

/** A saved exchange: what was sent, what came back, and where it went wrong. */
export function createExchangeView(
  { exchange, delivered }: Saved,
  findings: readonly Finding[],
  target: PageTarget,
): HTMLElement {
  const pointers = findings.map(({ at }) => at)

  const { request, body } = exchange
  const curl = formatCurlCommand(target, request)
  const sent =
    request.body === undefined
      ? undefined
      : 'json' in request.body
        ? json(request.body.json, [])
        : text('raw' in request.body ? request.body.raw : JSON.stringify(request.body.multipart))
  const answer =
    body.kind === 'json'
      ? json(
          body.value,
          pointers.filter((at) => at === '' || at.startsWith('/')),
        )
      : body.kind === 'events'
        ? stream(body.events, pointers)
        : body.kind === 'text'
          ? text(body.text)
          : make('p', { class: 'quiet' }, 'No body.')
  const statusGuilty = pointers.includes('status')
  const { timing } = exchange
  return make(
    'div',
    { class: 'exchange' },
    make(
      'div',
      { class: 'bar-of-buttons' },
      make('h4', {}, showHidden(`${request.method} ${request.path}`)),
      curl === undefined ? undefined : createCopyButton(curl, 'Copy as curl'),
    ),
    sent === undefined
      ? undefined
      : make('details', { class: 'part' }, make('summary', {}, 'What was sent'), sent),
    make(
      'p',
      { class: 'came' },
      'Came back: ',
      make(statusGuilty ? 'mark' : 'b', {}, String(exchange.status)),
      exchange.ending === 'complete' ? '' : `, ${exchange.ending}`,
      timing === undefined
        ? ''
        : `, first byte after ${Math.round(timing.firstByteMs ?? timing.headersMs)} ms, end after ${Math.round(timing.endMs)} ms`,
      exchange.raw === undefined ? '' : `, ${exchange.raw.bytes} bytes`,
    ),
    delivered === undefined
      ? undefined
      : make('p', { class: 'quiet' }, showHidden(`Delivery, for information: ${delivered}`)),
    make(
      'details',
      { class: 'part', open: pointers.some((at) => at.startsWith('header ')) },
      make('summary', {}, `Headers (${exchange.headers.length})`),
      make(
        'pre',
        { class: 'code', tabindex: '0' },
        exchange.headers.flatMap(([name, value]) => {
          const line = showHidden(`${name}: ${value}`)
          const hit = pointers.some((at) => at.toLowerCase() === `header ${name.toLowerCase()}`)
          return [hit ? make('mark', {}, line) : line, '\n']
        }),
      ),
    ),
    body.kind === 'events' && body.anomalies.length > 0
      ? make(
          'ul',
          { class: 'anomalies' },
          body.anomalies.map((anomaly) =>
            make(
              'li',
              {},
              showHidden(
                `${anomaly.kind} at byte ${anomaly.offset}${anomaly.count > 1 ? `, ${anomaly.count} times` : ''}: ${anomaly.note}`,
              ),
            ),
          ),
        )
      : undefined,
    answer,
  )
}

/** Pretty-printed lines, each with the JSON pointer of the value that begins on it. */
function lines(value: Json): readonly { readonly at: string; readonly text: string }[] {
  const result: { at: string; text: string }[] = []
  const write = (entry: Json, at: string, depth: number, lead: string, comma: string): void => {
    const pad = '  '.repeat(depth)
    const list = Array.isArray(entry)
    if (typeof entry !== 'object' || entry === null || Object.keys(entry).length === 0) {
      result.push({ at, text: `${pad}${lead}${JSON.stringify(entry)}${comma}` })
      return
    }
    result.push({ at, text: `${pad}${lead}${list ? '[' : '{'}` })
    const entries = Object.entries(entry)
    entries.forEach(([key, inner], index) => {
      const token = key.replaceAll('~', '~0').replaceAll('/', '~1')
      write(
        inner as Json,
        `${at}/${token}`,
        depth + 1,
        list ? '' : `${JSON.stringify(key)}: `,
        index < entries.length - 1 ? ',' : '',
      )
    })
    result.push({ at: '', text: `${pad}${list ? ']' : '}'}${comma}` })
  }
  write(value, '', 0, '', '')
  return result
}

/** The pointer itself, or the nearest one above it that is there: for what is missing. */
function nearest(pointer: string, known: ReadonlySet<string>): string {
  let at = pointer
  while (at !== '' && !known.has(at)) at = at.slice(0, at.lastIndexOf('/'))
  return at
}

function json(value: Json, guilty: readonly string[]): HTMLElement {
  const all = lines(value)
  const known = new Set(all.map(({ at }) => at))
  const marked = new Set(guilty.map((pointer) => nearest(pointer, known)))
  const shown = all.slice(0, MOST_LINES)
  return make(
    'pre',
    { class: 'code', tabindex: '0' },
    shown.flatMap(({ at, text }, index) => {
      const hit = marked.has(at) && (at !== '' || index === 0) && guilty.length > 0
      const line = showHidden(text)
      return [hit ? make('mark', {}, `${line}`) : line, '\n']
    }),
    all.length > shown.length ? `… ${all.length - shown.length} more lines` : '',
  )
}

function text(value: string): HTMLElement {
  return make(
    'pre',
    { class: 'code', tabindex: '0' },
    showHidden(value.slice(0, 60_000)),
    value.length > 60_000 ? `… ${value.length} characters` : '',
  )
}

/** The events of a stream on a line of time; those that the pointers name are open. */
function stream(events: readonly StreamEvent[], pointers: readonly string[]): HTMLElement {
  const first = events[0]?.ms ?? 0
  const span = Math.max(1, (events.at(-1)?.ms ?? 0) - first)
  const guilty = new Map<number, string[]>()
  for (const pointer of pointers) {
    const found = /^\/events\/(\d+)(.*)$/.exec(pointer)
    if (found !== null)
      guilty.set(Number(found[1]), [...(guilty.get(Number(found[1])) ?? []), found[2]!])
  }
  return make(
    'ol',
    { class: 'stream' },
    events.slice(0, MOST_LINES).map((event) => {
      const inside = guilty.get(event.index)
      const bar = make('i', { class: 'bar', 'aria-hidden': 'true' })
      bar.style.setProperty('--at', String((event.ms - first) / span))
      const named =
        typeof event.data === 'object' && event.data !== null && !Array.isArray(event.data)
          ? (event.data as { readonly type?: Json }).type
          : undefined
      const name = typeof named === 'string' ? named : (event.name ?? event.raw.slice(0, 60))
      const details = make(
        'details',
        { class: inside === undefined ? 'event' : 'event guilty', open: inside !== undefined },
        make(
          'summary',
          {},
          make('span', { class: 'index' }, `${event.index}`),
          make('span', { class: 'ms' }, `${Math.round(event.ms)} ms`),
          bar,
          make('span', { class: 'name' }, showHidden(name)),
          inside === undefined ? undefined : make('b', {}, ' ← here'),
        ),
      )
      // Filled when it is opened: a stream may have thousands of events.
      const fill = (): void => {
        if (details.childElementCount > 1) return
        details.append(event.data === undefined ? text(event.raw) : json(event.data, inside ?? []))
      }
      if (inside !== undefined) fill()
      details.addEventListener('toggle', fill)
      return make('li', {}, details)
    }),
    events.length > MOST_LINES
      ? make('li', {}, `… ${events.length - MOST_LINES} more events`)
      : undefined,
  )
}
