// Audits one contract without a request: its promises, contradictions, differences from a yardstick, and gaps.

import { field } from '../base/json.ts'
import type {
  Check,
  Contract,
  DocumentRow,
  Exchange,
  JudgeContext,
  Level,
  Sample,
  Scenario,
  Yardstick,
} from '../types/index.ts'
import { contradictionsOf } from './contradictions.ts'
import { differencesOf, type YardstickName } from './differences-from-yardstick.ts'
import { featureOfApiPath } from './feature-of.ts'
import { sourceOf } from './cited-source.ts'
import { observationsOf, promisesOf, type Interest } from './promises.ts'
import { exchangeOf } from '../contract/samples.ts'

interface Questions {
  /** The scenarios whose API paths are looked up as promises. */
  readonly scenarios: readonly Interest[]
  /** Those with `documents: true` are asked of samples too. */
  readonly checks: readonly Check[]
  /** How strongly a yardstick asks for a check; undefined: not at all. */
  readonly level?: (check: Check, yardstick: Yardstick) => Level | undefined
}

export function auditContract(
  contract: Contract,
  yardsticks: Readonly<Record<YardstickName, Contract>>,
  questions: Questions,
): readonly DocumentRow[] {
  const names = Object.keys(yardsticks) as YardstickName[]
  const contradictions = contradictionsOf(contract)
  const resolver = [
    ...contradictions,
    // A yardstick is not measured against itself.
    ...names
      .filter((name) => yardsticks[name].id !== contract.id)
      .flatMap((name) => differencesOf(contract, yardsticks[name], name)),
  ]
  const judged = contract.samples.flatMap((sample) => {
    const exchange = exchangeOf(sample)
    if (exchange === undefined) return []
    const doubtful = doubtfulAt(contradictions, sample)
    return (['own', ...names] as const).flatMap((yardstick) =>
      questions.checks.flatMap((check) =>
        askOf(contract, yardsticks, questions, { sample, exchange, doubtful }, yardstick, check),
      ),
    )
  })
  const told = resolver.map(placeOf)
  return [
    ...promisesOf(contract, questions.scenarios),
    ...observationsOf(contract),
    ...resolver,
    ...[...new Map(judged.map((row) => [placeOf(row), row])).values()].filter((row) =>
      told.every((place) => !overlaps(place, placeOf(row))),
    ),
  ]
}

interface Shown {
  readonly sample: Sample
  readonly exchange: Exchange
  readonly doubtful: readonly string[]
}

function askOf(
  contract: Contract,
  yardsticks: Readonly<Record<YardstickName, Contract>>,
  { level }: Questions,
  { sample, exchange, doubtful }: Shown,
  yardstick: Yardstick,
  check: Check,
): readonly DocumentRow[] {
  // A check of shapes alone would repeat what the comparison of schemas has found.
  if (check.documents !== true || check.scenario !== 'every' || check.shape === true) return []
  if (check.only !== undefined && !check.only.includes(yardstick)) return []
  const asked = level?.(check, yardstick)
  if (level !== undefined && asked === undefined) return []
  const judgement = check.judge({ exchange }, contextOf(contract, yardsticks, exchange, yardstick))
  if (judgement.kind !== 'violated') return []
  const error = exchange.status >= 400
  const shown = judgement.findings.filter(
    // What a sample leaves out is not shown, and a placeholder is no value.
    ({ at }) =>
      field(sample.response, at) !== undefined && !doubtful.some((one) => overlaps(one, at)),
  )
  return shown.map(({ at, expected, actual, message, contested }) => ({
    provider: contract.id,
    kind: yardstick === 'own' ? 'contradiction' : 'difference',
    feature: featureOfApiPath(`${error ? 'error' : 'response'} ${at}`),
    ...(yardstick === 'own' ? {} : { yardstick }),
    at: `sample ${sample.name} response ${at}`,
    says: message ?? `In the sample it does not hold that ${lowerFirst(check.title)}.`,
    expected,
    actual,
    source: sourceOf(contract, sample.source),
    ...(asked === undefined ? {} : { level: asked }),
    ...(contested === undefined ? {} : { contested }),
  }))
}

function contextOf(
  contract: Contract,
  yardsticks: Readonly<Record<YardstickName, Contract>>,
  exchange: Exchange,
  yardstick: Yardstick,
): JudgeContext {
  const expect = exchange.status >= 400 ? 'refusal' : 'success'
  return {
    contract: yardstick === 'own' ? contract : yardsticks[yardstick],
    yardstick,
    nonce: '',
    scenario: SAMPLE,
    expect,
  }
}

/** Samples belong to no scenario; checks of every exchange still get one. */
const SAMPLE: Scenario = {
  id: 'documents/sample',
  title: 'A documented sample',
  apiPaths: [],
  tier: 'core',
  steps: {},
}

/** The place that a row is about, whether a table or a sample shows it; used to report each place once. */
function placeOf({ kind, yardstick, at }: DocumentRow): string {
  const place = at
    .replace(/^sample \S+ (request|response) /, '$1 ')
    .replace(/^error /, 'response ')
    .replaceAll(/\/\d+(?=\/|$)/g, '/*')
  return [kind, yardstick ?? 'own', place].join(' ')
}

/** Pointers into the answer where the sample has no value that counts: it contradicts its table, or is a placeholder. */
function doubtfulAt(contradictions: readonly DocumentRow[], sample: Sample): readonly string[] {
  return contradictions
    .filter(({ at }) => at.startsWith(`sample ${sample.name} response `))
    .map(({ at }) => at.slice(at.indexOf('/')))
}

/** Whether one point is the other, holds it, or is held by it. */
function overlaps(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
