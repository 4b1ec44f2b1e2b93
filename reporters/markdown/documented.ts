import { documented, documentedFeatures, promises, STATUSES } from '../../src/documented.ts'
import type { Documented } from '../../src/documented.ts'
import type { DocumentRow, Feature, RunResult } from '../../src/types.ts'
import { cut, markdown, markdownCode, markdownLink } from '../shared/escape.ts'
import { count, STATUS_WORDS, YARDSTICK_NAMES } from '../shared/words.ts'
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
    ...providers.flatMap((provider) => providerDetail(provider)),
  ]
}

/** `3 documented, 1 conditional`; a feature on which the pages are silent is empty. */
export function promiseWords({ rows }: Documented, feature: Feature): string {
  const counts = promises(rows, feature)
  return STATUSES.filter((status) => status !== 'silent' && counts[status] > 0)
    .map((status) => `${counts[status]} ${STATUS_WORDS[status]}`)
    .join(', ')
}

function providerDetail({ title, edition, rows }: Documented): readonly string[] {
  const told = rows.filter((row) => row.kind === 'contradiction' || row.kind === 'difference')
  if (told.length === 0) return []
  return [
    '',
    `### ${markdown(title)}${edition === undefined ? '' : `, edition ${markdown(edition)}`}`,
    '',
    `${count(told.length, 'point')} to know.`,
    '',
    ...told.map((row) => `- ${documentPoint(row)}`),
  ]
}

/** One line: what, where, the words, the source. */
export function documentPoint(row: DocumentRow): string {
  const kind =
    row.kind === 'contradiction'
      ? 'contradicts itself'
      : `differs from ${YARDSTICK_NAMES[row.yardstick ?? 'openai']}`
  const quote = row.quote === undefined ? '' : ` “${markdown(cut(row.quote, 240))}”`
  const contested = row.contested === undefined ? '' : ` Contested: ${markdown(row.contested)}`
  return (
    `**${kind}**, ${markdownCode(row.at)}: ${markdown(row.says)}${quote}${contested} ` +
    `(${markdownLink(row.source.title, row.source.url)})`
  )
}
