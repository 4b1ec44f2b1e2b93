// Applies today's checks to the evidence of an earlier run or of recorded traffic. Nothing is sent.

import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { assembleResult, type AssembledResult } from '../result/from-journal.ts'
import { checkAssembled, type Trusted } from '../result/read-result.ts'
import { loadContracts } from '../contract/file/load.ts'
import { loadSuites, type Suite } from '../plan/load-suites.ts'
import { HarnessError, UsageError } from '../base/errors.ts'
import { createRecordedSource } from '../evidence/recorded.ts'
import { openStore } from '../evidence/store.ts'
import type { RecordedExchange } from '../evidence/import-traffic.ts'
import { JOURNAL, readJournal, type JournalEntry } from '../evidence/journal.ts'
import { judgeScenario } from '../judge/judge-scenario.ts'
import { withScopes } from '../plan/scope.ts'
import type { RunContext } from '../judge/verdict-row.ts'
import { createPlanner, planTarget, scenariosOf, subjectOf, type Case } from '../plan/plan.ts'
import { recordOwnContracts, recordOf, recordPlan } from '../result/records.ts'
import { readSuiteVersion } from './run.ts'
import { DEFAULT_LIMITS, type Target } from '../target/target.ts'
import type { Scenario, Yardstick } from '../types/index.ts'
import { yardsticksOf } from '../plan/yardsticks.ts'
import { resolvePath } from '../base/environment.ts'

/** As many attempts as were recorded are looked at; there are never so many. */
const RECORDED_ATTEMPTS = 100

/**
 * Judges the evidence of a result folder anew. The folder may be a stranger's: modules come from
 * `trusted` alone, and so does a contract that lies outside of the working folder. Throws a
 * `UsageError` for a folder that is none of ours.
 */
export async function rejudgeFolder(
  folder: string,
  trusted: Trusted = {},
): Promise<AssembledResult> {
  const entries = readJournal(join(folder, JOURNAL))
  const start = entries.find((entry) => entry.kind === 'start')
  if (start === undefined) {
    throw new UsageError(
      `${folder} holds no journal of a run; give the folder that a run wrote with --out`,
    )
  }
  const { load = [], ...selection } =
    entries.findLast((entry) => entry.kind === 'start')?.selection ?? start.selection
  checkContracts(start.specs, trusted.contract)
  const store = openStore(join(folder, 'evidence'))
  const gathered = entries.filter((entry) => entry.kind === 'evidence')
  const suites = await loadSuites(trusted.load)
  const plan = createPlanner(suites, selection)
  const sessions = start.specs.map((target) => {
    const yardsticks = yardsticksOf(target)
    const recorded = new Set(
      gathered.filter((entry) => entry.target === target.id).map(({ scenario }) => scenario),
    )
    const cases = plan(target, yardsticks)
    const known = cases.filter((each) => isRecorded(each, recorded))
    const recording = { targets: start.specs, gathered, load: store.load }
    const source = createRecordedSource(recording, target, target.origin)
    const scenarios = scenariosOf(known)
    return {
      target,
      cases: known,
      runContext: { target, yardsticks, source, scenarios, attempts: RECORDED_ATTEMPTS },
    }
  })
  const kept = entries.filter(({ kind }) =>
    ['start', 'documents', 'exchange', 'evidence', 'target', 'budget', 'gone'].includes(kind),
  )
  const judged = await judgeAll(sessions)
  const end: JournalEntry = { kind: 'end', finishedAt: new Date().toISOString() }
  const assembled = assembleResult(
    [...kept, recordPlan(sessions, suites), ...judged, end],
    loadContracts(),
  )
  return checkAssembled(folder, assembled, load, trusted)
}

/** A contract that a journal names is read only where the user works, or where he says so. */
function checkContracts(specs: readonly Target[], trusted: readonly string[] = []): void {
  const known = new Set([
    ...loadContracts().map(({ id }) => id),
    ...trusted.map((file) => resolve(file)),
  ])
  for (const { contract } of specs) {
    if (contract === undefined || known.has(contract) || known.has(resolve(contract))) continue
    const file = existsSync(contract) ? realpathSync(contract) : resolve(contract)
    const isHere = !relative(realpathSync('.'), file).startsWith('..')
    if (isHere) continue
    throw new UsageError(
      `The run was judged by the contract ${contract}, outside of the working folder: give --contract ${contract} if it is yours`,
    )
  }
}

/** Whether a case can be judged on this evidence, or needs none. */
function isRecorded(
  { scenario, judgements: plannedJudgements }: Case,
  recorded: ReadonlySet<string>,
): boolean {
  return (
    scenario === 'every' ||
    recorded.has(scenario.id) ||
    plannedJudgements.every(({ skipReason }) => skipReason !== undefined)
  )
}

/** Judges recorded traffic of another tool by what holds for every exchange. */
export async function judgeTraffic(
  traffic: readonly RecordedExchange[],
  contractId: string,
  yardsticks: readonly Yardstick[],
): Promise<AssembledResult> {
  const suites = await loadSuites()
  const universal = suites.map((suite) => onlyUniversal(suite))
  const hosts = [...new Set(traffic.map(({ host }) => host))]
  const sessions = hosts.map((host) => {
    const target = trafficTarget(host, contractId, yardsticks)
    const mine = traffic.filter((each) => each.host === host)
    const scenarios = mine.map(({ scenario }) => scenario)
    const evidence = new Map<Scenario, RecordedExchange['evidence']>(
      mine.map((each) => [each.scenario, each.evidence]),
    )
    const source = {
      usage: { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0 },
      gather: async (scenario: Scenario) => evidence.get(scenario)!,
    }
    const contracts = yardsticksOf(target)
    const cases = planTarget(target, contracts, universal, { suites: 'all' }).filter(
      ({ scenario }) => scenario === 'every',
    )
    return {
      target,
      cases,
      runContext: { target, yardsticks: contracts, source, scenarios, attempts: 1 },
    }
  })
  const now = new Date().toISOString()
  const start: JournalEntry = {
    kind: 'start',
    suite: readSuiteVersion(),
    run: {
      id: `judge-${now}`,
      startedAt: now,
      finishedAt: now,
      complete: true,
      runner: { node: process.versions.node, platform: `${process.platform}-${process.arch}` },
    },
    targets: sessions.map(({ target }) => withScopes(recordOf(target), [{ traffic: true }])),
    contracts: recordOwnContracts(sessions.map(({ target }) => target)),
    specs: sessions.map(({ target }) => target),
    selection: { suites: 'all' },
  }
  const judged = await judgeAll(sessions)
  return assembleResult(
    [start, recordPlan(sessions, suites), ...judged, { kind: 'end', finishedAt: now }],
    loadContracts(),
  )
}

/** Whether a refused request was refused rightly cannot be seen in traffic that this project did not choose. */
function onlyUniversal({ feature, checks, families }: Suite): Suite {
  return {
    feature,
    checks: checks.filter(
      ({ scenario, acceptanceCheck }) => scenario === 'every' && acceptanceCheck !== true,
    ),
    families,
  }
}

function trafficTarget(host: string, contractId: string, yardsticks: readonly Yardstick[]): Target {
  return {
    id: host,
    name: host,
    contract: contractId,
    baseUrl: `https://${host}`,
    auth: [],
    headers: {},
    models: { text: '' },
    limits: DEFAULT_LIMITS,
    origin: 'recorded',
    yardsticks,
    gate: [yardsticks[0]!],
    has: [],
  }
}

interface Session {
  readonly target: Target
  readonly cases: readonly Case[]
  readonly runContext: RunContext
}

async function judgeAll(sessions: readonly Session[]): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = []
  for (const { target, cases, runContext } of sessions) {
    for (const planned of cases) {
      try {
        const verdicts = await judgeScenario(planned, runContext)
        entries.push({
          kind: 'case',
          target: target.id,
          check: planned.check,
          scenario: subjectOf(planned),
          verdicts,
        })
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error
        entries.push({
          kind: 'harness',
          target: target.id,
          check: planned.check,
          message: error.message,
        })
      }
    }
  }
  return entries
}

export function readText(file: string): string {
  try {
    return readFileSync(resolvePath(file), 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read; give the path of a JSON Lines or HAR file`)
  }
}
