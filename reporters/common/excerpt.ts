// A few lines of an exchange around the place of a finding.

import { eventType, events, header } from '../../src/authoring/read.ts'
import { field, show } from '../../src/base/json.ts'
import type { Exchange, Finding } from '../../src/types/index.ts'

/** What stands at the finding's place, with its neighbours where it is an event. */
export function excerptOf(exchange: Exchange, { at }: Finding): readonly string[] {
  const named = /^header (.+)$/.exec(at)
  if (named !== null) return [`${named[1]}: ${header(exchange, named[1]!) ?? '(absent)'}`]
  const { body } = exchange
  if (body.kind === 'events') {
    const index = Number(
      /^\/events\/(\d+)/.exec(at)?.[1] ?? Math.max(0, events(exchange).length - 1),
    )
    return body.events
      .filter((event) => Math.abs(event.index - index) <= 1)
      .map((event) => {
        const inside = /^\/events\/\d+(\/.*)$/.exec(at)?.[1]
        const value =
          event.index === index && inside !== undefined
            ? `${inside} = ${show(field(event.data, inside), 300)}`
            : show(event.data, 160)
        return `${event.index} ${eventType(event) ?? event.raw.slice(0, 60)}  ${value}`
      })
  }
  if (body.kind === 'json') {
    const pointed = at.startsWith('/') ? `${at} = ` : ''
    return [`${pointed}${show(at.startsWith('/') ? field(body.value, at) : body.value, 400)}`]
  }
  return [`${body.kind === 'text' ? body.text.slice(0, 400) : '(no body)'}`]
}
