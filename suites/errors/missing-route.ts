import { isNoRoute } from '../../src/authoring/judge-refusal.ts'
import type { Exchange } from '../../src/types/index.ts'

/**
 * Whether a web framework may have said this of a route that it does not have, for which no published
 * document has a body. Who names the id that was asked for has the route.
 */
export function isOfAMissingRoute(exchange: Exchange): boolean {
  if (!isNoRoute(exchange)) return false
  const { body, request } = exchange
  if (request.operation === 'unknown') return true
  const words =
    body.kind === 'json' ? JSON.stringify(body.value) : body.kind === 'text' ? body.text : ''
  // Who repeats the whole path knows of no id.
  const said = words.replaceAll(request.path, '')
  return !request.path.split('/').some((part) => /\d/.test(part) && said.includes(part))
}
