import {
  documentedProvidersOf,
  documentedFeaturesOf,
  countPromises,
  STATUSES,
} from '../../src/result/tally-document-rows.ts'
import type { DocumentedProvider, DocumentedRun } from '../../src/result/tally-document-rows.ts'
import type { DocumentRow, Feature, RunResult, Yardstick } from '../../src/types/index.ts'
import {
  cutText,
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownLink,
  formatMarkdownSentence,
} from '../common/escape.ts'
import { formatList, STATUS_WORDS, YARDSTICK_NAMES } from '../common/labels.ts'
import { formatTableRow } from './observed-matrix.ts'

/** What documents say: words and counts, no marks of pass or fail. */
export function renderDocumentedSection(run: RunResult): readonly string[] {
  const providers = documentedProvidersOf(run)
  if (providers.length === 0) return []
  return [
    '## Documented',
    '',
    'What the providers’ pages promise, where they contradict themselves and where they differ from',
    'the yardsticks. No request was sent for this table, and nothing in it is a pass or a failure.',
    '',
    ...renderDocumentedTable(run),
    ...providers.flatMap((provider) => [
      '',
      `### ${providerTitleOf(provider)}`,
      ...renderPart(
        '#### Contradicts itself',
        renderPointList(provider.rows.filter((row) => row.kind === 'contradiction')),
      ),
      ...renderPart(
        '#### Differs',
        renderPointList(provider.rows.filter((row) => row.kind === 'difference')),
      ),
    ]),
  ]
}

/** Features down, providers across; the sums below. */
export function renderDocumentedTable(run: DocumentedRun): readonly string[] {
  const providers = documentedProvidersOf(run)
  return [
    formatTableRow(['', ...providers.map(({ title }) => escapeMarkdown(title))]),
    formatTableRow(['---', ...providers.map(() => '---')]),
    ...documentedFeaturesOf(run).map((feature) =>
      formatTableRow([
        escapeMarkdown(feature),
        ...providers.map((provider) => promiseWords(provider, feature)),
      ]),
    ),
    formatTableRow([
      'features documented',
      ...providers.map(({ covers }) => `${covers.features} of ${covers.of}`),
    ]),
    formatTableRow([
      'contradictions',
      ...providers.map((provider) => `${provider.contradictions}`),
    ]),
    formatTableRow([
      'differences from OpenAI',
      ...providers.map(({ differences }) => `${differences.openai}`),
    ]),
    formatTableRow([
      'differences from Open Responses',
      ...providers.map(({ differences }) => `${differences['open-responses']}`),
    ]),
  ]
}

export function providerTitleOf({ title, edition }: DocumentedProvider): string {
  return `${escapeMarkdown(title)}${edition === undefined ? '' : `, edition ${escapeMarkdown(edition)}`}`
}

/** `3 documented, 1 conditional`; a feature on which the pages are silent is empty. */
function promiseWords({ rows }: DocumentedProvider, feature: Feature): string {
  const counts = countPromises(rows, feature)
  return STATUSES.filter((status) => status !== 'silent' && counts[status] > 0)
    .map((status) => `${counts[status]} ${STATUS_WORDS[status]}`)
    .join(', ')
}

/** A heading with lines below it; nothing when there is none. */
export function renderPart(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, '', ...lines]
}

type Cite = (source: DocumentRow['source']) => string

/** One line for each point; what differs from both yardsticks alike is one point. */
export function renderPointList(
  rows: readonly DocumentRow[],
  cite: Cite = ({ title, url }) => formatMarkdownLink(title, url),
): readonly string[] {
  const points = new Map<string, { row: DocumentRow; yardsticks: Yardstick[] }>()
  for (const row of rows) {
    const key = JSON.stringify([row.kind, row.at, row.actual, row.expected])
    const yardsticks = row.yardstick === undefined ? [] : [row.yardstick]
    const known = points.get(key)
    if (known === undefined) points.set(key, { row, yardsticks })
    else known.yardsticks.push(...yardsticks)
  }
  return [...points.values()].map(
    ({ row, yardsticks }) => `- ${pointText(row, yardsticks)} ${cite(row.source)}`,
  )
}

/** What, where, both sides, the words. */
function pointText(row: DocumentRow, yardsticks: readonly Yardstick[]): string {
  const whom = formatList(yardsticks.map((yardstick) => YARDSTICK_NAMES[yardstick]))
  const label = row.kind === 'promise' ? STATUS_WORDS[row.status ?? 'silent'] : whom
  const shown = (text: string): string => formatMarkdownCode(cutText(text, 160))
  const sides = [
    ...(row.kind !== 'difference' || row.expected === undefined
      ? []
      : [`there ${shown(row.expected)}`]),
    ...(row.kind === 'silence' || row.actual === undefined
      ? []
      : [`${row.kind === 'difference' ? 'here' : 'against'} ${shown(row.actual)}`]),
  ]
  return [
    ...(label === '' ? [] : [`**${label}**`]),
    `${formatMarkdownCode(row.at)}:`,
    // A promise is shown by its place and its words.
    ...(row.kind === 'promise' ? [] : [formatMarkdownSentence(row.says)]),
    ...(sides.length === 0 ? [] : [`(${sides.join(', ')})`]),
    ...(row.quote === undefined ? [] : [`“${escapeMarkdown(cutText(row.quote, 240))}”`]),
    ...(row.contested === undefined ? [] : [`Contested: ${escapeMarkdown(row.contested)}`]),
  ].join(' ')
}
