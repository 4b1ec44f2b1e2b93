// Which points of a reply have a check or a family of their own. The general schema check leaves
// them alone, so that one wrong field is one red line.

import type { Exchange, JudgeContext } from '../../src/types/index.ts'
import { familyFieldsOf } from './fields.ts'

/** Pointers inside the response object that a named check judges by the published yardsticks. */
const NAMED: readonly RegExp[] = [
  /^\/[^/]+$/,
  /^\/usage(\/|$)/,
  /^\/output\/\d+\/(id|type|role|status|content|phase)$/,
  /^\/output\/\d+\/(call_id|name|arguments)$/,
  /^\/output\/\d+\/content\/\d+\/(type|text|refusal|annotations|logprobs)$/,
]

/** Whether another check says what is wrong at this pointer of the body. */
export function isOwned(exchange: Exchange, at: string, context: JudgeContext): boolean {
  if (exchange.request.operation !== 'create') return false
  if (context.yardstick !== 'own') return NAMED.some((pattern) => pattern.test(at))
  return familyFieldsOf(context.contract).some((field) => field.at === at)
}
