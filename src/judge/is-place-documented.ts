// Whether a provider's documents name the place of a finding. What they do not name cannot be broken.

import { generalizePlace } from '../base/json.ts'
import { kindOf } from './complete-findings.ts'
import { isObject } from '../base/json.ts'
import type { Contract, Exchange, Finding, ApiPath, Operation } from '../types/index.ts'

/**
 * Whether the documents themselves name the field or the events at which something is wrong. What
 * is no such place (a status, a header, the bytes, the answer as a whole) rests on the operation
 * and the request that the documents promise.
 */
export function isDocumentedPlace(
  finding: Finding,
  exchange: Exchange | undefined,
  contract: Contract,
): boolean {
  const { at } = finding
  const isAbsent = kindOf(finding, exchange) === 'absent'
  if (!/^\/[^ ]+$/.test(at)) return true
  // That the documents do not know it is what such a finding says.
  if (finding.isUndocumented === true) return true
  const [isEvent, inside] = EVENT.exec(at) ?? []
  if (isEvent !== undefined) {
    // A document may describe every event without naming one.
    if (contract.isTried && contract.events.length === 0 && exchange !== undefined) {
      return contract.flaws(exchange)?.some((flaw) => flaw.at === at) === true
    }
    return inside === undefined || inside === 'response'
      ? contract.events.length > 0
      : namesInEvent(contract, finding.event, inside.split('/')[0]!)
  }
  if (!isAbsent && exchange !== undefined && !answersWithResponse(exchange)) {
    return contract.flaws(exchange) !== undefined
  }
  const pointer = generalizePlace(at)
  const scopes = pointer.startsWith('/error') ? ['error', 'response'] : ['response']
  return scopes.some((scope) => contract.claim([`${scope} ${pointer}`]).status === 'documented')
}

/** A place in a stream that is no place in the response that one of its events carries. */
const EVENT = /^\/events(?:\/\d+(?!\/response\/)(?:\/(.+))?)?$/

const OF_A_RESPONSE: readonly Operation[] = ['create', 'retrieve', 'cancel']

function answersWithResponse({ request, status }: Exchange): boolean {
  return status >= 400 || OF_A_RESPONSE.includes(request.operation)
}

/** Where a finding does not name the type of its event, it may be any event. */
function namesInEvent(contract: Contract, type: string | undefined, key: string): boolean {
  const shown = contract.claims.find(({ hinge: apiPath }) => apiPath === `stream ${type}`)
  if (shown?.status === 'documented' && shown.words?.includes(`"${key}"`) === true) return true
  return contract.events.some(({ type: known, schema }) => {
    const properties = schema['properties']
    return (
      (type === undefined || known === type) &&
      isObject(properties) &&
      Object.hasOwn(properties, key)
    )
  })
}

const PROMISES: readonly ApiPath[] = ['promise openai-format', 'promise openai-sdk']

/** Whether the documents promise OpenAI's format, or its SDK, without a condition. */
export function isFormatPromised(contract: Contract): boolean {
  return PROMISES.some((apiPath) => contract.claim([apiPath]).status === 'documented')
}
