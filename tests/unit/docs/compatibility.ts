// COMPATIBILITY.md and a page for each provider: what their documents say, without a request.

import { documented } from '../../../src/result/documented.ts'
import type { Documented, Documents } from '../../../src/result/documented.ts'
import type { DocumentRow } from '../../../src/types/index.ts'
import { markdown, markdownLink } from '../../../reporters/common/escape.ts'
import { count } from '../../../reporters/common/labels.ts'
import {
  documentedTable,
  part,
  pointList,
  providerTitle,
} from '../../../reporters/markdown/documented.ts'

const NOTE = '<!-- Written by `npm run generate`; do not edit. -->'

/** The summary of all providers, and by its path from the root the page of each. */
export function compatibilityPages(run: Documents): Readonly<Record<string, string>> {
  const providers = documented(run)
  return {
    'COMPATIBILITY.md': summary(run, providers),
    ...Object.fromEntries(
      providers.map((provider) => [pageOf(provider), providerPage(run, provider)]),
    ),
  }
}

function pageOf({ provider }: Documented): string {
  return `docs/compatibility/${provider}.md`
}

function summary(run: Documents, providers: readonly Documented[]): string {
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
      (provider) => `- [${providerTitle(provider)}](${pageOf(provider)}): ${sumsOf(provider)}`,
    ),
    '',
    '## Promises',
    '',
    '*documented*: a table, a schema or a sentence says so; *conditional*: it depends on the model or',
    'the upstream; *denied*: the page says no. An empty cell is not mentioned.',
    '',
    ...documentedTable(run),
    '',
    '`responses-conformance audit <provider>` prints the same; `run <provider>` asks its endpoint.',
    '',
  ].join('\n')
}

function sumsOf({ contradictions, differences }: Documented): string {
  return [
    count(contradictions, 'contradiction'),
    `${count(differences.openai, 'difference')} from OpenAI`,
    `${differences['open-responses']} from Open Responses`,
  ].join(', ')
}

function providerPage(run: Documents, provider: Documented): string {
  return [
    `# ${providerTitle(provider)}`,
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

function section(run: Documents, provider: Documented): readonly string[] {
  const sources = run.contracts[provider.provider]?.sources ?? []
  // A number for each source, as in the list above the points.
  const cite = ({ title, url }: DocumentRow['source']): string => {
    const index = sources.findIndex((source) => source.title === title && source.url === url)
    return index < 0 ? markdownLink(title, url) : `\\[${markdownLink(`${index + 1}`, url)}\\]`
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
        `${index + 1}. ${markdownLink(title, url)}, read ${markdown(retrieved)}${unverified === true ? ', unverified' : ''}`,
    ),
    ...part('## Contradicts itself', pointList(of('contradiction'), cite)),
    ...part('## Differs from', pointList(of('difference'), cite)),
    ...part('## Conditional or denied', [
      ...pointList(quoted, cite),
      ...(unquoted > 0
        ? [`- … and ${count(unquoted, 'point')} without a sentence of its own`]
        : []),
    ]),
    ...part('## Left open', pointList(of('silence'), cite)),
  ]
}
