import { documented, documentedFeatures, promises, STATUSES } from '../../src/result/documented.ts'
import type { Documented, Documents } from '../../src/result/documented.ts'
import type { DocumentRow, Feature, RunResult, Yardstick } from '../../src/types/index.ts'
import { cut, markdown, markdownCode, markdownLink, markdownSentence } from '../common/escape.ts'
import { list, STATUS_WORDS, YARDSTICK_NAMES } from '../common/labels.ts'
import { tableRow } from './observed.ts'

/** What documents say: words and counts, no marks of pass or fail. */
export function documentedSection(run: RunResult): readonly string[] {
  const providers = documented(run)
  if (providers.length === 0) return []
  return [
    '## Documented',
    '',
    'What the providers’ pages promise, where they contradict themselves and where they differ from',
    'the yardsticks. No request was sent for this table, and nothing in it is a pass or a failure.',
    '',
    ...documentedTable(run),
    ...providers.flatMap((provider) => [
      '',
      `### ${providerTitle(provider)}`,
      ...part(
        '#### Contradicts itself',
        pointList(provider.rows.filter((row) => row.kind === 'contradiction')),
      ),
      ...part('#### Differs', pointList(provider.rows.filter((row) => row.kind === 'difference'))),
    ]),
  ]
}

/** Features down, providers across; the sums below. */
export function documentedTable(run: Documents): readonly string[] {
  const providers = documented(run)
  return [
    tableRow(['', ...providers.map(({ title }) => markdown(title))]),
    tableRow(['---', ...providers.map(() => '---')]),
    ...documentedFeatures(run).map((feature) =>
      tableRow([
        markdown(feature),
        ...providers.map((provider) => promiseWords(provider, feature)),
      ]),
    ),
    tableRow([
      'features documented',
      ...providers.map(({ covers }) => `${covers.features} of ${covers.of}`),
    ]),
    tableRow(['contradictions', ...providers.map((provider) => `${provider.contradictions}`)]),
    tableRow([
      'differences from OpenAI',
      ...providers.map(({ differences }) => `${differences.openai}`),
    ]),
    tableRow([
      'differences from Open Responses',
      ...providers.map(({ differences }) => `${differences['open-responses']}`),
    ]),
  ]
}

export function providerTitle({ title, edition }: Documented): string {
  return `${markdown(title)}${edition === undefined ? '' : `, edition ${markdown(edition)}`}`
}

/** `3 documented, 1 conditional`; a feature on which the pages are silent is empty. */
function promiseWords({ rows }: Documented, feature: Feature): string {
  const counts = promises(rows, feature)
  return STATUSES.filter((status) => status !== 'silent' && counts[status] > 0)
    .map((status) => `${counts[status]} ${STATUS_WORDS[status]}`)
    .join(', ')
}

/** A heading with lines below it; nothing when there is none. */
export function part(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, '', ...lines]
}

type Cite = (source: DocumentRow['source']) => string

/** One line for each point; what differs from both yardsticks alike is one point. */
export function pointList(
  rows: readonly DocumentRow[],
  cite: Cite = ({ title, url }) => markdownLink(title, url),
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
  const whom = list(yardsticks.map((yardstick) => YARDSTICK_NAMES[yardstick]))
  const label = row.kind === 'promise' ? STATUS_WORDS[row.status ?? 'silent'] : whom
  const shown = (text: string): string => markdownCode(cut(text, 160))
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
    `${markdownCode(row.at)}:`,
    // A promise is told by its place and its words.
    ...(row.kind === 'promise' ? [] : [markdownSentence(row.says)]),
    ...(sides.length === 0 ? [] : [`(${sides.join(', ')})`]),
    ...(row.quote === undefined ? [] : [`“${markdown(cut(row.quote, 240))}”`]),
    ...(row.contested === undefined ? [] : [`Contested: ${markdown(row.contested)}`]),
  ].join(' ')
}
