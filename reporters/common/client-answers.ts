// Whether client programs work with a target, in words.

import type { Readiness, RunResult, TargetRecord } from '../../src/types/index.ts'
import { rowsOf } from '../../src/result/rows-marks-and-standing.ts'
import { formatCount, formatList } from './labels.ts'

const SAID: Readonly<Record<Readiness['answer'], string>> = {
  works: 'yes',
  limited: 'partly',
  breaks: 'no',
  unknown: 'not known',
}

/** `Codex CLI 0.169.0 works here: partly; structured answers: it throws: …; the rest works`. */
export function formatReadiness(row: Readiness): string {
  const { name, version, answer, reasons, settings = [], flows = [] } = row
  const working = flows.filter((flow) => flow.answer === 'works').map(({ what }) => what)
  const isMixed = answer !== 'works' && working.length > 0
  const parts = [
    `${name} ${version} works here: ${SAID[answer]}${row.isMeasured === true ? ' (measured)' : ''}`,
    ...(settings.length === 0 ? [] : [`accepted with ${formatList(settings)}`]),
    ...(isMixed ? [`${formatList(working)} ${working.length === 1 ? 'works' : 'work'}`] : []),
    ...reasons,
  ]
  return parts.join('; ')
}

/** `works here: openai 6 (Node), openai 7 (Node)`: one line for each answer that was given. */
export function listReadinessGroups(
  rows: readonly Readiness[],
): readonly { readonly answer: Readiness['answer']; readonly text: string }[] {
  return (['works', 'limited', 'breaks', 'unknown'] as const).flatMap((answer) => {
    const names = rows.filter((row) => row.answer === answer).map(({ name }) => name)
    return names.length === 0 ? [] : [{ answer, text: `${GROUP[answer]}: ${names.join(', ')}` }]
  })
}

const GROUP: Readonly<Record<Readiness['answer'], string>> = {
  works: 'work here',
  limited: 'work in part',
  breaks: 'do not work here',
  unknown: 'not known',
}

/** Who breaks on answers of this run that were not asked for as a client, and how the rest is asked. */
export function formatUnasked(run: RunResult, target: TargetRecord): string {
  const broken = rowsOf(run, target)
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
    .flatMap(({ findings }) => findings.flatMap(({ breaks = [] }) => breaks))
    .filter(({ effect }) => effect !== 'degraded')
    .map(({ client }) => client)
  const names = [...new Set(broken)].toSorted()
  if (names.length === 0) {
    return `Clients: no client's own requests were asked (--client <name>, --suite clients)`
  }
  const count = formatCount(names.length, 'client')
  return `${count} would break here (to ask: --client <name>): ${names.join(', ')}`
}
