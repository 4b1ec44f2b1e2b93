// COMPATIBILITY.md: what the documents of several providers say, without a request.

import { documentedProvidersOf } from '../../src/result/documented.ts'
import type { DocumentedProvider, DocumentedRun } from '../../src/result/documented.ts'
import type { DocumentRow } from '../../src/types/index.ts'
import { escapeMarkdown, formatMarkdownLink } from '../../reporters/common/escape.ts'
import { formatCount } from '../../reporters/common/labels.ts'
import {
  renderDocumentedTable,
  renderPart,
  renderPointList,
  providerTitleOf,
} from '../../reporters/markdown/documented.ts'

/** The document's text. `write` is the command that makes it anew. */
export function compatibilityDocument(run: DocumentedRun, write: string): string {
  const providers = documentedProvidersOf(run)
  return [
    '# Compatibility by the documents',
    '',
    `<!-- Generated; \`${write}\` writes it anew. -->`,
    '',
    'What the pages of these providers promise, where they contradict themselves, and where the shapes',
    'that they document differ from OpenAI’s Responses API and from the Open Responses specification.',
    'No request was sent for it. Nothing here passes or fails: a promise is not yet kept, and what a',
    'page does not mention it may still do. The pages are quoted in their own language.',
    '',
    '## Promises',
    '',
    '*documented*: a table, a schema or a sentence says so; *conditional*: it depends on the model or',
    'the upstream; *denied*: the page says no. An empty cell is not mentioned.',
    '',
    ...renderDocumentedTable(run),
    ...providers.flatMap((provider) => ['', ...section(run, provider)]),
    '',
  ].join('\n')
}

function section(run: DocumentedRun, provider: DocumentedProvider): readonly string[] {
  const sources = run.contracts[provider.provider]?.sources ?? []
  // A number for each source, as in the list above the points.
  const cite = ({ title, url }: DocumentRow['source']): string => {
    const index = sources.findIndex((source) => source.title === title && source.url === url)
    return index < 0
      ? formatMarkdownLink(title, url)
      : `\\[${formatMarkdownLink(`${index + 1}`, url)}\\]`
  }
  const of = (kind: DocumentRow['kind']): readonly DocumentRow[] =>
    provider.rows.filter((row) => row.kind === kind)
  const limits = of('promise').filter(
    ({ status }) => status === 'conditional' || status === 'denied',
  )
  const quoted = limits.filter(({ quote }) => quote !== undefined)
  const unquoted = limits.length - quoted.length
  return [
    `## ${providerTitleOf(provider)}`,
    '',
    `Documented features: ${provider.covers.features} of ${provider.covers.of}. Sources:`,
    '',
    ...sources.map(
      ({ title, url, retrieved, unverified }, index) =>
        `${index + 1}. ${formatMarkdownLink(title, url)}, read ${escapeMarkdown(retrieved)}${unverified === true ? ', unverified' : ''}`,
    ),
    ...renderPart('### Contradicts itself', renderPointList(of('contradiction'), cite)),
    ...renderPart('### Differs from', renderPointList(of('difference'), cite)),
    ...renderPart('### Conditional or denied', [
      ...renderPointList(quoted, cite),
      ...(unquoted > 0
        ? [`- … and ${formatCount(unquoted, 'point')} without a sentence of its own`]
        : []),
    ]),
    ...renderPart('### Left open', renderPointList(of('silence'), cite)),
  ]
}
