// A comparison on one screen: a line for each target, the best first, and details for whoever asks.

import { formatCurlCommand } from '../../../reporters/common/curl.ts'
import { escapeControls } from '../../../reporters/common/escape.ts'
import {
  ANSWER_WORDS,
  formatCount,
  formatThousands,
  YARDSTICK_NAMES,
} from '../../../reporters/common/labels.ts'
import { clipColumn, formatTable, wrapText } from '../../../reporters/common/text-columns.ts'
import type { Fault, NeedAnswer, NeedCell } from '../../result/needs-met-by-target.ts'
import type { FailureReport } from '../../../reporters/common/failure-report.ts'
import type { Exchange, Feature, Readiness, TargetRecord, Yardstick } from '../../types/index.ts'

export interface ComparedTarget {
  readonly target: TargetRecord
  /** What stands behind a relay, and is nobody's choice. */
  readonly isControl: boolean
  readonly cells: readonly { readonly need: Feature; readonly cell: NeedCell }[]
  readonly clients: readonly Readiness[]
  readonly blockers: readonly { readonly failure: FailureReport; readonly fault?: Fault }[]
  /** The worst of its needs and clients. */
  readonly standing: NeedAnswer
  readonly tokens: number
  /** In the currency of the prices. */
  readonly cost?: number
  /** The first reason against it. */
  readonly against?: string
}

export interface ComparisonView {
  readonly needs: readonly Feature[]
  readonly by: Yardstick
  readonly verbose?: boolean
  readonly width: number
  evidence(id: string): Exchange | undefined
}

const MARKS: Readonly<Record<NeedAnswer, string>> = {
  yes: '✓',
  weakly: '◐',
  no: '✗',
  refused: '✗',
  unknown: '?',
}

const FAULTS: Readonly<Record<Fault, string>> = {
  ours: "the relay's: what stands behind it does this right",
  upstream: "the upstream's: it fails there, too",
  unknown: 'whose it is cannot be told: the upstream could not be judged on it',
}

/** Room for a name, so that the first reason has some as well. */
const MOST_NAME = 24

export function renderComparison(
  compared: readonly ComparedTarget[],
  view: ComparisonView,
): readonly string[] {
  const { needs, by, width } = view
  const isPriced = compared.some(({ cost }) => cost !== undefined)
  const [first] = compared
  const head = [
    '',
    ...needs,
    ...(first?.clients ?? []).map(({ client }) => client),
    'tokens',
    ...(isPriced ? ['cost'] : []),
    'first reason against',
  ]
  const rows = compared.map(({ target, standing, cells, clients, tokens, cost, against }) => [
    `${MARKS[standing]} ${clipColumn(escapeControls(target.id), MOST_NAME)}`,
    ...cells.map(({ cell }) => describeCell(cell)),
    ...clients.map(({ answer }) => `${ANSWER_WORDS[answer].glyph} ${ANSWER_WORDS[answer].name}`),
    formatThousands(tokens),
    ...(isPriced ? [cost === undefined ? '–' : cost.toPrecision(3)] : []),
    escapeControls(against ?? '–'),
  ])
  const meant = `by ${YARDSTICK_NAMES[by]}: ✓ every must and should  ◐ musts only  ✗ fails or declines  ? not judged · k/n musts`
  return [
    ...formatTable([head, ...rows]).map((line) => clipColumn(line.trimEnd(), width)),
    '',
    clipColumn(meant, width),
    ...(view.verbose === true
      ? [...compared.flatMap((each) => describeBlockers(each, view)), ...describeTimes(compared)]
      : [clipColumn(conclude(compared), width)]),
  ]
}

function describeCell({ met, passed, of }: NeedCell): string {
  return met === 'refused' ? `${MARKS[met]} declined` : `${MARKS[met]} ${passed}/${of}`
}

/** What follows for whoever chooses. */
function conclude(compared: readonly ComparedTarget[]): string {
  const meets = compared.filter(
    ({ standing, isControl }) => !isControl && (standing === 'yes' || standing === 'weakly'),
  )
  const names = meets.map(({ target }) => target.id).join(', ')
  const told = meets.length === 0 ? 'None meets all that is needed' : `All that is needed: ${names}`
  return escapeControls(`${told}. --verbose shows each reason against, with the request to paste.`)
}

function describeTimes(compared: readonly ComparedTarget[]): readonly string[] {
  const ms = (value: number | undefined): string =>
    value === undefined ? '–' : `${Math.round(value)} ms`
  return [
    '',
    'For information, no part of a judgement:',
    ...formatTable([
      ['', 'first event', 'answer', 'requests'],
      ...compared.map(({ target: { id, latency, usage } }) => [
        `  ${escapeControls(id)}`,
        ms(latency?.firstEventMs?.median),
        ms(latency?.totalMs?.median),
        formatThousands(usage.requests),
      ]),
    ]),
  ]
}

function describeBlockers(
  { target, cells, blockers }: ComparedTarget,
  { evidence, width }: ComparisonView,
): readonly string[] {
  const declined = cells.filter(({ cell }) => cell.met === 'refused').map(({ need }) => need)
  if (blockers.length + declined.length === 0) return []
  const said = (text: string, indent: string): readonly string[] =>
    wrapText(escapeControls(text), width - indent.length).map((line) => indent + line)
  return [
    '',
    `${target.id}: ${[
      ...(blockers.length === 0 ? [] : [formatCount(blockers.length, 'blocker')]),
      ...(declined.length === 0 ? [] : [`declines ${declined.join(', ')}`]),
    ].join('; ')}`,
    ...blockers.flatMap(({ failure, fault }) => {
      const exchange = failure.evidence
        .map(({ id }) => evidence(id))
        .find((each) => each !== undefined)
      const curl = exchange === undefined ? undefined : formatCurlCommand(target, exchange.request)
      return [
        '',
        ...said(`✗ ${failure.sentence} (${failure.group.check})`, '  '),
        ...(failure.finding === undefined
          ? []
          : said(
              `at ${failure.finding.at || '/'}: expected ${failure.finding.expected}, got ${failure.finding.actual}`,
              '    ',
            )),
        ...said(`impact: ${failure.impact}`, '    '),
        ...(fault === undefined ? [] : said(FAULTS[fault], '    ')),
        ...failure.sources
          .slice(0, 1)
          .map(({ title, url }) => `    ${escapeControls(title)}: ${escapeControls(url)}`),
        ...(curl === undefined
          ? []
          : [
              '    For their support, the request:',
              ...curl.split('\n').map((line) => `      ${escapeControls(line)}`),
            ]),
      ]
    }),
  ]
}
