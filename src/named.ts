// Whether a provider's documents name the place of a finding at all.

import { isObject } from './read.ts'
import type { Contract, Finding, Hinge } from './types.ts'

/** Something is missing that the documents do not name, or take over with a format only. */
export function isUnnamed(finding: Finding, contract: Contract): boolean {
  if (finding.actual !== 'absent' || !finding.at.startsWith('/')) return false
  const [, index, inEvent] = /^\/events\/(\d+)(?!\/response(?:\/|$))\/(.+)$/.exec(finding.at) ?? []
  if (index !== undefined && inEvent !== undefined) {
    return !namesInEvent(contract, typeAt(finding, index), inEvent.split('/')[0]!)
  }
  const pointer = finding.at
    .replace(/^\/events\/\d+\/response/, '')
    .replaceAll(/\/\d+(?=\/|$)/g, '/*')
  if (pointer === '' || pointer.startsWith('/events')) return false
  const scopes = pointer.startsWith('/error') ? ['error', 'response'] : ['response']
  return scopes.every((scope) => contract.claim([`${scope} ${pointer}`]).status !== 'documented')
}

function typeAt({ near }: Finding, index: string): string | undefined {
  return near?.find((one) => one.startsWith(`${index} `))?.slice(index.length + 1)
}

function namesInEvent(contract: Contract, type: string | undefined, key: string): boolean {
  const properties = contract.events.find((event) => event.type === type)?.schema['properties']
  return isObject(properties) && Object.hasOwn(properties, key)
}

const PROMISES: readonly Hinge[] = ['promise openai-format', 'promise openai-sdk']

/** Whether the documents promise OpenAI's format, or its SDK, without a condition. */
export function promisesFormat(contract: Contract): boolean {
  return PROMISES.some((hinge) => contract.claim([hinge]).status === 'documented')
}
