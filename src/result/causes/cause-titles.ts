// The one line that stands for a cause: from the template of its key, filled from all its findings.

import { generalizePlace } from '../../base/json.ts'
import { describeDifference, formatPlace, quoteWords, findMessage } from './describe-difference.ts'
import type { Explained } from './red-row.ts'
import type { CheckRecord, Finding } from '../../types/index.ts'

const LONGEST_TITLE = 160
const MOST_NAMES = 4
/** Of more than that. */
const FEW_NAMES = 2
/** Of a provider's own words. */
const LONGEST_QUOTE = 60

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
        return `answers are no messages of HTTP: ${quoteWords(finding.actual, LONGEST_QUOTE)}`
      return `accepted requests are answered without a response object${BODIES[first] ?? ''}`
    case 'label':
      return `${first} comes where no stream was asked for`
    case 'failed':
      return `valid requests end as failed: ${errorWords(finding)}`
    case 'refused':
      return `the request field \`${formatPlace(first)}\` is refused: ${errorWords(finding)}`
    case 'said':
      return saidWords(group, first)
    case 'crash':
      return saidWords(group, finding.answer?.message ?? 'nothing')
    case 'lost':
      return 'an id that was just given out is not found'
    case 'error-form':
      return first === 'text'
        ? 'refusals are text in place of an error object'
        : `refusals have \`${first}\` in place of an error object`
    case 'error-fields':
      return `error objects have a missing or wrong ${leaves}`
    case 'auth':
      return 'requests without a right key are answered'
    case 'taken': {
      const count = new Set(group.map(({ row }) => `${row.check}@${row.scenario}`)).size
      if (first === 'stream') {
        return 'what is refused without `stream` is answered by a stream, with status 200'
      }
      if (first === '*') return `${count} invalid requests are answered as if they were valid`
      return first.startsWith('/')
        ? `an invalid \`${formatPlace(first)}\` is answered as if it were valid`
        : `an invalid request is answered, against the rule: ${ruleOf(first, checks)}`
    }
    case 'object': {
      const where =
        second === '' ? 'the response object' : (PARTS[second] ?? `\`${formatPlace(second)}\``)
      const when = first === 'any' ? '' : first === 'stream' ? ', in streams only' : `, at ${first}`
      const has = key[3] === 'null' ? 'has null, and should not, in' : 'lacks'
      return `${where} ${has} ${leaves}${when}`
    }
    case 'stored':
      return `a stored response does not come back as it was: ${leaves}`
    case 'echo':
      return `the answer does not repeat what was sent in ${leaves}`
    case 'event':
      return `events ${EVENT_FAULTS[second] ?? 'have a wrong'} ${leaves}`
    case 'ignored':
      if (group.every((one) => isAboutTheEnd(one.finding))) {
        return `with \`${formatPlace(first)}\`, ${describeDifference(finding)}`
      }
      return first.startsWith('/')
        ? `the request field \`${formatPlace(first)}\` has no effect`
        : `without effect: ${ruleOf(first, checks)}`
    case 'stream': {
      if (finding.need !== undefined) return `for clients, ${describeDifference(finding)}`
      const rules = [...new Set(group.map(({ row }) => ruleOf(row.check, checks)))]
      const more = rules.length - 1
      const others = more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'rule' : 'rules'})`
      return `streams break the rule: ${rules[0]!}${others}`
    }
    case 'wrong':
      return wrongWords(finding)
    case 'check':
      if (finding.need !== undefined) return `for clients, ${describeDifference(finding)}`
      return `this does not hold: ${ruleOf(first, checks)}`
  }
}

const BODIES: Readonly<Record<string, string>> = {
  null: ': by null',
  list: ': by a list',
  scalar: ': by a single value',
  text: ': by text that is no JSON',
  empty: ': by nothing',
}

/** What stands in a list. */
const PARTS: Readonly<Record<string, string>> = { '/output': 'what is in `output`' }

const EVENT_FAULTS: Readonly<Record<string, string>> = { absent: 'lack', null: 'have null in' }

/** `500 in place of 401: “Internal Server Error”, in auth/asks-for-a-key`; the words may be cut. */
function saidWords(group: readonly Explained[], message: string): string {
  const words = quoteWords(message, LONGEST_QUOTE).replace(/[\s:,;]+$/, '')
  const said = message === 'nothing' ? ', without a message' : `: “${words}”`
  // What was asked properly was asked by a feature; a check says no more.
  const checks = [...new Set(group.map(({ row }) => row.check.replace(/\/accepted$/, '')))]
  const more = checks.length === 1 ? '' : ` and ${checks.length - 1} more`
  return `${statusesOf(group)}${insteadOf(group[0]!.finding)}${said}, in ${checks[0]!}${more}`
}

function insteadOf({ kind, expected }: Finding): string {
  const [right] = /\b[345](?:\d\d|xx)\b/.exec(expected) ?? []
  if (right !== undefined) return ` in place of ${right}`
  return kind === 'refused' || kind === 'crashed' ? ' to a valid request' : ''
}

/** An error object, or a text: the message of the one, and the other as it is. */
function errorWords({ actual }: Finding): string {
  return `“${quoteWords(findMessage(actual) ?? actual, LONGEST_QUOTE)}”`
}

/** A field that names what came of a request; that a budget cut it, for one. */
function isAboutTheEnd({ at, kind }: Finding): boolean {
  return kind !== 'no-effect' && /^\/(status|incomplete_details)(\/|$)/.test(generalizePlace(at))
}

function wrongWords(finding: Finding): string {
  return finding.isUndocumented
    ? `\`${formatPlace(generalizePlace(finding.at))}\` is in no document`
    : describeDifference(finding)
}

function ruleOf(check: string, checks: Readonly<Record<string, CheckRecord>>): string {
  return checks[check]?.title ?? check
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

function listed(names: readonly string[]): string {
  const all = [...new Set(names)]
  if (all.length <= MOST_NAMES) return all.join(', ')
  return `${all.slice(0, FEW_NAMES).join(', ')} and ${all.length - FEW_NAMES} more`
}

function statusesOf(group: readonly Explained[]): string {
  const all = group.flatMap(({ finding }) => finding.answer?.status ?? [])
  return [...new Set(all)].toSorted().join(', ')
}
