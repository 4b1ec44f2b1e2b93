// The public reports that a search gave, with what the default run said of each: a section of docs/detection.md.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

interface Report {
  /** `owner/repository#number` */
  readonly at: string
  readonly date?: string
  /** The name of the provider that is wrong in this way. */
  readonly story?: string
  /** What the default run does not see. */
  readonly unseen?: string
  /** Why no server shows it. */
  readonly why?: string
}

interface Log {
  readonly searched: string
  readonly queries: readonly {
    readonly words: string
    readonly others: number
    readonly reports: readonly Report[]
  }[]
}

/** What a default run said of a story: `fails …`, `warns …`, `undecided` or `unseen`. */
interface Said {
  readonly before: string
  readonly now: string
}

/** Dates stay text. */
const read = (name: string): unknown =>
  parse(readFileSync(new URL(name, import.meta.url), 'utf8'), { schema: 'core' })

export const log = read('reports.yaml') as Log
export const said = read('default-runs.yaml') as Readonly<Record<string, Said>>

/** The section, from the data: a table for each query. */
export function renderReports(
  stories: Readonly<Record<string, { readonly story: string }>>,
): string {
  const all = log.queries.flatMap(({ reports }) => reports)
  const shown = all.filter(({ why }) => why === undefined)
  const count = (when: keyof Said, kind: string): number =>
    shown.filter(({ story }) =>
      (story === undefined ? 'unseen' : said[story]![when]).startsWith(kind),
    ).length
  const row = (when: keyof Said): string =>
    ['fails', 'warns', 'undecided', 'unseen'].map((kind) => count(when, kind)).join(' | ')
  return `## Reports that a search gave

On ${log.searched} stored issue threads of public repositories were searched, and of each answer every hit about a
Responses endpoint was taken, in its order: ${all.length} reports of ${log.queries.length} queries. ${all.length - shown.length} of them no server can show. The other
${shown.length} are rebuilt, several reports of one kind as one provider, and asked by the plain command with
\`--reasoning-model\` and \`--second-key-env\`. What it said before anything was changed for them stands first.

| of ${shown.length} | fail | warn | undecided | unseen |
|---|---|---|---|---|
| before | ${row('before')} |
| now | ${row('now')} |

${log.queries.map((query) => renderQuery(query, stories)).join('\n')}`
}

function renderQuery(
  { words, others, reports }: Log['queries'][number],
  stories: Readonly<Record<string, { readonly story: string }>>,
): string {
  const about = others === 0 ? '' : `, ${others} hits about something else`
  if (reports.length === 0) return `### ${words}\n\nNo report${about}.\n`
  return `### ${words}

${reports.length} reports${about}.

| report | what is wrong | before | now |
|---|---|---|---|
${reports.map((report) => renderReport(report, stories)).join('\n')}
`
}

function renderReport(
  { at, date, story, unseen, why }: Report,
  stories: Readonly<Record<string, { readonly story: string }>>,
): string {
  const [repository = '', number = ''] = at.split('#')
  const link = `[${at}](https://github.com/${repository}/issues/${number})`
  const when = date === undefined ? '' : `, ${date}`
  const [what, before, now] =
    story === undefined
      ? [unseen ?? `not shown: ${why}`, unseen && 'unseen', unseen && 'unseen']
      : [`${story}: ${stories[story]!.story}`, said[story]!.before, said[story]!.now]
  return `| ${link}${when} | ${what} | ${before ?? '–'} | ${now ?? '–'} |`
}
