// The one line that stands for a cause: from the template of its key, filled from all its findings.

import { generalizePlace } from '../judge/finding-data.ts'
import type { Explained } from './cause-keys.ts'
import type { CheckRecord, Finding } from '../types/index.ts'

const LONGEST_TITLE = 160
const MOST_NAMES = 6

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
      return `the body of the answer cannot be read: ${first}`
    case 'label':
      return `${first} is answered where no stream was asked for`
    case 'said':
      return `answered ${statusesOf(group)}: ${first === 'nothing' ? 'without a message' : first}`
    case 'lost':
      return 'an id that was just given is not found'
    case 'error-form':
      return `refusals have \`${first}\` in place of an error object`
    case 'error-fields':
      return `error objects: ${leaves} missing or wrong`
    case 'auth':
      return 'requests without a right key are answered'
    case 'taken': {
      const count = new Set(group.map(({ row }) => `${row.check}@${row.scenario}`)).size
      if (first === '*') return `${count} requests that are not valid are answered as if they were`
      return first.startsWith('/')
        ? `an invalid \`${nameOf(first)}\` is answered as if it were valid`
        : `an invalid request is answered: ${checks[first]?.title ?? first}`
    }
    case 'object': {
      const where = second === '' ? 'the response object' : `\`${nameOf(second)}\``
      const when = first === 'any' ? '' : first === 'stream' ? ', in streams only' : `, at ${first}`
      return `${where}: ${leaves} ${key[3] === 'null' ? 'null' : 'missing'}${when}`
    }
    case 'echo':
      return `the answer does not report what was sent: ${leaves}`
    case 'event':
      return `events: ${leaves} missing or wrong`
    case 'ignored':
      return `\`${nameOf(first)}\` has no effect`
    case 'stream': {
      const titles = [...new Set(group.map(({ row }) => checks[row.check]?.title ?? row.check))]
      const more = titles.length - 1
      return `streams: not so: ${titles[0]!}${more === 0 ? '' : `, and ${more} more`}`
    }
    case 'wrong':
      return `${first}: expected ${finding.expected}, got ${finding.actual}`
    case 'check':
      return `not so: ${checks[first]?.title ?? first}`
  }
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
    ? pointer.slice(1).replaceAll('/*', '[]').replaceAll('/', '.')
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
