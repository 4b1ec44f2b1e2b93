// Renders an audit as terminal text, Markdown or JSON.

import { compareDocumentRows } from '../../result/tally-document-rows.ts'
import { wrapText } from '../../../reporters/common/text-columns.ts'
import {
  cutText,
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownLink,
  escapeControls,
} from '../../../reporters/common/escape.ts'
import { YARDSTICK_NAMES } from '../../../reporters/common/labels.ts'
import type { ClaimStatus, Contract, DocumentRow } from '../../types/index.ts'

type AuditFormat = 'terminal' | 'markdown' | 'json'
export const AUDIT_FORMATS: readonly AuditFormat[] = ['terminal', 'markdown', 'json']

/** What the report needs of each contract. */
type AuditedContract = Pick<Contract, 'id' | 'title' | 'edition'>

export function renderAudit(
  contracts: readonly AuditedContract[],
  rows: readonly DocumentRow[],
  format: AuditFormat,
): string {
  const sorted = rows.toSorted(compareDocumentRows)
  if (format === 'json') {
    const head = contracts.map(({ id, title, edition }) => ({ id, title, edition }))
    const body = { format: 'responses-conformance/audit/1', contracts: head, documents: sorted }
    return `${JSON.stringify(body, null, 2)}\n`
  }
  const write = format === 'markdown' ? asMarkdown : asText
  const parts = contracts.map((contract) =>
    write(contract, sectionsOf(sorted.filter(({ provider }) => provider === contract.id))),
  )
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

interface Section {
  readonly title: string
  readonly rows: readonly DocumentRow[]
}

const PROMISED: Readonly<Record<ClaimStatus, string>> = {
  documented: 'Documented',
  conditional: 'Documented under a condition',
  inherited: 'Taken over with the whole format, and not named',
  denied: 'Said not to be supported',
  silent: 'Not mentioned',
}

/** In the order of interest: what is wrong with the page itself comes first. */
function sectionsOf(rows: readonly DocumentRow[]): readonly Section[] {
  const of = (kind: DocumentRow['kind'], more: Partial<DocumentRow> = {}) =>
    rows.filter(
      (row) =>
        row.kind === kind &&
        (more.yardstick === undefined || row.yardstick === more.yardstick) &&
        (more.status === undefined || row.status === more.status),
    )
  const yardsticks = ['openai', 'open-responses'] as const
  const statuses = ['documented', 'conditional', 'inherited', 'denied', 'silent'] as const
  return [
    ...(['material', 'trivial'] as const).map((weight) => ({
      title: `The documents against themselves, ${weight}`,
      rows: of('contradiction').filter((row) => (row.weight ?? 'material') === weight),
    })),
    ...yardsticks.map((yardstick) => ({
      title: `The documents against ${YARDSTICK_NAMES[yardstick]}`,
      rows: of('difference', { yardstick }),
    })),
    ...yardsticks.map((yardstick) => ({
      title: `Left open, by ${YARDSTICK_NAMES[yardstick]}`,
      rows: of('silence', { yardstick }),
    })),
    ...statuses.map((status) => ({ title: PROMISED[status], rows: of('promise', { status }) })),
    { title: 'Seen of a running server, and not said', rows: of('observation') },
  ].filter((section) => section.rows.length > 0)
}

const WIDTH = 100

function asText(
  { title, edition }: AuditedContract,
  sections: readonly Section[],
): readonly string[] {
  const block = (text: string, indent: string): readonly string[] =>
    wrapText(escapeControls(text), WIDTH - indent.length).map((line) => indent + line)
  return [
    escapeControls(`${title}, edition ${edition}`),
    '',
    ...(sections.length === 0 ? ['Nothing to tell.'] : []),
    ...sections.flatMap((section) => [
      `${section.title} (${section.rows.length})`,
      ...section.rows.flatMap((row) => [
        ...block(row.at, '  '),
        ...(isPlainPromise(row) ? [] : block(row.says, '    ')),
        ...(row.quote === undefined ? [] : block(`“${cutText(row.quote, 300)}”`, '    ')),
        ...(row.contested === undefined ? [] : block(`contested: ${row.contested}`, '    ')),
      ]),
      '',
    ]),
    ...sourcesOf(sections).map(({ title, url }) => escapeControls(`${title}: ${url}`)),
  ]
}

function asMarkdown(
  { title, edition }: AuditedContract,
  sections: readonly Section[],
): readonly string[] {
  return [
    `# ${escapeMarkdown(title)}, edition ${escapeMarkdown(edition)}`,
    '',
    'What the documents say. No request was sent, and nothing here is a pass or a failure.',
    ...sections.flatMap((section) => [
      '',
      `## ${section.title} (${section.rows.length})`,
      '',
      ...section.rows.map((row) => {
        const says = isPlainPromise(row) ? '' : `: ${escapeMarkdown(row.says)}`
        const quote = row.quote === undefined ? '' : ` “${escapeMarkdown(cutText(row.quote, 300))}”`
        const contested =
          row.contested === undefined ? '' : ` Contested: ${escapeMarkdown(row.contested)}`
        const source = formatMarkdownLink(row.source.title, row.source.url)
        return `- ${formatMarkdownCode(row.at)}${says}${quote}${contested} (${source})`
      }),
    ]),
  ]
}

/** The section's title says it all. */
function isPlainPromise({ kind, says, at }: DocumentRow): boolean {
  return kind === 'promise' && says.startsWith(`\`${at}\` `)
}

function sourcesOf(sections: readonly Section[]): readonly DocumentRow['source'][] {
  const all = sections.flatMap(({ rows }) => rows.map(({ source }) => source))
  return [...new Map(all.map((source) => [source.title + source.url, source])).values()]
}
