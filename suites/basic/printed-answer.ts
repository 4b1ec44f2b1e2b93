// What a printed answer shows, and the answer to the same request has to have as well: the fields of its
// objects, with values of the same type, and the names that tell what each object is.

import { isObject, items, response, responseAt, show, token } from '../../src/authoring/read.ts'
import type {
  Contract,
  Exchange,
  Finding,
  FindingKind,
  Json,
  JsonObject,
  Sample,
} from '../../src/types/index.ts'

/** Names, which do not depend on what was asked. */
const NAMES: readonly string[] = [
  '/object',
  '/output/*/type',
  '/output/*/role',
  '/output/*/content/*/type',
]

/** `except`: pointers into the printed answer, with `*` for an index, that its own documents contradict. */
export function comparePrinted(
  exchange: Exchange,
  printed: JsonObject,
  except: ReadonlySet<string>,
): readonly Finding[] {
  const answer = response(exchange)
  if (answer === undefined) return []
  const findings: Finding[] = []
  const base = responseAt(exchange)

  function walk(shown: Json, actual: Json | undefined, at: string, place: string): void {
    if (except.has(place) || shown === null || actual === null) return
    const tell = (kind: FindingKind, expected: string): void => {
      findings.push({ step: 'sent', at: `${base}${at}`, expected, actual: show(actual), kind })
    }
    if (actual === undefined)
      return tell('absent', `there, as in the printed answer: ${show(shown, 60)}`)
    if (kindOf(shown) !== kindOf(actual))
      return tell('type', `${kindOf(shown)}, as in the printed answer`)
    if (NAMES.includes(place) && shown !== actual) return tell('value', show(shown))
    if (isObject(shown)) {
      for (const [key, inner] of Object.entries(shown)) {
        const step = `/${token(key)}`
        walk(inner, (actual as JsonObject)[key], at + step, place + step)
      }
    } else if (Array.isArray(shown) && isListOfObjects(shown)) {
      const [first] = shown as readonly JsonObject[]
      for (const [index, one] of alike(first!, actual as readonly Json[], place)) {
        walk(first!, one, `${at}/${index}`, `${place}/*`)
      }
    }
  }
  walk(printed, answer, '', '')
  return findings
}

/** Of a list of items those of the type that is printed; all of another list. */
function alike(
  printed: JsonObject,
  list: readonly Json[],
  place: string,
): readonly (readonly [number, Json])[] {
  const all = list.map((one, index) => [index, one] as const)
  if (place !== '/output' || printed['type'] !== 'message') return all
  return all.filter(([, one]) => isObject(one) && !/_call|reasoning/.test(String(one['type'])))
}

function isListOfObjects(list: readonly Json[]): boolean {
  return isObject(list[0]) && Object.keys(list[0]).length > 0
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'an array'
  return isObject(value) ? 'an object' : `a ${typeof value}`
}

/** Places of a printed answer that the same documents contradict, or promise only under a condition. */
export function listDisputedPlaces(
  contract: Contract,
  { response: printed }: Sample,
): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (value: Json, place: string): void => {
    const isDisputed =
      /^(<.*>|string)$/.test(typeof value === 'string' ? value : '') ||
      contract.claim([`response ${place}`]).status !== 'documented'
    if (place !== '' && isDisputed) found.add(place)
    if (Array.isArray(value)) value.forEach((one: Json) => visit(one, `${place}/*`))
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, `${place}/${token(key)}`)
    }
  }
  if (printed !== undefined) visit(printed, '')
  return found
}

export function isAnsweredWithOutput(exchange: Exchange): boolean {
  return exchange.status >= 200 && exchange.status < 300 && items(exchange).length > 0
}
