// `npm run observe -- <folder>`: judges recorded traffic (JSON Lines of {host, source, date, request,
// response}) and writes what it shows into specs/observed: counts by month, and no bodies. Then
// docs/observed.md is written from them.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { field, isObject, parse } from '../../src/base/json.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { compareText, sortKeys } from '../../src/base/sort-text-and-ranks.ts'
import { loadContract } from '../../src/contract/file/load.ts'
import { findUndocumentedForm } from '../../src/contract/request-validity.ts'
import { NotRecorded, withGuards } from '../../src/evidence/guard-unrecorded.ts'
import { readTraffic } from '../../src/evidence/import-traffic.ts'
import type { RecordedExchange } from '../../src/evidence/rebuild-exchange.ts'
import { createMemoryStore } from '../../src/evidence/saved-exchanges.ts'
import { runJudge } from '../../src/judge/conclude-outcome.ts'
import { loadSuites } from '../../src/plan/load-suites-and-reporters.ts'
import { casesOf } from '../../src/plan/plan.ts'
import { monthOf } from '../../src/plan/requirements/recorded-traffic.ts'
import type { HostTraffic, MonthCounts } from '../../src/plan/requirements/recorded-traffic.ts'
import { createTrafficJudge, buildRecordedScenario } from '../../src/run/judge-traffic.ts'
import type { Check, Json, Judgement, Yardstick } from '../../src/types/index.ts'
import { renderObserved } from './observed-page.ts'

/** By host, the contract of whoever answers there. */
const CONTRACTS: readonly (readonly [RegExp, string])[] = [
  [/\.azure\.com$/, 'azure-openai'],
  [/^bedrock-mantle\./, 'bedrock-mantle'],
  [/^api\.deepseek\.com$/, 'deepseek'],
  [/^api\.x\.ai$/, 'xai'],
]

interface Recorded {
  readonly exchange: RecordedExchange
  readonly repository: string
  readonly month: string
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('npm run observe -- <folder>: name a folder with JSON Lines of recorded exchanges')
  process.exit(2)
}

const contract = loadContract('openai')
const suites = await loadSuites()
const checks: readonly Check[] = suites
  .flatMap((suite) => [
    ...suite.checks,
    ...suite.families.flatMap((family) => casesOf(family, contract)),
  ])
  .filter(
    ({ scenario, acceptanceCheck, only }) =>
      scenario === 'every' && acceptanceCheck !== true && only?.includes('openai') !== false,
  )

const byHost = new Map<string, Recorded[]>()
for (const one of readFolder(folder)) {
  const { host } = one.exchange
  byHost.set(host, [...(byHost.get(host) ?? []), one])
}
const out = join(packageRoot, 'specs', 'observed')
mkdirSync(out, { recursive: true })
const written = new Set<string>()
for (const host of [...byHost.keys()].toSorted(compareText)) {
  // A server on somebody's own machine speaks for nobody.
  if (/^(localhost|127\.|unknown)/.test(host)) continue
  const traffic = await countHost(host, byHost.get(host)!)
  const file = `${host.replaceAll(/[<>]/g, '')}.json`
  written.add(file)
  writeFileSync(
    join(out, file),
    `${JSON.stringify(sortKeys(traffic as unknown as Json), null, 1)}\n`,
  )
  console.log(`${host}: ${traffic.exchanges} exchanges, ${traffic.first} to ${traffic.last}`)
}
for (const name of readdirSync(out)) {
  if (name.endsWith('.json') && !written.has(name)) rmSync(join(out, name))
}
writeFileSync(join(packageRoot, 'docs', 'observed.md'), renderObserved())

function readFolder(from: string): readonly Recorded[] {
  const known = new Set<string>()
  const names = readdirSync(from, { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted(compareText)
    .flatMap((name) => {
      const text = readFileSync(join(from, name), 'utf8')
      const lines = text.split('\n')
      return readTraffic(Buffer.from(text), name).exchanges.flatMap(
        (exchange): readonly Recorded[] => {
          const line = parse(lines[Number(/\d+/.exec(exchange.place)?.[0]) - 1] ?? '')
          const key = createHash('sha256')
            .update(JSON.stringify([field(line, '/request'), field(line, '/response/body')]))
            .digest('hex')
          if (known.has(key)) return []
          known.add(key)
          const source = String(field(line, '/source') ?? name)
          const [repository = source] = source.split(/[:#]/)
          const month = monthOf(exchange.exchange, dateIn(line)) ?? 'undated'
          // A recorder that hides a name of a customer writes what is no host; it is a name all the same.
          const host = String(field(line, '/host') ?? exchange.host)
          return [{ exchange: { ...exchange, host }, repository: nameOf(repository), month }]
        },
      )
    })
}

/** `owner/name@commit`, with as much of the commit as tells it apart. */
function nameOf(source: string): string {
  const [name = '', commit] = source.split('@')
  return commit === undefined ? name : `${name}@${commit.slice(0, 8)}`
}

function dateIn(line: Json | undefined): string | undefined {
  const date = isObject(line) ? line['date'] : undefined
  return typeof date === 'string' ? date : undefined
}

async function countHost(host: string, recorded: readonly Recorded[]): Promise<HostTraffic> {
  const months = recorded.map(({ month }) => month).filter((month) => month !== 'undated')
  const sources: Record<string, number> = {}
  for (const { repository } of recorded) sources[repository] = (sources[repository] ?? 0) + 1
  const own = CONTRACTS.find(([pattern]) => pattern.test(host.replaceAll(/[<>]/g, '')))?.[1]
  return {
    host,
    exchanges: recorded.length,
    first: months.toSorted(compareText)[0] ?? 'undated',
    last: months.toSorted(compareText).at(-1) ?? 'undated',
    sources,
    violated: countChecks(recorded),
    outcomes: {
      openai: await outcomesOf(recorded, 'openai', ['openai']),
      ...(own === undefined ? {} : { own: await outcomesOf(recorded, own, ['own', 'openai']) }),
    },
  }
}

/** By check that was ever violated: by month, how often it could be judged and how often it was violated. */
function countChecks(recorded: readonly Recorded[]): HostTraffic['violated'] {
  const found: Record<string, Record<string, [number, number]>> = {}
  for (const check of checks) {
    const counts: Record<string, [number, number]> = {}
    for (const { exchange, month } of recorded) {
      const said = judgeOne(check, exchange)
      if (said === undefined || (said.kind !== 'holds' && said.kind !== 'violated')) continue
      const count = (counts[month] ??= [0, 0])
      count[0]++
      if (said.kind === 'violated') count[1]++
    }
    if (Object.values(counts).some(([, violated]) => violated > 0)) found[check.id] = counts
  }
  return found as Readonly<Record<string, MonthCounts>>
}

/** Undefined where the form is not documented, or what the check reads was not recorded. */
function judgeOne(check: Check, recorded: RecordedExchange): Judgement | undefined {
  const { exchange } = recorded
  const scenario = buildRecordedScenario(recorded, recorded.place)
  const { expect } = scenario.steps['exchange']!
  if (expect === 'success' && findUndocumentedForm(contract, exchange) !== undefined) return
  const context = { contract, yardstick: 'openai', nonce: '', scenario, expect } as const
  try {
    return runJudge(check, { exchange: withGuards(exchange) }, context)
  } catch (error) {
    if (error instanceof NotRecorded) return
    throw error
  }
}

async function outcomesOf(
  recorded: readonly Recorded[],
  id: string,
  yardsticks: readonly Yardstick[],
): Promise<HostTraffic['outcomes'][string]> {
  const judge = await createTrafficJudge({
    contract: id,
    yardsticks,
    store: createMemoryStore(),
    isWritten: false,
  })
  const { result } = await judge(recorded.map(({ exchange }) => exchange))
  const rows = result.verdicts.filter(({ yardstick }) => yardstick === yardsticks[0])
  const withOutcome = (outcome: string): readonly string[] =>
    [...new Set(rows.filter((row) => row.outcome === outcome).map(({ check }) => check))].toSorted(
      compareText,
    )
  return {
    contract: id,
    passed: withOutcome('pass').length,
    warned: withOutcome('warn'),
    failed: Object.fromEntries(
      withOutcome('fail').map((check) => {
        const finding = rows.find((row) => row.check === check && row.outcome === 'fail')
          ?.findings[0]
        return [check, `${finding?.at ?? ''}: ${finding?.actual ?? ''}`.slice(0, 120)]
      }),
    ),
  }
}
