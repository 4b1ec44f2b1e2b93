// Which fields of the response object the family of fields judges, and the rest that has checks of its own.

import type { Contract, ResponseField } from '../../src/types/index.ts'

/** Fields about which a check of every exchange says more than a type. */
const NAMED: readonly string[] = [
  '/id',
  '/object',
  '/created_at',
  '/completed_at',
  '/status',
  '/model',
  '/output',
  '/error',
  '/incomplete_details',
  '/usage',
]

/**
 * The fields of the top level, and by a provider's own page those of usage, whose names it may
 * choose. What lies deeper depends on the request, and is judged with the reply as a whole.
 */
export function familyFieldsOf(contract: Contract): readonly ResponseField[] {
  const isPublished = contract.kind === 'yardstick'
  return contract.responseFields.filter(({ at, types, required }) => {
    if (types.length === 0 && !required) return false
    if (/^\/[^/*]+$/.test(at)) return !isPublished || !NAMED.includes(at)
    return !isPublished && /^\/usage(\/[^/*]+)+$/.test(at)
  })
}
