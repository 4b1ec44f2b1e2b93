// Where a run finds something wrong, for findings that are wrong because of it.

import { generalizePlace } from '../../base/json.ts'
import { compareText } from '../../base/sort-text-and-ranks.ts'
import { CONTENT, isMisshapen, readPlaceInExchange, STRUCTURE } from './finding-forms.ts'
import { exchangesOf, type Placed, type RedRow } from './red-row.ts'

/** An item, or a field of it. */
const INSIDE = /^\/output\/\*/

export function findMisshapenPlaces(
  rows: readonly RedRow[],
): ReadonlyMap<string, readonly Placed[]> {
  const found = new Map<string, Placed[]>()
  for (const row of rows) {
    for (const finding of row.findings) {
      const place = readPlaceInExchange(finding)
      const isContent = row.scenario !== 'every' && CONTENT.includes(generalizePlace(finding.at))
      if (place === undefined || !isMisshapen(finding) || isContent || finding.isEcho === true) {
        continue
      }
      for (const exchange of exchangesOf(finding, row)) {
        found.set(exchange, [...(found.get(exchange) ?? []), { place, row, finding }])
      }
    }
  }
  return new Map(
    [...found].map(([exchange, all]) => [
      exchange,
      all.toSorted((a, b) => a.place.length - b.place.length || compareText(a.place, b.place)),
    ]),
  )
}

export function findPlacesInItems(rows: readonly RedRow[]): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>()
  for (const row of rows) {
    for (const finding of row.findings) {
      const place = generalizePlace(finding.at)
      const isWrong = isMisshapen(finding) || finding.kind === 'absent'
      if (isWrong && INSIDE.test(place) && !found.has(place)) {
        found.set(place, { place, row, finding })
      }
    }
  }
  return found
}

export function findDisorderedStreams(
  rows: readonly RedRow[],
  exchanges: ReadonlyMap<RedRow, ReadonlySet<string>>,
): ReadonlyMap<string, RedRow> {
  const ofEvery = rows
    .filter((row) => row.scenario === 'every' && row.isFailing)
    .filter(({ findings }) => findings.some(({ kind }) => STRUCTURE.includes(kind)))
    .toSorted((a, b) => exchanges.get(a)!.size - exchanges.get(b)!.size)
  return new Map(ofEvery.flatMap((row) => [...exchanges.get(row)!].map((one) => [one, row])))
}

/** Places that checks of every exchange find wrong, each in its exchange, and the finding. */
export function findPlacesInEvery(rows: readonly RedRow[]): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>()
  for (const row of rows) {
    if (row.scenario !== 'every') continue
    for (const finding of row.findings) {
      const place = readPlaceInExchange(finding)
      if (place === undefined) continue
      for (const exchange of exchangesOf(finding, row)) {
        const at = `${exchange} ${place}`
        if (!found.has(at)) found.set(at, { place, row, finding })
      }
    }
  }
  return found
}
