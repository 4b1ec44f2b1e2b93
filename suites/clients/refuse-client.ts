import { isObject } from '../../src/authoring/read.ts'
import type { ReferenceRequest, Reply } from '../../src/types/index.ts'
import { refuseParameter } from '../common/refusals.ts'

/** For mutants: what only clients send is refused. A plain question that everybody asks is answered. */
export function refuseClient(reply: Reply, { body }: Pick<ReferenceRequest, 'body'>): Reply {
  const input = isObject(body) ? body['input'] : undefined
  const isOne = typeof input === 'string' || (Array.isArray(input) && input.length === 1)
  const isPlain =
    isObject(body) &&
    isOne &&
    /^[\x20-\x7e]*$/.test(JSON.stringify(input)) &&
    ['tools', 'text', 'instructions'].every((field) => body[field] === undefined)
  return isPlain ? reply : refuseParameter(reply, null)
}
