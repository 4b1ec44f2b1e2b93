// The report of one failing check, for all formats: what is wrong, expected and actual, where, by which
// source, what it does to clients, what shares its cause, and the command that repeats it.

import { featureOf, groupsOf, rowsOf } from '../../src/result/rows-marks-and-standing.ts'
import type { Group } from '../../src/result/rows-marks-and-standing.ts'
import type {
  ClientImpact,
  Finding,
  RunResult,
  Source,
  TargetRecord,
  Verdict,
} from '../../src/types/index.ts'
import { describeSource, sortSources } from './source-words.ts'
import { formatCount, EFFECT_WORDS, formatList, REASON_WORDS, YARDSTICK_NAMES } from './labels.ts'

export interface FailureReport {
  readonly group: Group
  /** What is wrong, one plain sentence. */
  readonly sentence: string
  readonly finding?: Finding
  /** Findings beyond the one shown, in all rows of the group; the same one counts once. */
  readonly more: number
  readonly where?: string
  /** The request of the finding, one line. */
  readonly sent?: string
  /** Who asks for it. */
  readonly sources: readonly {
    readonly says: string
    readonly title: string
    readonly url: string
  }[]
  /** What is known about a fault of this kind and client programs, one sentence. */
  readonly impact: string
  readonly cause?: { readonly title: string; readonly others: readonly string[] }
  readonly contested?: string
  /** `file` relative to the result's folder. */
  readonly evidence: readonly {
    readonly step: string
    readonly id: string
    readonly file: string
  }[]
  readonly baseline?: { readonly reason: string; readonly expires: string }
  readonly repeat: string
  readonly explain: string
}

/** The failures of a target, worst first. */
export function failuresOf(run: RunResult, target: TargetRecord): readonly FailureReport[] {
  return groupsOf(run, target, 'fail').map((group) => createFailureReport(run, target, group))
}

export function warningsOf(run: RunResult, target: TargetRecord): readonly FailureReport[] {
  return groupsOf(run, target, 'warn').map((group) => createFailureReport(run, target, group))
}

/** What passed in some of several attempts, one sentence for each check of each scenario. */
export function flakyOf(run: RunResult, target: TargetRecord): readonly string[] {
  const rows = rowsOf(run, target).filter(({ reason }) => reason === 'flaky')
  const told = rows.map(
    ({ check, scenario, attempts }) => `${check} (${scenario}): ${formatAttempts(attempts)}`,
  )
  return [...new Set(told)].toSorted()
}

export function createFailureReport(
  run: RunResult,
  target: TargetRecord,
  group: Group,
): FailureReport {
  const { first } = group
  const finding = first.findings[0]
  const others = new Set(
    group.rows.flatMap((row) => row.findings.map((each) => JSON.stringify([row.scenario, each]))),
  )
  const cause = causeOf(run, target, first)
  const contested =
    finding?.contested ??
    (first.reason === 'contested' ? (first.note ?? disputeOfRow(run, first)) : undefined)
  return {
    group,
    sentence: sentenceOf(run, first),
    ...(finding === undefined ? {} : { finding, where: placeOf(finding) }),
    ...requestOf(run, first, finding),
    more: Math.max(0, others.size - 1),
    sources: sourcesOf(run, first),
    impact: formatImpact(run.checks[group.check]?.breaks),
    ...(cause === undefined ? {} : { cause }),
    ...(contested === undefined ? {} : { contested }),
    evidence: Object.entries(first.evidence).map(([step, id]) => ({
      step,
      id,
      file: run.evidence[id]?.file ?? `evidence/${id}.json`,
    })),
    ...(first.expected === undefined ? {} : { baseline: first.expected }),
    repeat: repeatCommandOf(run, target, group.check, failingScenarioOf(first)),
    explain: `npx responses-conformance explain ${formatShellWord(group.check)}`,
  }
}

/** What was sent where the finding is: the method, the path and the body, one line. */
export function requestOf(
  run: RunResult,
  { evidence }: Verdict,
  finding: Finding | undefined,
): Pick<FailureReport, 'sent'> {
  const id = evidence[finding?.step ?? ''] ?? Object.values(evidence)[0]
  const record = id === undefined ? undefined : run.evidence[id]
  if (record === undefined) return {}
  return { sent: `${record.request} ${record.sent ?? ''}`.trimEnd() }
}

/** `exchange → /events/13/text (event 13, after 300 ms, at byte 4489)` */
export function placeOf({ step, at, place }: Finding): string {
  return `${step} → ${at || '/'}${place === undefined ? '' : ` (${place})`}`
}

/** One plain sentence about a row. */
export function sentenceOf(run: RunResult, row: Verdict): string {
  // What is wrong comes first; why a point is contested stands beside it.
  const disputed = row.reason === 'contested'
  const told = row.findings[0]?.message ?? (disputed ? undefined : row.note)
  const title = run.checks[row.check]?.title ?? row.check
  if (told !== undefined) return told
  if (row.outcome !== 'fail' && row.outcome !== 'warn') return title
  const broken = disputed ? 'does not hold, and is contested' : 'does not hold'
  const why = row.reason === undefined || disputed ? broken : REASON_WORDS[row.reason]
  return `${why[0]!.toUpperCase()}${why.slice(1)}: ${title}`
}

/** `by own documents and OpenAI`; where no document says it, in whose name instead. */
export function yardsticksOfGroup(group: Group): string {
  if (group.rows.every(({ basis }) => basis === 'clients')) return 'by what client programs need'
  return `by ${formatList(group.yardsticks.map((yardstick) => YARDSTICK_NAMES[yardstick]))}`
}

/**
 * `in a fault like this: codex threw · agents hung`. The clients met the fault that the check's mutant
 * makes, and not this failure: what one does in the other is likely and no fact. Undefined impacts
 * are unknown ones, an empty list says that clients were measured and all worked.
 */
export function formatImpact(impacts: readonly ClientImpact[] | undefined): string {
  if (impacts === undefined)
    return 'not measured: what clients make of a fault like this is unknown'
  return impacts.length === 0
    ? 'in a fault like this every measured client worked: specification only'
    : `in a fault like this: ${impacts.map(({ client, effect }) => `${client} ${EFFECT_WORDS[effect]}`).join(' · ')}`
}

export function sourcesOf(run: RunResult, row: Verdict): FailureReport['sources'] {
  const claim = row.claim
  const written = claimSourceOf(run, row)
  const own =
    claim?.words === undefined || written === undefined
      ? []
      : [{ says: `“${claim.words}”`, title: written.title, url: written.url }]
  const required = row.requirements.flatMap((id) => {
    const requirement = run.requirements[id]
    return sortSources(requirement?.sources ?? [], row).map((source) => ({
      says: requirement!.statement,
      title: describeSource(source),
      url: source.url,
    }))
  })
  return [...own, ...required]
}

/** Where the provider's documents make the claim that decided. */
export function claimSourceOf(run: RunResult, row: Verdict): Source | undefined {
  const contract = run.contracts[run.targets.find(({ id }) => id === row.target)?.contract ?? '']
  return contract?.sources.find((source) => source.id === row.claim?.source)
}

/** Why the point is disputed, if one of the row's requirements is. */
export function disputeOfRow(run: RunResult, row: Verdict): string | undefined {
  return row.requirements.map((id) => run.requirements[id]?.contested).find((why) => why)
}

function causeOf(run: RunResult, target: TargetRecord, row: Verdict): FailureReport['cause'] {
  const cause = run.causes.find(({ id, target: of }) => id === row.cause && of === target.id)
  if (cause === undefined) return undefined
  return { title: cause.title, others: cause.checks.filter((check) => check !== row.check) }
}

/** The option of `run` that confines it to one check. */
export const CHECK_OPTION = '--check'

/** Of the provider that `run` brings along: it is asked where no target is named. */
const BUILT_IN_KEY = 'RESPONSES_CONFORMANCE_REFERENCE_KEY'
/** What `run` takes for an endpoint that no contract describes. */
const DEFAULT_KEY = 'RESPONSES_CONFORMANCE_API_KEY'

/**
 * The scenario in which a row failed, where its check does not tell: one of every exchange names it
 * with its step. The scenario asks its requests and, where the verdict rests on one, the control.
 */
export function failingScenarioOf({
  check,
  scenario,
  findings,
  evidence,
}: Verdict): string | undefined {
  if (scenario !== 'every') return check.endsWith('/accepted') ? scenario : undefined
  const [id, step] = (findings[0]?.step ?? Object.keys(evidence)[0] ?? '').split('#')
  return step === undefined ? undefined : id
}

/** The command that asks this target again: one check and scenario alone, if given. */
export function repeatCommandOf(
  run: RunResult,
  target: TargetRecord,
  check?: string,
  scenario?: string,
): string {
  const only = [
    ...(check === undefined ? [] : [CHECK_OPTION, check]),
    ...(scenario === undefined ? [] : ['--scenario', scenario]),
  ]
  return ['npx', 'responses-conformance', 'run', ...whereabouts(run, target), ...only]
    .map(formatShellWord)
    .join(' ')
}

/** How the command line names a target, whatever configuration it came from. */
function whereabouts(run: RunResult, target: TargetRecord): readonly string[] {
  const { id, contract, contractFile, models, credential, headers = {} } = target
  const query = new URLSearchParams(target.query).toString()
  const endpoint = query === '' ? target.endpoint : `${target.endpoint}?${query}`
  const keyEnv = credential?.keyEnv
  if (keyEnv === BUILT_IN_KEY) return []
  const known = contract === undefined ? undefined : run.contracts[contract]
  const key = keyEnv === (known?.keyEnv ?? DEFAULT_KEY) ? undefined : keyEnv
  const more = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`])
  // A host with its port, as recorded traffic has it, is no name that `--target` takes.
  if (contract !== undefined && contract !== id && /^[\w.-]+$/.test(id)) {
    const options = [
      `${id}=${endpoint}`,
      `model=${models.text}`,
      ...(models.vision === undefined ? [] : [`vision-model=${models.vision}`]),
      ...(key === undefined ? [] : [`api-key-env=${key}`]),
      `contract=${contractFile ?? contract}`,
    ]
    return ['--target', options.join(','), ...more]
  }
  return [
    ...(contractFile === undefined ? [] : ['--contract', contractFile]),
    ...(contract === undefined || contractFile !== undefined ? [] : [contract]),
    ...(known?.endpoint === endpoint ? [] : ['--base-url', endpoint]),
    '--model',
    models.text,
    ...(models.vision === undefined ? [] : ['--vision-model', models.vision]),
    ...(key === undefined ? [] : ['--api-key-env', key]),
    ...more,
  ]
}

/** A word for a POSIX shell. */
export function formatShellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** `streaming · 3 scenarios · 2 of 3 attempts` */
export function circumstancesOf(run: RunResult, group: Group): string {
  const { attempts } = group.first
  return [
    featureOf(run, group),
    group.scenarios.length === 1
      ? group.scenarios[0]!
      : formatCount(group.scenarios.length, 'scenario'),
    ...(attempts.made > 1 ? [formatAttempts(attempts)] : []),
  ].join(' · ')
}

/** `passed 1 of 2 attempts` */
export function formatAttempts({ made, passed }: Verdict['attempts']): string {
  return `passed ${passed} of ${formatCount(made, 'attempt')}`
}
