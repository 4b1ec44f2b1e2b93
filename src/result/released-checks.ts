// Which checks a release had: a gate with a baseline of an older one is not red at once for those that
// came later.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../base/package-root.ts'
import type { CheckId, RunResult } from '../types/index.ts'

/** By version: ids of checks, and of families with `/*` behind them. */
export type Releases = ReadonlyMap<string, ReadonlySet<string>>

export function readReleases(folder: string = join(packageRoot, 'specs', 'releases')): Releases {
  const files = existsSync(folder) ? readdirSync(folder) : []
  return new Map(
    files
      .filter((name) => name.endsWith('.txt'))
      .map((name) => [
        name.slice(0, -4),
        new Set(readFileSync(join(folder, name), 'utf8').trim().split('\n')),
      ]),
  )
}

/** Whether a check came after a version. Nothing did that the version of the result had, or where nobody knows. */
export function laterThan(
  version: string,
  { suite }: RunResult,
  releases: Releases,
): (check: CheckId) => boolean {
  const known = releases.get(version)
  if (known === undefined || version === suite.version) return () => false
  return (check) => !spellings(check).some((id) => known.has(id))
}

/** The id itself, the check that each feature has under a name of its own, and the families it may be of. */
function spellings(check: CheckId): readonly string[] {
  const parts = check.split('/')
  return [
    check,
    `common/${parts.at(-1)!}`,
    ...parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/*`),
  ]
}
