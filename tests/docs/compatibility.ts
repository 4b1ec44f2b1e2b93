// COMPATIBILITY.md: what the documents of several providers say, without a request.

import { documented } from '../../src/result/documented.ts'
import type { Documented, Documents } from '../../src/result/documented.ts'
import type { DocumentRow } from '../../src/types/index.ts'
import { markdown, markdownLink } from '../../reporters/common/escape.ts'
import { count } from '../../reporters/common/labels.ts'
import {
  documentedTable,
  part,
  pointList,
  providerTitle,
} from '../../reporters/markdown/documented.ts'

/** The document's text. `write` is the command that makes it anew. */
export function compatibilityDocument(run: Documents, write: string): string {
  const providers = documented(run)
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
    ...documentedTable(run),
    ...providers.flatMap((provider) => ['', ...section(run, provider)]),
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
    `## ${providerTitle(provider)}`,
    '',
    `Documented features: ${provider.covers.features} of ${provider.covers.of}. Sources:`,
    '',
    ...sources.map(
      ({ title, url, retrieved, unverified }, index) =>
        `${index + 1}. ${markdownLink(title, url)}, read ${markdown(retrieved)}${unverified === true ? ', unverified' : ''}`,
    ),
    ...part('### Contradicts itself', pointList(of('contradiction'), cite)),
    ...part('### Differs from', pointList(of('difference'), cite)),
    ...part('### Conditional or denied', [
      ...pointList(quoted, cite),
      ...(unquoted > 0
        ? [`- … and ${count(unquoted, 'point')} without a sentence of its own`]
        : []),
    ]),
    ...part('### Left open', pointList(of('silence'), cite)),
  ]
}
