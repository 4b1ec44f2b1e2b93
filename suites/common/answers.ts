// Readers of an exchange for checks of `every` exchange, with the pointers that their findings need.

import { notShown, verdictOf } from '../../src/authoring/define.ts'
import {
  field,
  isObject,
  isResponseObject,
  items,
  response,
  responseAt,
  sent,
  show,
} from '../../src/authoring/read.ts'
import type {
  Exchange,
  Finding,
  Json,
  JsonObject,
  Judgement,
  JudgeContext,
  Yardstick,
} from '../../src/types/index.ts'

/** Shapes are judged by the published yardsticks here; by a provider's own page in `common/matches-schema`. */
export const PUBLISHED: readonly Yardstick[] = ['openai', 'open-responses']

/** What `usage` counts by the published documents; a vendor may add figures of its own to one answer and not to another. */
export const USAGE_FIELDS: readonly string[] = [
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'input_tokens_details',
  'output_tokens_details',
]

/** A response object that answered a create request. */
export interface Answer {
  readonly exchange: Exchange
  readonly response: JsonObject
  /** JSON pointer of the response inside the body. */
  readonly at: string
}

/** One object of the answer, with its pointer. */
interface PlacedObject {
  readonly value: JsonObject
  readonly at: string
}

/** A 2xx reply to a create request that is recognisably a response object; undefined otherwise. */
export function answerOf(exchange: Exchange): Answer | undefined {
  if (exchange.request.operation !== 'create' || exchange.status < 200 || exchange.status > 299) {
    return undefined
  }
  const found = response(exchange)
  if (!isResponseObject(found)) return undefined
  return { exchange, response: found, at: responseAt(exchange) }
}

/** Judges a create reply that is a response object; anything else is not shown. */
export function judgeAnswer(
  exchange: Exchange,
  judge: (reply: Answer) => readonly Finding[] | string,
): Judgement {
  const reply = answerOf(exchange)
  if (reply === undefined) return notShown('no response object')
  const findings = judge(reply)
  return typeof findings === 'string' ? notShown(findings) : verdictOf(findings)
}

/** The objects of `output`, of one type if given. */
export function readItemsAt(exchange: Exchange, type?: string): readonly PlacedObject[] {
  return readObjectsAt(
    field(response(exchange), '/output'),
    `${responseAt(exchange)}/output`,
  ).filter(({ value }) => type === undefined || value['type'] === type)
}

/** The content parts of all messages. */
export function readPartsAt(exchange: Exchange): readonly PlacedObject[] {
  return readItemsAt(exchange, 'message').flatMap(({ value, at }) =>
    readObjectsAt(value['content'], `${at}/content`),
  )
}

/** The objects of a list that stands at a pointer. */
export function readObjectsAt(list: Json | undefined, at: string): readonly PlacedObject[] {
  if (!Array.isArray(list)) return []
  return (list as readonly Json[]).flatMap((value, index) =>
    isObject(value) ? [{ value, at: `${at}/${index}` }] : [],
  )
}

/** Whatever the answer says in its messages, whether or not the parts are typed as they should be. */
export function messageTextOf(exchange: Exchange): string {
  const output = field(response(exchange), '/output')
  if (!Array.isArray(output)) return ''
  return (output as readonly Json[])
    .filter((item) => field(item, '/role') === 'assistant' || field(item, '/type') === 'message')
    .flatMap((item) => {
      const content = field(item, '/content')
      return Array.isArray(content) ? content.map((part) => field(part, '/text')) : [content]
    })
    .filter((text) => typeof text === 'string')
    .join('')
}

/** A value of the request that was sent. */
export function requestValueOf(exchange: Exchange, pointer: string): Json | undefined {
  return field(sent(exchange), pointer)
}

/**
 * Whether the contract in the role of the yardstick knows this field of the response object. A
 * provider's own page binds it only to what the page names.
 */
export function isKnownField({ contract, yardstick }: JudgeContext, pointer: string): boolean {
  return yardstick !== 'own' || contract.responseFields.some(({ at }) => at === pointer)
}

/** Whether these documents have a word for an answer that was cut short. */
export function isIncompleteKnown({ contract, yardstick }: JudgeContext): boolean {
  if (yardstick !== 'own') return true
  const status = contract.responseFields.find(({ at }) => at === '/status')
  return status !== undefined && (status.enum === undefined || status.enum.includes('incomplete'))
}

/** A finding in the one exchange that a check of `every` exchange gets. */
export function createFinding(at: string, expected: string, actual: string): Finding {
  return { step: 'exchange', at: at === '' ? '/' : at, expected, actual }
}

/** Whether the model refused, in the way that the API has for it. */
export function isRefusal(exchange: Exchange): boolean {
  return items(exchange, 'message').some(
    ({ content }) =>
      Array.isArray(content) &&
      (content as readonly Json[]).some((part) => field(part, '/type') === 'refusal'),
  )
}

/**
 * Whether `max_output_tokens` must have cut this answer short: all of the budget is spent by the count,
 * or, where nothing is counted, there are more words than it holds tokens. A count or a field that is
 * missing shows nothing.
 */
export function isCutShort(exchange: Exchange): boolean {
  const used = field(response(exchange), '/usage/output_tokens')
  const budget = field(sent(exchange), '/max_output_tokens')
  if (typeof budget !== 'number') return false
  return typeof used === 'number' && used > 0
    ? used >= budget
    : messageTextOf(exchange).split(/\s+/).length > budget
}

/**
 * Whether an answer shows that it was cut at its budget: as much is counted and no more, and the text breaks off.
 * What runs on beyond the budget was not cut, and what ends as a sentence may be whole.
 */
export function isSeenCut(exchange: Exchange): boolean {
  const used = field(response(exchange), '/usage/output_tokens')
  const budget = field(sent(exchange), '/max_output_tokens')
  if (typeof used !== 'number' || typeof budget !== 'number') return false
  return used === budget && !/[.!?…。]["'”’)\]*_]*\s*$/.test(messageTextOf(exchange))
}

/** What `max_output_tokens` must have cut short and the status calls complete: one fault, whichever check meets it. */
export function createUncutFinding(step: string, exchange: Exchange): Finding {
  const budget = field(sent(exchange), '/max_output_tokens')
  const status = show(field(response(exchange), '/status'))
  return {
    step,
    at: `${responseAt(exchange)}/status`,
    expected: `"incomplete", since max_output_tokens is ${show(budget)} and the answer needs more`,
    actual: `${status}, with ${show(messageTextOf(exchange))}`,
    about: ['/max_output_tokens'],
  }
}

/** A call that `tool_choice` forces and nobody made: one fault, whichever check meets it. */
export function createUncalledFinding(step: string, exchange: Exchange): Finding {
  const text = messageTextOf(exchange)
  return {
    step,
    at: `${responseAt(exchange)}/output`,
    expected: 'a function_call, since tool_choice forces one',
    actual: text === '' ? 'no call' : `no call, but the text ${show(text)}`,
    about: ['/tool_choice'],
  }
}
