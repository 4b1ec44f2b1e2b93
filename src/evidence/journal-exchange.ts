import { events, response } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import type { JournalEntry } from './journal.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Exchange } from '../types/index.ts'

/** The journal's line for one exchange: what a report needs without opening the evidence file. */
export function describeExchange(
  target: Target,
  exchange: Exchange,
  tokens: readonly [number, number],
  asked: string,
): Extract<JournalEntry, { kind: 'exchange' }> {
  const { request, status, ending, evidence = '' } = exchange
  const model = field(response(exchange), '/model')
  const firstEvent = events(exchange)[0]
  return {
    kind: 'exchange',
    id: evidence,
    target: target.id,
    asked,
    record: {
      target: target.id,
      request: `${request.transport === 'websocket' ? 'WS' : request.method} ${request.path}`,
      status,
      ending,
      bytes: exchange.raw?.bytes ?? 0,
      file: `evidence/${evidence}.json`,
    },
    tokens,
    tries: exchange.tries ?? 1,
    ...(typeof model === 'string' ? { model } : {}),
    ...(exchange.timing === undefined ? {} : { totalMs: exchange.timing.endMs }),
    ...(firstEvent === undefined ? {} : { firstEventMs: firstEvent.ms }),
  }
}
