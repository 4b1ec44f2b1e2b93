// COMPATIBILITY.md and a page for each provider: what their documents say, without a request.

import { documentedProvidersOf } from '../../../src/result/tally-document-rows.ts'
import type { DocumentedProvider, DocumentedRun } from '../../../src/result/tally-document-rows.ts'
import type { DocumentRow } from '../../../src/types/index.ts'
import { escapeMarkdown, formatMarkdownLink } from '../../../reporters/common/escape.ts'
import { formatCount } from '../../../reporters/common/labels.ts'
import { renderPromisedTable } from '../../../reporters/markdown/capabilities.ts'
import {
  renderPart,
  renderPointList,
  providerTitleOf,
} from '../../../reporters/markdown/documented-promises.ts'

const NOTE = '<!-- Written by `npm run generate`; do not edit. -->'

/** The summary of all providers, and by its path from the root the page of each. */
export function compatibilityPages(run: DocumentedRun): Readonly<Record<string, string>> {
  const providers = documentedProvidersOf(run)
  return {
    'COMPATIBILITY.md': summary(run, providers),
    ...Object.fromEntries(
      providers.map((provider) => [pageOf(provider), providerPage(run, provider)]),
    ),
  }
}

function pageOf({ provider }: DocumentedProvider): string {
  return `docs/compatibility/${provider}.md`
}

function summary(run: DocumentedRun, providers: readonly DocumentedProvider[]): string {
  return [
    '# Compatibility by the documents',
    '',
    NOTE,
    '',
    'What the pages of these providers promise, where they contradict themselves, and where the shapes',
    'that they document differ from OpenAI’s Responses API and from the Open Responses specification.',
    'No request was sent for it. Nothing here passes or fails: a promise is not yet kept, and what a',
    'page does not mention it may still do.',
    '',
    'Each provider’s page has the points one by one, with their quotations and sources:',
    '',
    ...providers.map(
      (provider) => `- [${providerTitleOf(provider)}](${pageOf(provider)}): ${sumsOf(provider)}`,
    ),
    '',
    '## Promises',
    '',
    '● a table, a schema or a sentence says so; ◔ it depends on the model or the upstream; ○ the page says no;',
    '⇄ promised, and taken back elsewhere. A promise stands with the capability whose API path it names.',
    '',
    ...renderPromisedTable({ ...run, targets: [], verdicts: [], checks: {}, evidence: {} }),
    '',
    '`responses-conformance audit <provider>` prints the same; `run <provider>` asks its endpoint.',
    '',
  ].join('\n')
}

function sumsOf({ contradictions, differences }: DocumentedProvider): string {
  return [
    formatCount(contradictions, 'contradiction'),
    `${formatCount(differences.openai, 'difference')} from OpenAI`,
    `${differences['open-responses']} from Open Responses`,
  ].join(', ')
}

function providerPage(run: DocumentedRun, provider: DocumentedProvider): string {
  return [
    `# ${providerTitleOf(provider)}`,
    '',
    NOTE,
    '',
    'What its pages promise, contradict, change and leave out, quoted in their own language. No request',
    'was sent for it, and nothing here passes or fails. All providers: [summary](../../COMPATIBILITY.md).',
    '',
    ...section(run, provider),
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
    `Documented features: ${provider.covers.features} of ${provider.covers.of}. Sources:`,
    '',
    ...sources.map(
      ({ title, url, retrieved, unverified }, index) =>
        `${index + 1}. ${formatMarkdownLink(title, url)}, read ${escapeMarkdown(retrieved)}${unverified === true ? ', unverified' : ''}`,
    ),
    ...renderPart('## Contradicts itself', renderPointList(of('contradiction'), cite)),
    ...renderPart('## Differs from', renderPointList(of('difference'), cite)),
    ...renderPart('## Conditional or denied', [
      ...renderPointList(quoted, cite),
      ...(unquoted > 0
        ? [`- … and ${formatCount(unquoted, 'point')} without a sentence of its own`]
        : []),
    ]),
    ...renderPart('## Left open', renderPointList(of('silence'), cite)),
  ]
}
