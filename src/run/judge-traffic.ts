// Applies the checks that hold for every exchange to recorded traffic of another tool. Nothing is sent.

import { readFileSync } from 'node:fs'
import { assembleResult, type AssembledResult } from '../result/from-journal.ts'
import { loadContracts } from '../contract/file/load.ts'
import { loadSuites, type Suite } from '../plan/load-suites-and-reporters.ts'
import { UsageError } from '../base/errors.ts'
import type { RecordedExchange } from '../evidence/import-traffic.ts'
import type { JournalEntry } from '../evidence/journal.ts'
import { withScopes } from '../plan/reduced-run-scope.ts'
import { planTarget } from '../plan/plan.ts'
import { recordOwnContracts, recordOf, recordPlan } from '../result/target-and-plan-records.ts'
import { judgeRecorded } from './judge-without-sending.ts'
import { readSuiteVersion } from './run-in-worker.ts'
import { DEFAULT_LIMITS, type Target } from '../target/target-and-keys.ts'
import type { Scenario, Yardstick } from '../types/index.ts'
import { yardsticksOf } from '../plan/yardsticks-of-target.ts'
import { resolvePath } from '../base/current-environment.ts'
import { impactOfAnswer } from '../../suites/clients/impact-of-answer.ts'

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
      runContext: {
        target,
        yardsticks: contracts,
        source,
        scenarios,
        attempts: 1,
        impactOf: impactOfAnswer,
      },
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
  const judged = await judgeRecorded(sessions)
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

export function readText(file: string): string {
  try {
    return readFileSync(resolvePath(file), 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read; give the path of a JSON Lines or HAR file`)
  }
}
