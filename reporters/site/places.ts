// The files of the site's pages, and the links between them.

import type { CheckId, RunResult } from '../../src/types/index.ts'

/** A file name from any id, one to one: everything but letters, digits, `.` and `-` is spelled out. */
function slug(id: string): string {
  return id
    .replaceAll('/', '~')
    .replaceAll(/[^\w.~-]/gu, (character) => `+${character.codePointAt(0)!.toString(16)}+`)
}

export function providerFileOf(target: string): string {
  return `providers/${slug(target)}.html`
}

export function checkFileOf(check: CheckId): string {
  return `checks/${slug(check)}.html`
}

export function capabilityFileOf(capability: string): string {
  return `capabilities/${slug(capability)}.html`
}

/** The page of two providers, the same in whichever order they are named. */
export function comparisonFileOf(one: string, other: string): string {
  return `compare/${[one, other].toSorted().map(slug).join('~~')}.html`
}

export function clientFileOf(client: string): string {
  return `clients/${slug(client)}.html`
}

export const CHANGES_FILE = 'changes.html'

export function dataFileOf(run: RunResult): string {
  return `data/${slug(run.run.id)}.json`
}

/** A link to a file of the site from a page that lies `depth` folders deep. */
export function hrefOf(file: string, depth: 0 | 1): string {
  return (depth === 0 ? '' : '../') + file.split('/').map(encodeURIComponent).join('/')
}

/** A link to a cell of the matrix. */
export function cellHrefOf(
  target: string,
  check: CheckId,
  yardstick: string,
  depth: 0 | 1,
): string {
  const hash = new URLSearchParams({ lens: yardstick, cell: `${target}~${check}` })
  return `${depth === 0 ? '' : '../'}matrix.html#${hash}`
}
