// How a stream ends.

import { TERMINAL_EVENTS } from '../../authoring/read.ts'
import { field, isObject, show } from '../../base/json.ts'
import type { StreamEvent } from '../../types/index.ts'
import type { Mistake } from '../finding.ts'
import { ROLES } from '../event-types.ts'
import { payload, typeOf } from '../timeline.ts'
import type { Story } from '../timeline.ts'

export function terminal(story: Story): readonly Mistake[] {
  return [...once(story), ...agreement(story), ...errors(story)]
}

const ONE = 'exactly one of response.completed, response.incomplete, response.failed, at the end'

function once({ events, terminals, errors: errorEvents, lifecycle, exchange, ...story }: Story) {
  const mistakes: Mistake[] = []
  const first = terminals[0]
  const last = events.at(-1)
  if (first === undefined) {
    // An error has its own law about what follows it; what we cut ourselves has no end to judge.
    if (errorEvents.length > 0 || story.cutByUs || last === undefined) return mistakes
    const states = lifecycle.map((event) => field(event.data, '/response/status'))
    if (states.includes('cancelled')) return mistakes
    mistakes.push({
      law: 'single-terminal',
      event: last,
      message: 'The stream has no terminal event.',
      expected: ONE,
      actual:
        exchange.ending === 'cut'
          ? `the connection broke after ${typeOf(last)}`
          : `the stream ended after ${typeOf(last)}`,
    })
    return mistakes
  }
  for (const event of terminals.slice(1)) {
    mistakes.push({
      law: 'single-terminal',
      event,
      expected: ONE,
      actual: `${typeOf(event)} after ${typeOf(first)} (event ${first.index})`,
    })
  }
  // Vendors' own events behind the end are somebody else's business; published ones are not.
  const late = events
    .slice(events.indexOf(first) + 1)
    .filter((event) => ROLES.has(typeOf(event)) && !TERMINAL_EVENTS.includes(typeOf(event)))
  for (const event of late) {
    mistakes.push({
      law: 'nothing-after',
      event,
      expected: `no event after ${typeOf(first)} (event ${first.index})`,
      actual: typeOf(event),
      same: 'after',
    })
  }
  return mistakes
}

const STATUS: Readonly<Record<string, string>> = {
  'response.completed': 'completed',
  'response.incomplete': 'incomplete',
  'response.failed': 'failed',
}

function agreement({ terminals }: Story): readonly Mistake[] {
  return terminals.flatMap((event): readonly Mistake[] => {
    const type = typeOf(event)
    const response = payload(event)['response']
    if (!isObject(response)) return []
    const { status } = response
    if (typeof status === 'string' && status !== STATUS[type]) {
      return [
        {
          law: 'terminal-status',
          event,
          pointer: '/response/status',
          expected: `status ${STATUS[type]} in ${type}`,
          actual: show(status),
        },
      ]
    }
    const reason = field(response, '/incomplete_details/reason')
    if (type === 'response.incomplete' && typeof reason !== 'string') {
      return [
        {
          law: 'incomplete-details',
          event,
          pointer: '/response/incomplete_details',
          expected: 'incomplete_details with a reason',
          actual: show(response['incomplete_details']),
        },
      ]
    }
    const { error } = response
    const told = isObject(error) && isText(error['code']) && isText(error['message'])
    if (type === 'response.failed' && !told) {
      return [
        {
          law: 'failed-error',
          event,
          pointer: '/response/error',
          expected: 'an error with code and message',
          actual: show(error),
        },
      ]
    }
    return []
  })
}

function errors({ errors: errorEvents, events, terminals, cutByUs }: Story): readonly Mistake[] {
  if (errorEvents.length === 0) return []
  const failure = events.findLastIndex((event) => typeOf(event) === 'response.failed')
  const answered = new Set(events.slice(0, Math.max(failure, 0)))
  return errorEvents.flatMap((event) => {
    const mistakes: Mistake[] = shape(event)
    if (!answered.has(event) && !cutByUs) {
      mistakes.push({
        law: 'error-then-failed',
        event,
        expected: '`response.failed` after an error event',
        actual: terminals[0] === undefined ? 'the end of the stream' : typeOf(terminals[0]),
      })
    }
    return mistakes
  })
}

/** Both forms are in use: flat as OpenAI's schema has it, nested as its traffic and Open Responses have it. */
function shape(event: StreamEvent): Mistake[] {
  const data = payload(event)
  const nested = data['error']
  const told = isObject(nested) ? nested : data
  const at = isObject(nested) ? '/error' : ''
  if (!isText(told['message'])) {
    return [
      {
        law: 'error-shape',
        event,
        pointer: `${at}/message`,
        expected: 'an error event with a message (and code, param), at the top or under `error`',
        actual: show(told['message']),
      },
    ]
  }
  return isObject(nested)
    ? []
    : [
        {
          law: 'error-nested',
          event,
          pointer: '/error',
          expected: 'code and message under `error`',
          actual: 'code and message at the top level',
        },
      ]
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
