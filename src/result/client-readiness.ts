// Derives whether each client works with each target, flow by flow, from checks alone.

import type {
  ClientImpact,
  Finding,
  FlowAnswer,
  Readiness,
  TargetRecord,
  Verdict,
} from '../types/index.ts'
import { describeDifference, findMessage } from './causes/describe-difference.ts'
import { describeFlow, flowsOfClient, type ClientFlow } from '../clients/flows.ts'
import { isDecisiveFor, loadProfiles, type ClientProfile, type Mode } from '../clients/profile.ts'

/** Sentences for one answer; the rest is in the rows. */
const MOST_REASONS = 6

/** What a real client did with a target. */
export interface Measured {
  readonly target: string
  readonly client: string
  readonly flows: readonly FlowAnswer[]
}

/**
 * Every client with every target of which at least one client's own checks were judged. What the client
 * itself did is said instead of what was derived.
 */
export function readinessOf(
  targets: readonly TargetRecord[],
  verdicts: readonly Verdict[],
  measured: readonly Measured[] = [],
): readonly Readiness[] {
  const all = verdicts.filter(({ check }) => check.startsWith('clients/'))
  return targets.flatMap((target) => {
    const rows = all.filter((row) => row.target === target.id)
    if (rows.length === 0) return []
    return loadProfiles().flatMap((profile) => {
      const own = rows.filter(({ check }) => isDecisiveFor(profile.id, check))
      const seen = measured.findLast(
        (each) => each.target === target.id && each.client === profile.id,
      )
      return own.some(({ check }) => !isProbe(check))
        ? [answerFor(target, profile, own, seen?.flows ?? [])]
        : []
    })
  })
}

function answerFor(
  target: TargetRecord,
  profile: ClientProfile,
  rows: readonly Verdict[],
  measured: readonly FlowAnswer[],
): Readiness {
  const { id, name, version } = profile
  const about = { target: target.id, client: id, name, version }
  if (rows.some(({ origin }) => origin === 'emulated')) {
    const reasons = ['our own server answered in this shape']
    return { ...about, answer: 'unknown', reasons }
  }
  const flows = flowsOfClient(profile).map((flow) => {
    const seen = measured.find((one) => one.flow === flow.id && one.answer !== 'unknown')
    return seen ?? flowAnswerOf(profile, flow, rows)
  })
  const limits = [...lossesOf(profile, rows), ...probesOf(target, profile, rows)]
  const settings = settingsThatHelp(profile, rows)
  const reasons = [...reasonsOf(flows), ...limits]
  return {
    ...about,
    answer: concludeFlows(flows, profile, limits.length > 0),
    reasons: shortened(reasons),
    flows,
    ...(flows.every(({ isMeasured }) => isMeasured === true) ? { isMeasured: true as const } : {}),
    ...(settings.length === 0 ? {} : { settings }),
  }
}

/** A client that never asks without tools is of no use without its tool loop. */
function concludeFlows(
  flows: readonly FlowAnswer[],
  profile: ClientProfile,
  hasLimits: boolean,
): Readiness['answer'] {
  const isOf = (answer: FlowAnswer['answer']) => (one: FlowAnswer) => one.answer === answer
  const loop = flows.find(({ flow }) => flow === 'stream-tools')
  const isUseless = profile.toolsAlways === true && loop?.answer === 'breaks'
  if (isUseless || flows.every(isOf('breaks'))) return 'breaks'
  if (flows.some(isOf('unknown'))) return 'unknown'
  return hasLimits || flows.some(isOf('breaks')) ? 'limited' : 'works'
}

function flowAnswerOf(
  profile: ClientProfile,
  { id, mode }: ClientFlow,
  rows: readonly Verdict[],
): FlowAnswer {
  const row = rows.find(({ check }) => check === `clients/${profile.id}/${id}`)
  const about = { flow: id, what: describeFlow(profile, id), mode }
  if (row === undefined) {
    return { ...about, answer: 'unknown', reason: `--client ${profile.id} asks it` }
  }
  const { outcome, findings, reason, note } = row
  if (outcome === 'pass') return { ...about, answer: 'works' }
  // Whoever has no call has no loop, whether the model or the endpoint is to blame.
  if (reason === 'model-declined') {
    return { ...about, answer: 'breaks', reason: `${note ?? ''}: the model, or the endpoint` }
  }
  if (outcome === 'fail' || (outcome === 'warn' && reason !== 'flaky')) {
    return { ...about, answer: 'breaks', reason: sentenceOf(findings[0]) }
  }
  return { ...about, answer: 'unknown', reason: note ?? reason ?? 'it was not judged' }
}

/** What breaks, by flow, and then what is not known; a reason that several flows share is told once. */
function reasonsOf(flows: readonly FlowAnswer[]): readonly string[] {
  return (['breaks', 'unknown'] as const).flatMap((answer) => {
    const told = flows.filter((one) => one.answer === answer)
    return [...new Set(told.map(({ reason = '' }) => reason))].map((reason) => {
      const alike = told.filter((one) => one.reason === reason)
      const which =
        alike.length === flows.length ? '' : `${alike.map(({ what }) => what).join(', ')}: `
      return `${which}${answer === 'unknown' ? 'not known: ' : ''}${reason}`
    })
  })
}

/** Needs without which a client works on, and loses something. */
function lossesOf(profile: ClientProfile, rows: readonly Verdict[]): readonly string[] {
  const lost = rows.flatMap(({ check, outcome, findings }) => {
    const [, , mode, need = ''] = check.split('/')
    const effect = profile.modes[mode as Mode]?.needs[need]
    if (effect !== 'degraded' || (outcome !== 'fail' && outcome !== 'warn')) return []
    const what = profile.losses?.[need] ?? 'it loses something'
    return [`${what}: ${differenceOf(findings[0])}`]
  })
  return [...new Set(lost)]
}

/** Forms that it may send, and those that it always sends with a model that it knows. */
function probesOf(
  target: TargetRecord,
  profile: ClientProfile,
  rows: readonly Verdict[],
): readonly string[] {
  const known = profile.knows?.find(({ model }) => target.models?.text?.includes(model))
  return rows.flatMap(({ check, outcome, findings }) => {
    if (!isProbe(check) || (outcome !== 'fail' && outcome !== 'warn')) return []
    const isSent = known?.probes?.includes(check.split('/').at(-1)!) === true
    const when = isSent ? `it sends with the model ${known.model}` : 'it may send'
    return [`a form that ${when}: ${differenceOf(findings[0])}`]
  })
}

/** The lines of its configuration with which its request was accepted, and without them refused. */
function settingsThatHelp(profile: ClientProfile, rows: readonly Verdict[]): readonly string[] {
  const trimmed = rows.find(({ check }) => check === `clients/${profile.id}/trimmed`)
  return trimmed?.outcome === 'pass' ? (profile.settings ?? []).map(({ line }) => line) : []
}

const EFFECT: Readonly<Record<ClientImpact['effect'], string>> = {
  degraded: 'it loses something',
  wrong: 'it goes wrong',
  throws: 'it throws',
  hangs: 'it hangs',
  loops: 'it asks again without end',
}

function sentenceOf(finding: Finding | undefined): string {
  if (finding?.at === 'status') {
    return `its request is refused: ${findMessage(finding.actual) ?? finding.actual}`
  }
  const effect = finding?.breaks?.[0]?.effect
  return `${effect === undefined ? 'it breaks' : EFFECT[effect]}: ${differenceOf(finding)}`
}

function differenceOf(finding: Finding | undefined): string {
  return finding === undefined ? 'no detail' : describeDifference(finding)
}

function shortened(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - MOST_REASONS
  return more <= 0 ? reasons : [...reasons.slice(0, MOST_REASONS), `and ${more} more`]
}

function isProbe(check: string): boolean {
  return check.startsWith('clients/probes/')
}
