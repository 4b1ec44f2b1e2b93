// The command `compare`: several targets side by side in the needed features, or a relay beside its upstream.

import { escapeControls } from '../../../reporters/common/escape.ts'
import { failuresOf } from '../../../reporters/common/failure-report.ts'
import {
  faultOf,
  narrowRun,
  needCellOf,
  type NeedAnswer,
} from '../../result/needs-met-by-target.ts'
import { loadSuites } from '../../plan/load-suites-and-reporters.ts'
import { UsageError } from '../../base/errors.ts'
import { openStore } from '../../evidence/saved-exchanges.ts'
import { findClosestName, createUnknownNameError } from '../../base/closest-name.ts'
import { EXIT, type ExitCode } from '../../result/exit-code.ts'
import { clientProfileOf } from '../../clients/profile.ts'
import { resolveTargets } from '../../target/resolve-targets.ts'
import type { Target } from '../../target/target-and-keys.ts'
import type { Feature, Readiness, RunResult, TargetRecord, Yardstick } from '../../types/index.ts'
import { join } from 'node:path'
import { createWatcher } from './run.ts'
import { conductRun } from '../../run/run-and-report.ts'
import { fetchContract } from '../config/fetch-contract.ts'
import { parseInlineTargets } from '../config/parse-target-option.ts'
import { readSetting } from '../config/settings.ts'
import { renderComparison, type ComparedTarget } from '../terminal/render-comparison.ts'
import type { RunFlags } from '../../run/options.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export interface CompareFlags extends RunFlags {
  readonly needs?: readonly string[]
  readonly control?: string
  readonly price?: readonly string[]
  readonly by: Yardstick
  readonly format: 'text' | 'json'
}

/** What people say, and the suite that asks it. */
const SYNONYMS: Readonly<Record<string, Feature>> = {
  tools: 'tool',
  'function-calling': 'tool',
  images: 'image',
  vision: 'image',
  files: 'file',
  pdf: 'file',
  json: 'structured-output',
  'json-schema': 'structured-output',
  streams: 'streaming',
  state: 'stateful',
  'multi-turn': 'stateful',
  messages: 'message-style',
}

const DEFAULT_NEEDS = ['basic', 'tool', 'structured-output', 'stateful', 'streaming']

const CONTROL = 'control'

export async function executeCompare(
  ids: readonly string[],
  given: CompareFlags,
): Promise<ExitCode> {
  const suites = (await loadSuites()).map(({ feature }) => feature)
  const words = given.needs ?? (given.client === undefined ? DEFAULT_NEEDS : [])
  const needs = needsOf(words, suites)
  const prices = parsePrices(given.price)
  const setting = await readSetting(ids, {
    ...(await fetchContract(given)),
    gate: [given.by],
    suite: needs,
  })
  const { flags } = setting
  const targets = [...setting.targets, ...controlOf(given, flags)]
  if (targets.length < 2) {
    throw new UsageError(
      'Name at least two targets: ids, names of the configuration, or --target name=URL,model=M; or one and --control',
    )
  }
  const conducted = await conductRun(
    targets,
    { ...flags, out: flags.out ?? 'results/compare' },
    {
      signal: getEnvironment().listenForStop(),
      ...(flags.quiet === true ? {} : { watch: createWatcher(flags) }),
    },
  )
  const run = narrowRun(conducted.result, needs, given.by)
  const compared = compare(run, { needs, by: given.by, clients: given.client ?? [], prices })
  const evidence = openStore(join(conducted.out, 'evidence')).load
  const { stdout, stderr } = getEnvironment()
  for (const note of conducted.notes) stderr.write(`${escapeControls(note)}\n`)
  stdout.write(
    given.format === 'json'
      ? `${JSON.stringify({ needs, by: given.by, targets: compared.map(asJson) }, null, 2)}\n`
      : `${renderComparison(compared, { ...given, needs, evidence, width: stdout.columns || 100 }).join('\n')}\nResults: ${conducted.out}\n`,
  )
  const fatal: readonly ExitCode[] = [EXIT.secret, EXIT.harness, EXIT.usage, EXIT.budget]
  if (fatal.includes(conducted.exitCode)) return conducted.exitCode
  const answers = compared
    .filter(({ isControl }) => !isControl)
    .flatMap(({ cells, clients }) => [...cells.map(({ cell }) => cell.met), ...clients.map(metBy)])
  if (answers.includes('no') || answers.includes('refused')) return EXIT.fails
  return answers.includes('unknown') || !run.run.complete ? EXIT.incomplete : EXIT.conforms
}

/** What stands behind a relay: a target of its own, whatever describes the relay. */
function controlOf(given: CompareFlags, flags: CompareFlags): readonly Target[] {
  if (given.control === undefined) return []
  const { gate, suite, client, concurrency, deadline, rate, maxRequests, maxTokens } = flags
  const shared = { gate, suite, client, concurrency, deadline, rate, maxRequests, maxTokens }
  const known = Object.entries(shared).filter(([, value]) => value !== undefined)
  return resolveTargets([CONTROL], Object.fromEntries(known), {
    targets: parseInlineTargets([`${CONTROL}=${given.control}`]),
  })
}

/** `name=0.15/0.60`: what a million tokens cost, those that are read and those that are written. */
function parsePrices(written: readonly string[] = []): Prices {
  return new Map(
    written.map((text) => {
      const [, name, input, output] = /^([^=]+)=(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(text) ?? []
      if (name === undefined) {
        throw new UsageError(
          `--price "${text}" is not of the form NAME=IN/OUT, the price of a million tokens: crun=0.15/0.60`,
        )
      }
      return [name, [Number(input), Number(output)]]
    }),
  )
}

/** `tools,stateful` or several words; each a suite or what people call it. */
function needsOf(words: readonly string[], suites: readonly Feature[]): readonly Feature[] {
  const named = words.flatMap((word) => word.split(',')).filter((word) => word !== '')
  const known = [...suites, ...Object.keys(SYNONYMS)]
  return [
    ...new Set(
      named.map((word) => {
        if (suites.includes(word)) return word
        if (Object.hasOwn(SYNONYMS, word)) return SYNONYMS[word]!
        const guess = findClosestName(word, known)
        throw createUnknownNameError(
          'need',
          word,
          guess === undefined ? [] : [guess],
          `There are: ${suites.join(', ')}`,
        )
      }),
    ),
  ]
}

// ── what is told ─────────────────────────────────────────────────────────────

/** Prices of a million tokens, those that are read and those that are written, by target. */
type Prices = ReadonlyMap<string, readonly [input: number, output: number]>

interface Comparison {
  readonly needs: readonly Feature[]
  readonly by: Yardstick
  readonly clients: readonly string[]
  readonly prices: Prices
}

/** Best first: who meets more, fails less and costs less. */
function compare(run: RunResult, comparison: Comparison): readonly ComparedTarget[] {
  return run.targets
    .map((target) => compareTarget(run, target, comparison))
    .toSorted(
      (a, b) =>
        Number(a.isControl) - Number(b.isControl) ||
        ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing) ||
        countMet(b) - countMet(a) ||
        a.blockers.length - b.blockers.length ||
        (a.cost ?? 0) - (b.cost ?? 0) ||
        a.tokens - b.tokens,
    )
}

const ORDER: readonly NeedAnswer[] = ['yes', 'weakly', 'unknown', 'refused', 'no']

function compareTarget(
  run: RunResult,
  target: TargetRecord,
  { needs, by, clients: wanted, prices }: Comparison,
): ComparedTarget {
  const control = run.targets.find(({ id }) => id === CONTROL)
  const cells = needs.map((need) => ({ need, cell: needCellOf(run, target, need, by) }))
  const clients = wanted.map((client) => readinessFor(run, target, client))
  const blockers = failuresOf(run, target).map((failure) => ({
    failure,
    ...(control === undefined || target === control
      ? {}
      : { fault: faultOf(run, failure.group.first, control) }),
  }))
  const answers = [...cells.map(({ cell }) => cell.met), ...clients.map(metBy)]
  const { inputTokens, outputTokens } = target.usage
  const price = prices.get(target.id)
  const declined = cells.find(({ cell }) => cell.met === 'refused')?.need
  const unmet = clients.find(({ answer }) => answer !== 'works')
  const against =
    blockers[0]?.failure.sentence ??
    (declined === undefined ? undefined : `declines ${declined}`) ??
    (unmet === undefined ? undefined : `${unmet.client}: ${unmet.reasons[0] ?? unmet.answer}`) ??
    (run.run.complete ? undefined : run.run.incomplete)
  return {
    target,
    isControl: target.id === CONTROL,
    cells,
    clients,
    blockers,
    standing: ORDER.findLast((answer) => answers.includes(answer)) ?? 'unknown',
    tokens: inputTokens + outputTokens,
    ...(price === undefined
      ? {}
      : { cost: (inputTokens * price[0] + outputTokens * price[1]) / 1e6 }),
    ...(against === undefined ? {} : { against }),
  }
}

function countMet({ cells }: ComparedTarget): number {
  return cells.filter(({ cell }) => cell.met === 'yes' || cell.met === 'weakly').length
}

function readinessFor(
  { readiness = [] }: RunResult,
  target: TargetRecord,
  client: string,
): Readiness {
  const found = readiness.find((row) => row.target === target.id && row.client === client)
  const { name = client, version = '' } = clientProfileOf(client) ?? {}
  const reasons = ['what it needs was not asked']
  return found ?? { target: target.id, client, name, version, answer: 'unknown', reasons }
}

function metBy({ answer }: Readiness): NeedAnswer {
  return ({ works: 'yes', limited: 'weakly', breaks: 'no', unknown: 'unknown' } as const)[answer]
}

function asJson({ target, cells, clients, blockers, standing, cost, against }: ComparedTarget) {
  return {
    target: target.id,
    endpoint: target.endpoint,
    model: target.models.text,
    standing,
    against,
    needs: Object.fromEntries(cells.map(({ need, cell }) => [need, cell])),
    blockers: blockers.map(
      ({ failure: { group, sentence, finding, evidence, impact }, fault }) => ({
        check: group.check,
        sentence,
        finding,
        impact,
        evidence,
        fault,
      }),
    ),
    clients: clients.map(({ client, version, answer, reasons }) => ({
      client,
      version,
      answer,
      reasons,
    })),
    cost,
    latency: target.latency,
    usage: target.usage,
  }
}
