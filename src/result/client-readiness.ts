// Derives whether each client works with each target, from checks alone.

import type { ClientImpact, Finding, Readiness, TargetRecord, Verdict } from '../types/index.ts'
import { isDecisiveFor, loadProfiles, type ClientProfile, type Mode } from '../clients/profile.ts'

/** Turns that a client can do without: what fails only there limits it. */
const EXTRA: Readonly<Record<string, string>> = {
  object: 'structured answers',
  again: 'a conversation of several turns',
}

const MANNER: Readonly<Record<Mode, string>> = { json: 'not streamed', stream: 'streamed' }

/** Sentences for one answer; the rest is in the rows. */
const MOST_REASONS = 6

/** What one row says about a client: nothing, a limit, or that it breaks. */
interface Say {
  readonly weight: 'breaks' | 'limits' | 'unknown'
  readonly mode?: Mode
  readonly reason: string
}

/** Every client with every target of which at least one client's own checks were judged. */
export function readinessOf(
  targets: readonly TargetRecord[],
  verdicts: readonly Verdict[],
): readonly Readiness[] {
  const all = verdicts.filter(({ check }) => check.startsWith('clients/'))
  return targets.flatMap((target) => {
    const rows = all.filter((row) => row.target === target.id)
    if (rows.length === 0) return []
    return loadProfiles().flatMap((profile) => {
      const own = rows.filter(({ check }) => isDecisiveFor(profile.id, check))
      return own.some(({ check }) => !isProbe(check)) ? [answer(target, profile, own)] : []
    })
  })
}

function answer(target: TargetRecord, profile: ClientProfile, rows: readonly Verdict[]): Readiness {
  const { id, name, version } = profile
  const about = { target: target.id, client: id, name, version }
  if (rows.some(({ origin }) => origin === 'emulated')) {
    return { ...about, answer: 'unknown', reasons: ['our own server answered in this shape'] }
  }
  const says = [...rows.flatMap((row) => saying(row, profile)), ...unasked(rows, profile)]
  const modes = Object.keys(profile.modes) as Mode[]
  const broken = modes.filter((mode) =>
    says.some((one) => one.mode === mode && one.weight === 'breaks'),
  )
  const unseen = modes.filter(
    (mode) =>
      !broken.includes(mode) && says.some((one) => one.mode === mode && one.weight === 'unknown'),
  )
  const reasons = [...new Set(says.toSorted(byWeight).map(({ reason }) => reason))]
  const told = { ...about, reasons: shortened(reasons) }
  if (broken.length === modes.length) return { ...told, answer: 'breaks' }
  if (unseen.length > 0) return { ...told, answer: 'unknown' }
  return { ...told, answer: says.length === 0 ? 'works' : 'limited' }
}

const ORDER: readonly Say['weight'][] = ['breaks', 'unknown', 'limits']
const byWeight = (a: Say, b: Say): number => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight)

function saying(row: Verdict, profile: ClientProfile): readonly Say[] {
  const { check, outcome, findings } = row
  if (isProbe(check)) {
    if (outcome !== 'fail' && outcome !== 'warn') return []
    return [{ weight: 'limits', reason: `refuses a form that it may send: ${shown(findings[0])}` }]
  }
  const [, , mode, need] = check.split('/') as [string, string, Mode, string]
  const how = Object.keys(profile.modes).length > 1 ? `${MANNER[mode]}: ` : ''
  if (outcome === 'inconclusive') {
    // The gate says what was refused; its needs could not be seen, which is no news.
    if (row.reason === 'prerequisite') return []
    return [{ weight: 'unknown', mode, reason: `${how}${row.note ?? row.reason ?? ''}` }]
  }
  if (outcome !== 'fail' && outcome !== 'warn') return []
  const effect = need === 'accepted' ? undefined : profile.modes[mode]?.needs[need]
  const where = findings.map(({ step }) => step)
  const extra = where.length > 0 && where.every((step) => isExtra(step, profile))
  const scope = extra ? `${[...new Set(where.map((step) => EXTRA[step]))].join(', ')}: ` : ''
  const what = effect === undefined ? 'its request is refused' : EFFECT[effect]
  return [
    {
      weight: extra || effect === 'degraded' || row.reason === 'flaky' ? 'limits' : 'breaks',
      mode,
      reason: `${how}${scope}${what}: ${shown(findings[0])}`,
    },
  ]
}

/** Checks that were not asked, or could not be judged although nothing was refused. */
function unasked(rows: readonly Verdict[], profile: ClientProfile): readonly Say[] {
  return (Object.entries(profile.modes) as [Mode, { needs: object }][]).flatMap(
    ([mode, { needs }]): readonly Say[] => {
      const found = (name: string): Verdict | undefined =>
        rows.find(({ check }) => check === `clients/${profile.id}/${mode}/${name}`)
      const isRefused = ['fail', 'warn'].includes(found('accepted')?.outcome ?? '')
      const missing = ['accepted', ...Object.keys(needs)].filter((name) => {
        const row = found(name)
        return row === undefined || (row.reason === 'prerequisite' && !isRefused)
      })
      if (missing.length === 0) return []
      return [
        { weight: 'unknown', mode, reason: `${missing.length} of its checks were not judged` },
      ]
    },
  )
}

const EFFECT: Readonly<Record<ClientImpact['effect'], string>> = {
  degraded: 'it loses something',
  wrong: 'it goes wrong',
  throws: 'it throws',
  hangs: 'it hangs',
  loops: 'it asks again without end',
}

/** A client that never asks without tools is made for long conversations. */
function isExtra(turn: string, profile: ClientProfile): boolean {
  return turn in EXTRA && !(turn === 'again' && profile.toolsAlways === true)
}

function shown(finding: Finding | undefined): string {
  if (finding === undefined) return 'no detail'
  const { at, expected, actual } = finding
  return `at ${at === '' ? '/' : at} ${expected} was expected, ${actual} came`
}

function shortened(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - MOST_REASONS
  return more <= 0 ? reasons : [...reasons.slice(0, MOST_REASONS), `and ${more} more`]
}

function isProbe(check: string): boolean {
  return check.startsWith('clients/probes/')
}
