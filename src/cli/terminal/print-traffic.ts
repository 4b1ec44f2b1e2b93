// What was read of a recording, and what of it is not judged.

import { basename } from 'node:path'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { formatCount } from '../../../reporters/common/labels.ts'
import type { Traffic } from '../../evidence/import-traffic.ts'
import type { Unjudged, Unrecorded } from '../../types/index.ts'

/** The file that has what the terminal cuts. */
export const NOT_JUDGED = 'not-judged.txt'

/** Reasons, and runs of places for one of them. */
const MOST_SHOWN = 40

/** Everything that is not judged, a line each. */
export function listNotJudged(file: string, { leftOut }: Traffic): readonly string[] {
  return leftOut.map(({ place, because }) => escapeControls(`${file}, ${place}: ${because}`))
}

export function formatTraffic(file: string, { formats, exchanges, leftOut }: Traffic): string {
  const judged = formatCount(exchanges.length, 'exchange')
  const left = leftOut.length === 0 ? '' : `, ${leftOut.length} left out`
  const lines = [
    `${basename(file)} (${formats.join(', ')}): ${judged} to judge${left}`,
    ...listLeftOut(leftOut).map((line) => `  left out: ${line}`),
    ...listUnrecorded(exchanges.map(({ exchange }) => exchange.unrecorded ?? [])).map(
      (line) => `  not recorded, so not judged: ${line}`,
    ),
  ]
  return lines.map((line) => `${escapeControls(line)}\n`).join('')
}

/** `lines 3, 7-12: GET /health: not an endpoint of this API` */
function listLeftOut(leftOut: readonly Unjudged[]): readonly string[] {
  const groups = [...group(leftOut, ({ because }) => because)]
  const more = groups.slice(MOST_SHOWN).flatMap(([, those]) => those).length
  return [
    ...groups.slice(0, MOST_SHOWN).map(([because, those]) => `${joinPlaces(those)}: ${because}`),
    ...(more === 0
      ? []
      : [`${more} more, for other reasons: --out DIR writes all to ${NOT_JUDGED}`]),
  ]
}

function group(
  those: readonly Unjudged[],
  key: (each: Unjudged) => string,
): ReadonlyMap<string, readonly Unjudged[]> {
  const groups = new Map<string, Unjudged[]>()
  for (const each of those) {
    const known = groups.get(key(each))
    if (known === undefined) groups.set(key(each), [each])
    else known.push(each)
  }
  return groups
}

/** Numbers of one kind of place, runs of them joined. */
function joinPlaces(those: readonly Unjudged[]): string {
  const kinds = group(those, ({ place }) => place.replace(/ \d+$/, ''))
  return [...kinds]
    .map(([kind, places]) => {
      const numbers = places.map(({ place }) => Number(/ (\d+)$/.exec(place)?.[1]))
      if (numbers.some(Number.isNaN)) return kind
      return `${numbers.length === 1 ? kind : kind.replace(/y$/, 'ie').concat('s')} ${joinRuns(numbers)}`
    })
    .join(', ')
}

function joinRuns(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && number <= last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  const shown = runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  const more = runs.slice(MOST_SHOWN).reduce((sum, [from, to]) => sum + to - from + 1, 0)
  return `${shown.slice(0, MOST_SHOWN).join(', ')}${more === 0 ? '' : ` and ${more} more`}`
}

const WORDS: Readonly<Record<Unrecorded, string>> = {
  request: 'what was sent',
  status: 'the status',
  headers: 'the headers',
  framing: 'the lines of the stream',
  end: 'how the stream ended',
  nulls: 'whether null was sent',
}

function listUnrecorded(each: readonly (readonly Unrecorded[])[]): readonly string[] {
  const counted = Object.entries(WORDS).flatMap(([part, words]) => {
    const many = each.filter((parts) => parts.includes(part as Unrecorded)).length
    return many === 0 ? [] : [`${words} (${many})`]
  })
  return counted.length === 0 ? [] : [counted.join(', ')]
}
