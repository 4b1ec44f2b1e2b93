// Judges recorded traffic of other tools by what holds for every exchange. Nothing is sent.

import { basename } from 'node:path'
import { loadContracts } from '../contract/file/load.ts'
import { loadSuites, type Suite } from '../plan/load-suites-and-reporters.ts'
import { isAnswered, tokensOf } from '../evidence/is-answered.ts'
import { describeExchange } from '../evidence/journal-exchange.ts'
import type { JournalEntry } from '../evidence/journal.ts'
import type { RecordedExchange } from '../evidence/rebuild-exchange.ts'
import type { EvidenceStore } from '../evidence/saved-exchanges.ts'
import { assembleResult, type AssembledResult } from '../result/from-journal.ts'
import { countAsked } from '../result/cells/asked-in-traffic.ts'
import { recordOwnContracts, recordOf, recordPlan } from '../result/target-and-plan-records.ts'
import { createPlanner } from '../plan/plan.ts'
import { withScopes } from '../plan/reduced-run-scope.ts'
import { yardsticksOf } from '../plan/yardsticks-of-target.ts'
import { impactOfAnswer } from '../../suites/clients/impact-of-answer.ts'
import { response, sent } from '../authoring/read.ts'
import { isName } from '../base/check-foreign-names.ts'
import { DEFAULT_LIMITS, type Target } from '../target/target-and-keys.ts'
import type {
  Evidence,
  Exchange,
  Scenario,
  TargetRecord,
  TargetSetup,
  Yardstick,
} from '../types/index.ts'
import { judgeRecorded, type RecordedSession } from './judge-without-sending.ts'
import { readSuiteVersion } from './run-in-worker.ts'

export interface TrafficOptions {
  readonly contract: string
  readonly yardsticks: readonly Yardstick[]
  /** Where the exchanges are kept. */
  readonly store: EvidenceStore
  /** Whether the store writes files, which the result then names; without them it names the recording. */
  readonly isWritten: boolean
  /** What is known of the server; what its set-up lacks is not held against it. */
  readonly setup?: TargetSetup
}

const UNKNOWN_HOST = 'unknown host'

export type TrafficJudge = (traffic: readonly RecordedExchange[]) => Promise<AssembledResult>

/** Judges recorded traffic by what holds for every exchange, as often as it is asked. */
export async function createTrafficJudge(options: TrafficOptions): Promise<TrafficJudge> {
  const suites = (await loadSuites()).map((suite) => onlyUniversal(suite))
  const plan = createPlanner(suites, { suites: 'all' })
  return (traffic) => judgeAll(traffic, suites, plan, options)
}

async function judgeAll(
  traffic: readonly RecordedExchange[],
  suites: readonly Suite[],
  plan: ReturnType<typeof createPlanner>,
  options: TrafficOptions,
): Promise<AssembledResult> {
  const entries: JournalEntry[] = []
  const several = new Set(traffic.map(({ file }) => file)).size > 1
  const named = nameEach(traffic, several)
  const sessions: RecordedSession[] = []
  const asked = new Map<string, TargetRecord['asked']>()
  for (const host of new Set(traffic.map(hostOf))) {
    const mine = named.filter(({ recorded }) => hostOf(recorded) === host)
    const target = targetOf(
      host,
      mine.map(({ recorded }) => recorded),
      options,
    )
    const evidence = new Map<Scenario, Evidence>()
    for (const { recorded, id } of mine) {
      const exchange = await writeOnce(recorded, options.store)
      const scenario = buildRecordedScenario(recorded, id)
      evidence.set(scenario, { origin: 'recorded', exchanges: { exchange }, nonce: '' })
      const entry = describeExchange(target, exchange, tokensOf(exchange), scenario.id)
      entries.push(options.isWritten ? entry : standingIn(entry, recorded))
    }
    const source = {
      usage: { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0 },
      // A control that nobody sent was not recorded.
      gather: async (scenario: Scenario): Promise<Evidence> =>
        evidence.get(scenario) ?? { origin: 'recorded', exchanges: {}, nonce: '' },
    }
    asked.set(target.id, countAsked(mine.map(({ recorded }) => recorded.exchange)))
    const yardsticks = yardsticksOf(target)
    sessions.push({
      target,
      cases: plan(target, yardsticks).filter(({ scenario }) => scenario === 'every'),
      runContext: {
        target,
        yardsticks,
        source,
        scenarios: [...evidence.keys()],
        attempts: 1,
        impactOf: impactOfAnswer,
      },
    })
  }
  const now = new Date().toISOString()
  const targets = sessions.map(({ target }) => target)
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
    targets: sessions.map(({ target }) => ({
      ...withScopes(recordOf(target), [{ traffic: true }]),
      asked: asked.get(target.id)!,
    })),
    contracts: recordOwnContracts(targets),
    specs: targets,
    selection: { suites: 'all' },
  }
  const judged = await judgeRecorded(sessions)
  return assembleResult(
    [start, recordPlan(sessions, suites), ...entries, ...judged, { kind: 'end', finishedAt: now }],
    loadContracts(),
  )
}

/** The exchange with its evidence file; one that has it already is not written again. */
export async function writeOnce(
  { exchange, bytes }: RecordedExchange,
  store: EvidenceStore,
): Promise<Exchange> {
  return exchange.evidence === undefined ? store.save(exchange, bytes) : exchange
}

function hostOf({ host }: RecordedExchange): string {
  return host !== '' && isName(host) ? host : UNKNOWN_HOST
}

/** A name for each, by its place: `line-3`, and `traffic.har/entry-12` where there are several files. */
function nameEach(
  traffic: readonly RecordedExchange[],
  several: boolean,
): readonly { readonly recorded: RecordedExchange; readonly id: string }[] {
  const seen = new Map<string, number>()
  return traffic.map((recorded) => {
    const place = recorded.place.replaceAll(/[^\w.]+/g, '-')
    const file = basename(recorded.file).replaceAll(/[^\w.]+/g, '-')
    const name = several ? `${file}/${place}` : place
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return { recorded, id: `recorded/${name}${times === 1 ? '' : `-${times}`}`.slice(0, 200) }
  })
}

/** The scenario of which a recorded exchange is the only step. */
export function buildRecordedScenario(
  { file, place, exchange }: RecordedExchange,
  id: string,
): Scenario {
  const { request } = exchange
  return {
    id,
    title: `${basename(file)}, ${place}: ${request.method} ${request.path}`,
    apiPaths: [],
    tier: 'core',
    steps: {
      exchange: { request: () => request, expect: isAnswered(exchange) ? 'success' : 'either' },
    },
  }
}

/** Where nothing is written, the evidence is the recording itself. */
function standingIn(
  entry: Extract<JournalEntry, { kind: 'exchange' }>,
  { file, place }: RecordedExchange,
): JournalEntry {
  return { ...entry, record: { ...entry.record, file: `${basename(file)}, ${place}` } }
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

function targetOf(
  host: string,
  traffic: readonly RecordedExchange[],
  { contract, yardsticks, setup }: TrafficOptions,
): Target {
  const baseUrl = traffic.find((each) => each.baseUrl !== '')?.baseUrl
  return {
    id: host,
    name: host,
    contract,
    // What can be asked again is named in full: the rest is for whoever repeats it to fill in.
    baseUrl: baseUrl ?? 'https://HOST/v1',
    auth: [],
    headers: {},
    models: { text: modelIn(traffic.map(({ exchange }) => exchange)) ?? 'MODEL' },
    limits: DEFAULT_LIMITS,
    origin: 'recorded',
    yardsticks,
    gate: [yardsticks[0]!],
    has: [],
    ...(setup === undefined ? {} : { setup }),
  }
}

function modelIn(exchanges: readonly Exchange[]): string | undefined {
  return exchanges
    .flatMap((exchange) => [sent(exchange)?.['model'], response(exchange)?.['model']])
    .find((model) => typeof model === 'string' && isName(model)) as string | undefined
}
