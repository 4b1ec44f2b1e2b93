// The one line that stands for a cause: from the template of its key, filled from all its findings.

import { generalizePlace } from '../../base/generalize-place.ts'
import type { Explained } from './run-facts.ts'
import type { CheckRecord, Finding } from '../../types/index.ts'

const LONGEST_TITLE = 160
const MOST_NAMES = 4
/** Of a provider's own words. */
const LONGEST_QUOTE = 60
/** Of a value that came, or should have. */
const LONGEST_VALUE = 40

export function titleOf(
  group: readonly Explained[],
  checks: Readonly<Record<string, CheckRecord>>,
): string {
  const title = wordsOf(group, checks)
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title
}

function wordsOf(
  group: readonly Explained[],
  checks: Readonly<Record<string, CheckRecord>>,
): string {
  const { key, finding } = group[0]!
  const [kind, first = '', second = ''] = key
  const leaves = listed(group.map((one) => leafOf(one.finding)))
  switch (kind) {
    case 'body':
      if (first === '' && finding.at === 'framing')
        return `answers are no messages of HTTP: ${quote(finding.actual)}`
      return `accepted requests are answered without a response object${BODIES[first] ?? ''}${placeOf(group)}`
    case 'label':
      return `${first} comes where no stream was asked for`
    case 'said':
      return saidWords(group, first)
    case 'crash':
      return saidWords(group, finding.answer?.message ?? 'nothing')
    case 'lost':
      return 'an id that was just given out is not found'
    case 'error-form':
      return `refusals have \`${first}\` in place of an error object`
    case 'error-fields':
      return `error objects have a missing or wrong ${leaves}`
    case 'auth':
      return 'requests without a right key are answered'
    case 'taken': {
      const count = new Set(group.map(({ row }) => `${row.check}@${row.scenario}`)).size
      if (first === '*') return `${count} requests that are not valid are answered as if they were`
      return first.startsWith('/')
        ? `an invalid \`${nameOf(first)}\` is answered as if it were valid`
        : `an invalid request is answered, against the rule: ${ruleOf(first, checks)}`
    }
    case 'object': {
      const where = second === '' ? 'the response object' : `\`${nameOf(second)}\``
      const when = first === 'any' ? '' : first === 'stream' ? ', in streams only' : `, at ${first}`
      const has = key[3] === 'null' ? 'has null, and should not, in' : 'lacks'
      return `${where} ${has} ${leaves}${when}`
    }
    case 'echo':
      return `the answer does not repeat what was sent in ${leaves}`
    case 'event':
      return `events ${EVENT_FAULTS[second] ?? 'have a wrong'} ${leaves}`
    case 'ignored':
      return first.startsWith('/')
        ? `the request field \`${nameOf(first)}\` has no effect`
        : `without effect: ${ruleOf(first, checks)}`
    case 'stream': {
      if (finding.need !== undefined) return needWords(finding)
      const rules = [...new Set(group.map(({ row }) => ruleOf(row.check, checks)))]
      const more = rules.length - 1
      const others = more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'rule' : 'rules'})`
      return `streams break the rule: ${rules[0]!}${others}`
    }
    case 'wrong':
      return wrongWords(first, finding)
    case 'check':
      if (finding.need !== undefined) return needWords(finding)
      return `this does not hold: ${ruleOf(first, checks)}`
  }
}

/** What asks for this alone says more of it than what is judged everywhere. */
function placeOf(group: readonly Explained[]): string {
  const [one] = group.filter(({ row }) => row.scenario !== 'every')
  return one === undefined ? '' : `, in ${one.row.check}`
}

/** `clients need response.completed at the end, and “response.output_item.done” came`. */
function needWords({ expected, actual }: Finding): string {
  const came = actual === '' ? 'nothing' : quote(actual, LONGEST_VALUE)
  return `clients need ${quote(expected, LONGEST_QUOTE)}, and ${came} came`
}

const BODIES: Readonly<Record<string, string>> = {
  null: ': by null',
  list: ': by a list',
  scalar: ': by a single value',
  text: ': by text that is no JSON',
  empty: ': by nothing',
}

const EVENT_FAULTS: Readonly<Record<string, string>> = { absent: 'lack', null: 'have null in' }

/** `500 in place of 401, in auth/asks-for-a-key: “Internal Server Error”`; the words may be cut. */
function saidWords(group: readonly Explained[], message: string): string {
  const said = message === 'nothing' ? 'without a message' : `“${quote(message)}”`
  const [right] = /\b[345](?:\d\d|xx)\b/.exec(group[0]!.finding.expected) ?? []
  const should = right === undefined ? 'to a valid request' : `in place of ${right}`
  const [check, ...others] = [...new Set(group.map(({ row }) => row.check))]
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `${statusesOf(group)} ${should}, in ${check!}${more}: ${said}`
}

function wrongWords(place: string, { expected, actual, isUndocumented }: Finding): string {
  if (isUndocumented) return `\`${nameOf(place)}\` is in no document`
  if (place === 'framing') return `${quote(actual)}; expected: ${quote(expected)}`
  const came = quote(actual, LONGEST_VALUE)
  const right = quote(expected, LONGEST_VALUE)
  const where = place.startsWith('/') ? `\`${nameOf(place)}\`` : `the ${place}`
  return `${where} should be ${right}, and is ${came}`
}

function ruleOf(check: string, checks: Readonly<Record<string, CheckRecord>>): string {
  return checks[check]?.title ?? check
}

/** A provider's words may hold what ends the line, and be of any length. */
function quote(text: string, limit = LONGEST_QUOTE): string {
  const characters = [...text.replaceAll(/\s+/g, ' ')]
  return characters.length > limit
    ? `${characters.slice(0, limit - 1).join('')}…`
    : characters.join('')
}

/** The last names in a place: what is missing or wrong there. */
function leafOf({ at }: Finding): string {
  const place = generalizePlace(at)
  return `\`${
    place
      .split('/')
      .filter((name) => name !== '*')
      .at(-1) ?? place
  }\``
}

function nameOf(pointer: string): string {
  return pointer.startsWith('/')
    ? pointer
        .slice(1)
        .replaceAll('/*', '[]')
        .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
        .replaceAll('/', '.')
    : pointer
}

function listed(names: readonly string[]): string {
  const all = [...new Set(names)]
  const more = all.length - MOST_NAMES
  return more > 0 ? `${all.slice(0, MOST_NAMES).join(', ')} and ${more} more` : all.join(', ')
}

function statusesOf(group: readonly Explained[]): string {
  const all = group.flatMap(({ finding }) => finding.answer?.status ?? [])
  return [...new Set(all)].toSorted().join(', ')
}
