// Renders many results as a static site: plain files with relative links, for any host or a folder on disk.

import {
  historiesOf,
  latestOfAll,
  withoutEmulation,
} from '../../src/result/publish/target-histories.ts'
import type { ProviderReply } from '../../src/result/publish/provider-replies.ts'
import { compareText } from '../../src/base/sort-text-and-ranks.ts'
import { serializeRun } from '../../src/result/run-json.ts'
import type { CheckId, Exchange, MatrixColumn, RunResult } from '../../src/types/index.ts'
import { matrixOf } from '../../src/result/cells/compute-matrix.ts'
import badges from '../badges.ts'
import capabilities from '../capabilities.ts'
import { listToldColumns } from '../common/matrix-words.ts'
import { formatScriptJson } from '../common/escape.ts'
import { createCapabilityData } from '../html/capability-data.ts'
import { readPageScript } from '../html/page-script.ts'
import type { Block } from '../common/blocks.ts'
import csv from '../csv.ts'
import { createReportFiles } from '../html.tsx'
import { renderHtmlDocument } from '../html/shell.tsx'
import { ChangesPage } from './changes-page.tsx'
import { CheckPage } from './check-page.tsx'
import { ClientPage } from './client-page.tsx'
import { ComparisonPage } from './comparison-page.tsx'
import { IndexPage } from './index-page.tsx'
import { CapabilityPage } from './capability-page.tsx'
import {
  capabilityFileOf,
  CHANGES_FILE,
  checkFileOf,
  clientFileOf,
  comparisonFileOf,
  dataFileOf,
  providerFileOf,
} from './places.ts'
import { ProviderPage } from './provider-page.tsx'
import { staleNoteOf } from './site-data.ts'
import type { Site } from './site-data.ts'
import { siteStyle } from './style.ts'

interface SiteInput {
  /** Any number of results, in any order; the same run twice counts once. */
  readonly results: readonly RunResult[]
  readonly replies: readonly ProviderReply[]
  /** What `explain` says about the checks that it knows. */
  readonly explanations: ReadonlyMap<CheckId, readonly Block[]>
  /** The day for which ages are computed, YYYY-MM-DD. */
  readonly today: string
  evidence(id: string): Exchange | undefined
}

/**
 * File names relative to the site's folder, with their text. Throws a `RangeError` when nothing was
 * observed in any of the results.
 */
export function renderSite(input: SiteInput): Readonly<Record<string, string>> {
  const results = [...new Map(input.results.map((run) => [run.run.id, run])).values()]
    .map(withoutEmulation)
    .toSorted((a, b) => compareText(b.run.finishedAt, a.run.finishedAt))
  const all = historiesOf(results)
  const latest = latestOfAll(all)
  const { replies, explanations, today } = input
  const table = matrixOf(latest)
  const columns = listToldColumns(table)
  const compared = columns.flatMap(({ target }) => target ?? [])
  const site: Site = { all, latest, compared, results, replies, explanations, today }
  const checks = [...new Set(latest.verdicts.map((row) => row.check))]
  const page = (title: string, body: ReturnType<typeof IndexPage>): string =>
    renderHtmlDocument({ title, style: siteStyle, body })
  const { texts, cells, ...names } = createCapabilityData(latest, table, columns)
  const { 'report.html': matrix, ...evidence } = createReportFiles(
    latest,
    { evidence: input.evidence },
    { stale: (target) => staleNoteOf(site, target), replies: input.replies },
  )
  return {
    'index.html': renderHtmlDocument({
      title: 'Responses API compatibility',
      style: siteStyle,
      body: <IndexPage site={site} />,
      ...(columns.length === 0
        ? {}
        : {
            script: readPageScript(),
            data: { capabilities: names },
          }),
    }),
    // The first page is read more often than what is behind its words.
    ...(columns.length === 0
      ? {}
      : { 'cells.js': `window.__cells(${formatScriptJson({ texts, cells })})\n` }),
    ...Object.fromEntries(
      table.capabilities.map((one) => [
        capabilityFileOf(one.id),
        page(
          `${one.name}, Responses API`,
          <CapabilityPage site={site} one={one} matrix={table} columns={columns} />,
        ),
      ]),
    ),
    [CHANGES_FILE]: page('Changes between editions', <ChangesPage site={site} />),
    ...Object.fromEntries(
      pairsOf(columns).map((pair) => {
        const [one, other] = pair.map(({ target }) => target!)
        return [
          comparisonFileOf(one!, other!),
          page(`${one} and ${other}`, <ComparisonPage {...{ site, pair }} matrix={table} />),
        ]
      }),
    ),
    ...Object.fromEntries(
      clientsOf(latest).map((client) => [
        clientFileOf(client),
        page(
          client,
          <ClientPage
            site={site}
            rows={latest.readiness!.filter((row) => row.client === client)}
          />,
        ),
      ]),
    ),
    'matrix.html': matrix!,
    ...evidence,
    ...Object.fromEntries(
      all.map((history) => [
        providerFileOf(history.id),
        page(
          `${history.latest.target.name}, Responses API`,
          <ProviderPage site={site} history={history} />,
        ),
      ]),
    ),
    ...Object.fromEntries(
      checks.map((check) => [
        checkFileOf(check),
        page(check, <CheckPage site={site} check={check} />),
      ]),
    ),
    ...Object.fromEntries(results.map((run) => [dataFileOf(run), serializeRun(run)])),
    ...prefixed('data/latest/', {
      ...csv.render(latest, input),
      ...capabilities.render(latest, input),
    }),
    ...badges.render(latest, input),
  }
}

/** Measured providers, two by two. */
function pairsOf(
  columns: readonly MatrixColumn[],
): readonly (readonly [MatrixColumn, MatrixColumn])[] {
  const measured = columns.filter(({ target }) => target !== undefined)
  return measured.flatMap((one, index) =>
    measured.slice(index + 1).map((other) => [one, other] as const),
  )
}

function clientsOf({ readiness = [] }: RunResult): readonly string[] {
  return [...new Set(readiness.map(({ client }) => client))]
}

function prefixed(
  folder: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [folder + name, text]))
}
