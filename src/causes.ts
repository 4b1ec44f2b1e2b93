// Which failures are one failure: the same place of the API, wrong in the same way, on one target.

import { createHash } from 'node:crypto'
import type { Cause, Finding, Verdict } from './types.ts'

interface Group {
  readonly id: string
  readonly title: string
  readonly target: string
  readonly checks: Set<string>
}

export function causesOf(verdicts: readonly Verdict[]): {
  readonly causes: readonly Cause[]
  readonly verdicts: readonly Verdict[]
} {
  const groups = new Map<string, Group>()
  const marked = verdicts.map((verdict): Verdict => {
    const [finding] = verdict.findings
    if (finding === undefined || (verdict.outcome !== 'fail' && verdict.outcome !== 'warn'))
      return verdict
    const signature = `${verdict.target}\0${place(finding)}\0${wrongness(finding)}`
    const group = groups.get(signature) ?? {
      id: createHash('sha256').update(signature).digest('hex').slice(0, 8),
      title: title(finding),
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

/** What is not there is one fault, whatever each check would have liked to find. */
function wrongness(finding: Finding): string {
  if (finding.actual === 'absent') return finding.actual
  return isRefusal(finding) ? refusal(finding) : timeless(finding.expected).replaceAll(/\d+/g, '#')
}

/** Whatever was asked: what the provider said instead of an answer is what went wrong. */
function isRefusal({ at, actual }: Finding): boolean {
  return at === 'status' && /^(?:answered |HTTP )?[45]\d\d/.test(actual)
}

function refusal({ actual }: Finding): string {
  return timeless(actual.replace(/^(?:answered|HTTP) /, ''))
}

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
