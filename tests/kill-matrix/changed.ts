// What changed checks do to the kill matrix: their rows beside those of the snapshot, and whether one of
// them only repeats another.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'
import { compareRow, noticesAll, type Matrix } from './matrix.ts'
import { computeRows, findRepeated, listMutants, type NamedMutant } from './rows.ts'

type Snapshot = Readonly<Record<string, readonly [fail: string, warn: string]>>

/** `since`: a commit; where the branch left `main` unless given, or the commit before on `main` itself. */
export async function printChanges(since: string | undefined): Promise<void> {
  const base = since ?? findBase()
  if (git('rev-parse', '--verify', '--quiet', base).length === 0) {
    console.log(
      `There is no commit ${base} here to compare with (a shallow clone?): nothing is compared.`,
    )
    return
  }
  const files = listChanged(base)
  const changed: string[] = []
  for (const file of files.filter(isCheckFile)) {
    const { default: made } = (await import(join(packageRoot, file))) as { default: { id: string } }
    changed.push(made.id)
  }
  const shared = files.filter((file) => !isCheckFile(file))
  if (shared.length > 0) {
    console.log(
      `Shared by several checks, whose rows may differ as well: ${shared.join(', ')}\n("npm run kill-matrix" computes all.)\n`,
    )
  }
  const mutants = await listMutants()
  const mine = mutants.filter(({ check }) =>
    changed.some((id) => check === id || check.startsWith(`${id}/`)),
  )
  if (mine.length === 0) {
    console.log('No check has changed.')
    return
  }
  const rows = await computeRows(mine)
  printDelta(rows)
  await printRepeats(rows, mine, mutants)
}

function isCheckFile(file: string): boolean {
  return /^suites\/[^/]+\/(checks|families)\/[^/]+\.ts$/.test(file)
}

/** Files of `suites` that differ from a commit and are still there, new ones included. */
function listChanged(since: string): readonly string[] {
  const tracked = git('diff', '--name-only', since, '--', 'suites')
  const untracked = git('ls-files', '--others', '--exclude-standard', '--', 'suites')
  return [...new Set([...tracked, ...untracked])].filter(
    (file) => file.endsWith('.ts') && existsSync(join(packageRoot, file)),
  )
}

function findBase(): string {
  const [head = 'HEAD'] = git('rev-parse', 'HEAD')
  for (const main of ['origin/main', 'main']) {
    if (git('rev-parse', '--verify', '--quiet', main).length === 0) continue
    const [base = ''] = git('merge-base', 'HEAD', main)
    if (base !== '' && base !== head) return base
  }
  return 'HEAD~1'
}

/** The lines that git prints; none where it fails. */
function git(...words: readonly string[]): readonly string[] {
  try {
    const text = execFileSync('git', words, { cwd: packageRoot, encoding: 'utf8' })
    return text.split('\n').filter((line) => line !== '')
  } catch {
    return []
  }
}

function printDelta(rows: Matrix): void {
  const file = new URL('matrix.json', import.meta.url)
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot
  const lines = Object.entries(rows).flatMap(([id, row]) => {
    const changes = compareRow(snapshot[id], row)
    return changes.length === 0
      ? []
      : [
          `${id}${snapshot[id] === undefined ? ' (new)' : ''}`,
          ...changes.map((each) => `  ${each}`),
        ]
  })
  console.log(lines.length === 0 ? 'Their rows are those of the snapshot.' : lines.join('\n'))
}

async function printRepeats(
  rows: Matrix,
  mine: readonly NamedMutant[],
  mutants: readonly NamedMutant[],
): Promise<void> {
  for (const check of new Set(mine.map((each) => each.check))) {
    const own = mine.filter((each) => each.check === check).map(({ id }) => rows[id]!)
    const candidates = noticesAll(own, check)
    if (candidates.length === 0) continue
    const repeated = await findRepeated(check, candidates, mutants)
    if (repeated.length > 0) {
      console.log(
        `${check} shows nothing of its own: ${repeated.join(', ')} notice${repeated.length === 1 ? 's' : ''} every mutant that it notices.`,
      )
    }
  }
}
