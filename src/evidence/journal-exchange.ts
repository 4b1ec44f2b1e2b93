import { events, response } from '../authoring/read.ts'
import { readProviderWords } from '../authoring/judge-refusal.ts'
import { field, show } from '../base/json.ts'
import type { JournalEntry } from './journal.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { EvidenceRecord, Exchange, WireRequest } from '../types/index.ts'

/** A picture in base64 is longer than anybody reads. */
const MOST_OF_A_BODY = 300
const MOST_OF_A_REFUSAL = 200

function describeBody({ body }: WireRequest): Pick<EvidenceRecord, 'sent'> {
  if (body === undefined) return {}
  const sent =
    'json' in body
      ? show(body.json, MOST_OF_A_BODY)
      : 'raw' in body
        ? show(body.raw, MOST_OF_A_BODY)
        : 'a form'
  return { sent }
}

/** The journal's line for one exchange: what a report needs without opening the evidence file. */
export function describeExchange(
  target: Target,
  exchange: Exchange,
  tokens: readonly [number, number],
  asked: string,
): Extract<JournalEntry, { kind: 'exchange' }> {
  const { request, status, ending, evidence = '' } = exchange
  const model = isOfTarget(exchange, target) ? field(response(exchange), '/model') : undefined
  const firstEvent = events(exchange)[0]
  return {
    kind: 'exchange',
    id: evidence,
    target: target.id,
    asked,
    record: {
      target: target.id,
      request: `${request.transport === 'websocket' ? 'WS' : request.method} ${request.path}`,
      ...describeBody(request),
      status,
      ...(status >= 400 ? { said: readProviderWords(exchange).slice(0, MOST_OF_A_REFUSAL) } : {}),
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

/** A server may repeat whatever it is told: only the answer for a model of the target's names one of its own. */
function isOfTarget({ request: { body } }: Exchange, { models }: Target): boolean {
  const asked = body !== undefined && 'json' in body ? body.json['model'] : undefined
  return typeof asked === 'string' && Object.values(models).includes(asked)
}
