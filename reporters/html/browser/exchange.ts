// Runs in the page, from its text: a function here may use nothing but its arguments.

import type { Finding, Json, StreamEvent } from '../../../src/types/index.ts'
import type { formatCurlCommand } from '../../common/curl.ts'
import type { PageTarget } from '../page-data.ts'
import type { Saved } from './evidence.ts'
import type { createCopyButton, ElementMaker } from './make.ts'

interface Tools {
  readonly make: ElementMaker
  readonly copyButton: typeof createCopyButton
  readonly curlCommand: typeof formatCurlCommand
  readonly visible: (text: string) => string
}

/** A saved exchange: what was sent, what came back, and where it went wrong. */
export function createExchangeView(
  { make, copyButton, curlCommand, visible: showInvisible }: Tools,
  { exchange, delivered }: Saved,
  findings: readonly Finding[],
  target: PageTarget,
): HTMLElement {
  const MOST_LINES = 1500

  /** Pretty-printed lines, each with the JSON pointer of the value that begins on it. */
  const lines = (value: Json): readonly { readonly at: string; readonly text: string }[] => {
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
  const nearest = (pointer: string, known: ReadonlySet<string>): string => {
    let at = pointer
    while (at !== '' && !known.has(at)) at = at.slice(0, at.lastIndexOf('/'))
    return at
  }

  const json = (value: Json, guilty: readonly string[]): HTMLElement => {
    const all = lines(value)
    const known = new Set(all.map(({ at }) => at))
    const marked = new Set(guilty.map((pointer) => nearest(pointer, known)))
    const shown = all.slice(0, MOST_LINES)
    return make(
      'pre',
      { class: 'code', tabindex: '0' },
      shown.flatMap(({ at, text }, index) => {
        const hit = marked.has(at) && (at !== '' || index === 0) && guilty.length > 0
        const line = showInvisible(text)
        return [hit ? make('mark', {}, `${line}`) : line, '\n']
      }),
      all.length > shown.length ? `… ${all.length - shown.length} more lines` : '',
    )
  }

  const text = (value: string): HTMLElement =>
    make(
      'pre',
      { class: 'code', tabindex: '0' },
      showInvisible(value.slice(0, 60_000)),
      value.length > 60_000 ? `… ${value.length} characters` : '',
    )

  const pointers = findings.map(({ at }) => at)

  const stream = (events: readonly StreamEvent[]): HTMLElement => {
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
            make('span', { class: 'name' }, showInvisible(name)),
            inside === undefined ? undefined : make('b', {}, ' ← here'),
          ),
        )
        // Filled when it is opened: a stream may have thousands of events.
        const fill = (): void => {
          if (details.childElementCount > 1) return
          details.append(
            event.data === undefined ? text(event.raw) : json(event.data, inside ?? []),
          )
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

  const { request, body } = exchange
  const curl = curlCommand(target, request)
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
        ? stream(body.events)
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
      make('h4', {}, showInvisible(`${request.method} ${request.path}`)),
      curl === undefined ? undefined : copyButton(make, curl, 'Copy as curl'),
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
      : make('p', { class: 'quiet' }, showInvisible(`Delivery, for information: ${delivered}`)),
    make(
      'details',
      { class: 'part', open: pointers.some((at) => at.startsWith('header ')) },
      make('summary', {}, `Headers (${exchange.headers.length})`),
      make(
        'pre',
        { class: 'code', tabindex: '0' },
        exchange.headers.flatMap(([name, value]) => {
          const line = showInvisible(`${name}: ${value}`)
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
              showInvisible(
                `${anomaly.kind} at byte ${anomaly.offset}${anomaly.count > 1 ? `, ${anomaly.count} times` : ''}: ${anomaly.note}`,
              ),
            ),
          ),
        )
      : undefined,
    answer,
  )
}

/** Makes control and direction characters visible. Line feeds and tabs stay. */
export function showInvisible(text: string): string {
  return text.replace(
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
}
