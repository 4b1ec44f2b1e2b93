// What should have come and what came, in a few words: a dump of JSON says nothing to whoever has twenty seconds.

import { generalizePlace } from '../../base/json.ts'
import type { Finding } from '../../types/index.ts'

/** Of a value that came, or should have. */
const LONGEST_VALUE = 40

/** `/output/*\/content` → `output[].content`; other places as they are. */
export function formatPlace(pointer: string): string {
  return pointer.startsWith('/')
    ? pointer
        .slice(1)
        .replaceAll('/*', '[]')
        .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
        .replaceAll('/', '.')
    : pointer
}

/** The words of a provider on one line, cut; they may hold what ends the line, and be of any length. */
export function quoteWords(text: string, limit: number): string {
  const characters = [...text.replaceAll(/\s+/g, ' ')]
  return characters.length > limit
    ? `${characters.slice(0, limit - 1).join('')}…`
    : characters.join('')
}

/** A value by what it is, where it is too long to be shown. */
export function formatValue(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  if (flat.length <= LONGEST_VALUE) return flat
  if (flat.startsWith('[')) return 'a list'
  if (!flat.startsWith('{')) return quoteWords(flat, LONGEST_VALUE)
  const [, type] = /"type": ?"([\w.-]{1,40})"/.exec(flat) ?? []
  return type === undefined ? 'an object' : `an object of type ${type}`
}

/** What an error says, wherever in this text it stands; undefined where no error does. */
export function findMessage(text: string): string | undefined {
  return /"message": ?"((?:[^"\\]|\\.)+)/.exec(text)?.[1]?.replaceAll(/\\(["\\/])/g, '$1')
}

/** `` `output` should be an array, and is null ``; of events `response.completed should come, and nothing did`. */
export function describeDifference({ at, expected, actual, kind }: Finding): string {
  const place = generalizePlace(at)
  const [right, came] = [formatValue(expected), formatValue(actual)]
  const isNothing = kind === 'absent' || actual === '' || actual === 'absent'
  if (place === 'framing' || place === '/events' || place === '') {
    return isNothing
      ? `${right} should come, and nothing did`
      : `${right} should come, and not ${came}`
  }
  const name = place.startsWith('/') ? `\`${formatPlace(place)}\`` : `the ${place}`
  return isNothing ? `${name} is missing: ${right}` : `${name} should be ${right}, and is ${came}`
}
