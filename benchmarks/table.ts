// What a user waits for, in one table: `npm run bench`.
//
// Every line comes from the same run of this script, as a median with its range, and as a ratio to
// something that any machine has, so that figures of two machines can be compared.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadReporters } from '../src/plan/load-suites-and-reporters.ts'
import { packageRoot } from '../src/base/package-root.ts'
import type { RunResult } from '../src/types/index.ts'
import { largeRun } from '../tests/unit/reporters/large.ts'

const RUNS = Number(process.argv[2] ?? 3)
const STARTS = 9
/** What the matrix is built for. */
const [PROVIDERS, CHECKS] = [25, 500]

const main = join(packageRoot, 'dist', 'src', 'cli', 'main.js')
const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-bench-'))
const rows: (readonly [what: string, median: string, range: string, ratio: string])[] = []

function timed(times: number, work: (index: number) => void): readonly number[] {
  return Array.from({ length: times }, (_, index) => {
    const start = performance.now()
    work(index)
    return performance.now() - start
  })
}

function node(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function add(what: string, values: readonly number[], ratio: string): void {
  const seconds = (value: number): string => `${(value / 1000).toFixed(2)} s`
  const range = `${seconds(Math.min(...values))}–${seconds(Math.max(...values))}`
  rows.push([what, seconds(median(values)), range, ratio])
}

const times = (a: number, b: number): string => `${(a / b).toFixed(1)} ×`

const bare = timed(STARTS, () => node('-e', '0'))
add('`node -e 0`', bare, '1 ×')
const help = timed(STARTS, () => node(main, '--help'))
add('`--help`', help, `${times(median(help), median(bare))} of \`node -e 0\``)

const full = timed(RUNS, (index) => node(main, '--quiet', '--out', `run-${index}`))
const results = full.map(
  (_, index) =>
    JSON.parse(readFileSync(join(folder, `run-${index}`, 'run.json'), 'utf8')) as RunResult,
)
add(
  'full run, reference provider in two dialects',
  full,
  `${times(median(full), median(bare))} of \`node -e 0\``,
)

const reporters = await loadReporters()
const large = largeRun(PROVIDERS, CHECKS)
const plain = timed(3, () => JSON.stringify(large, null, 2))
const reports = timed(3, () => {
  for (const reporter of reporters) reporter.render(large, { evidence: () => undefined })
})
add(
  `all reports for ${PROVIDERS} providers, ${large.verdicts.length} rows`,
  reports,
  `${times(median(reports), median(plain))} of \`JSON.stringify\``,
)

/** The share of rows whose outcome differs between two results. */
function changed(a: RunResult, b: RunResult): number {
  const key = ({ target, check, scenario, yardstick }: RunResult['verdicts'][number]): string =>
    [target, check, scenario, yardstick].join(' ')
  const before = new Map(a.verdicts.map((row) => [key(row), row.outcome]))
  const rows = new Set([...before.keys(), ...b.verdicts.map(key)])
  const after = new Map(b.verdicts.map((row) => [key(row), row.outcome]))
  return [...rows].filter((row) => before.get(row) !== after.get(row)).length / rows.size
}

const { verdicts, targets } = results[0]!
const judged = verdicts.filter(({ outcome }) => ['pass', 'warn', 'fail'].includes(outcome)).length
const requests = targets.reduce((sum, { usage }) => sum + usage.requests, 0)
const shares = results.slice(1).map((result) => changed(results[0]!, result))

const day = new Date().toISOString().slice(0, 10)
const [cpu] = cpus()
process.stdout.write(
  [
    `${day}, Node ${process.versions.node}, ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${process.platform}`,
    '',
    '| what | median | range | ratio |',
    '|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `- ${requests} requests for ${judged} judged rows (${(requests / judged).toFixed(2)} requests a row), ${verdicts.length} rows in all`,
    `- repeatability: ${(Math.max(0, ...shares) * 100).toFixed(2)} % of the verdicts differ between two runs (worst of ${shares.length}; aim: at most 0.5 %)`,
    '',
  ].join('\n'),
)
rmSync(folder, { recursive: true, force: true })
