// Which failures are one failure: the same place of the API, wrong in the same way, on one target;
// or whatever rests on something that fails there.

import { createHash } from 'node:crypto'
import type { Cause, Finding, ScenarioId, ScenarioRecord, Verdict } from '../types/index.ts'

interface Group {
  readonly id: string
  readonly title: string
  readonly target: string
  readonly checks: Set<string>
}

export function findCauses(
  verdicts: readonly Verdict[],
  scenarios: Readonly<Record<ScenarioId, ScenarioRecord>> = {},
): {
  readonly causes: readonly Cause[]
  readonly verdicts: readonly Verdict[]
} {
  const failing = new Map<string, Told>()
  for (const verdict of verdicts) {
    if (!isTold(verdict)) continue
    const key = `${verdict.target} ${verdict.check}`
    if (!failing.has(key)) failing.set(key, verdict)
  }
  /** The finding on which this failure rests; its own where there is none. */
  const rootOf = ({ target, scenario, findings }: Told): Finding => {
    const on = scenarios[scenario]?.rests?.[findings[0].step]
    const under = on === undefined ? undefined : failing.get(`${target} ${on}`)
    return (under?.findings ?? findings)[0]
  }
  const groups = new Map<string, Group>()
  const unlooked = unlookedAt(verdicts)
  const marked = verdicts.map((verdict): Verdict => {
    if (!isTold(verdict)) return verdict
    const finding = rootOf(verdict)
    const taken = isTaken(finding) ? unlooked.get(area(verdict)) : undefined
    const signature = `${verdict.target}\0${taken ?? `${place(finding)}\0${wrongness(finding)}`}`
    const group = groups.get(signature) ?? {
      id: createHash('sha256').update(signature).digest('hex').slice(0, 8),
      title: taken ?? title(finding),
      target: verdict.target,
      checks: new Set<string>(),
    }
    group.checks.add(verdict.check)
    groups.set(signature, group)
    return { ...verdict, cause: group.id }
  })
  const causes = [...groups.values()]
    .map(({ id, title, target, checks }) => ({
      id,
      title,
      target,
      checks: [...checks].toSorted(),
    }))
    .toSorted((a, b) => b.checks.length - a.checks.length || (a.id < b.id ? -1 : 1))
  return { causes, verdicts: marked }
}

type Told = Verdict & { readonly findings: readonly [Finding, ...Finding[]] }

function isTold(verdict: Verdict): verdict is Told {
  return verdict.findings.length > 0 && (verdict.outcome === 'fail' || verdict.outcome === 'warn')
}

/** So many requests of one suite that are not valid and answered all the same: nobody looks at them. */
const LOOKED_AT = 4

/** Where a provider answers what is not valid more often than by oversight, and how that is told. */
function unlookedAt(verdicts: readonly Verdict[]): ReadonlyMap<string, string> {
  const taken = new Map<string, Set<string>>()
  for (const verdict of verdicts) {
    if (!isTold(verdict) || !isTaken(verdict.findings[0])) continue
    const checks = taken.get(area(verdict)) ?? new Set()
    taken.set(area(verdict), checks.add(verdict.check))
  }
  return new Map(
    [...taken].flatMap(([where, { size }]) => {
      const suite = where.split('\0')[1]!
      const told = `${suite}: ${size} requests that are not valid are answered as if they were`
      return size > LOOKED_AT ? [[where, told]] : []
    }),
  )
}

function isTaken({ at, expected, actual }: Finding): boolean {
  return at === 'status' && expected.startsWith('a 4xx status') && actual.startsWith('2')
}

function area({ target, check }: Verdict): string {
  return `${target}\0${check.split('/')[0]!}`
}

/** What is not there is one fault, whatever each check would have liked to find. */
function wrongness(finding: Finding): string {
  if (finding.actual === 'absent') return finding.actual
  return isRefusal(finding) ? refusal(finding) : timeless(finding.expected).replaceAll(/\d+/g, '#')
}

/** Whatever was asked: what the provider said instead of an answer is what went wrong. */
function isRefusal({ at, actual }: Finding): boolean {
  return at === 'status' && /^(?:answered |HTTP )?[45]\d\d/.test(actual)
}

/** A page for people says the same at its beginning and something of the request further down. */
function refusal({ actual }: Finding): string {
  return timeless(actual.replace(/^(?:answered|HTTP) /, '')).slice(0, MOST_OF_A_REFUSAL)
}

const MOST_OF_A_REFUSAL = 80

/** Without ids and code words, which differ from one request to the next. */
function timeless(text: string): string {
  return text
    .replaceAll(/\b([a-z]+_)[\w-]{6,}/g, (id, prefix: string) =>
      /\d/.test(id) ? `${prefix}…` : id,
    )
    .replaceAll(/\b(ZX7-)[\dA-F]{8}\b/g, '$1…')
}

/** The pointer without indexes, and without the event that happened to carry the response object. */
function place({ at }: Finding): string {
  return at
    .replace(/^\/events\/\d+\/response/, '')
    .replace(/^\/events\/\d+/, '/events')
    .replaceAll(/\/\d+(?=\/|$)/g, '/*')
}

const LONGEST_TITLE = 160

function title(finding: Finding): string {
  const at = place(finding) || 'body'
  if (finding.actual === 'absent') return `${at} is absent`
  const text = isRefusal(finding)
    ? `answered ${refusal(finding)}`
    : `${at}: expected ${timeless(finding.expected)}, got ${timeless(finding.actual)}`
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1)}…` : text
}
