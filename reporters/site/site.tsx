// Many results → a static site: plain files with relative links, for any host or a folder on disk.

import { histories, latestOfAll, withoutEmulation } from '../../src/publish/history.ts'
import type { Reply } from '../../src/publish/provider-replies.ts'
import { byText } from '../../src/base/sort-order.ts'
import { runText } from '../../src/result/run-json.ts'
import type { CheckId, Exchange, RunResult } from '../../src/types/index.ts'
import badges from '../badges.ts'
import type { Block } from '../common/blocks.ts'
import csv from '../csv.ts'
import { reportFiles } from '../html.tsx'
import { htmlDocument } from '../html/shell.tsx'
import { CheckPage } from './check-page.tsx'
import { IndexPage } from './index-page.tsx'
import { checkFile, dataFile, providerFile } from './places.ts'
import { ProviderPage } from './provider-page.tsx'
import { staleWords } from './published.ts'
import type { Site } from './published.ts'
import { siteStyle } from './style.ts'

export interface SiteInput {
  /** Any number of results, in any order; the same run twice counts once. */
  readonly results: readonly RunResult[]
  readonly replies: readonly Reply[]
  /** What `explain` says about the checks that it knows. */
  readonly explanations: ReadonlyMap<CheckId, readonly Block[]>
  /** The day for which ages are told, YYYY-MM-DD. */
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
    .toSorted((a, b) => byText(b.run.finishedAt, a.run.finishedAt))
  const all = histories(results)
  const latest = latestOfAll(all)
  const { replies, explanations, today } = input
  const site: Site = { all, latest, results, replies, explanations, today }
  const checks = [...new Set(latest.verdicts.map((row) => row.check))]
  const page = (title: string, body: ReturnType<typeof IndexPage>): string =>
    htmlDocument({ title, style: siteStyle, body })
  const { 'report.html': matrix, ...evidence } = reportFiles(
    latest,
    { evidence: input.evidence },
    { stale: (target) => staleWords(site, target), replies: input.replies },
  )
  return {
    'index.html': page('Responses API compatibility', <IndexPage site={site} />),
    'matrix.html': matrix!,
    ...evidence,
    ...Object.fromEntries(
      all.map((history) => [
        providerFile(history.id),
        page(
          `${history.latest.target.name}, Responses API`,
          <ProviderPage site={site} history={history} />,
        ),
      ]),
    ),
    ...Object.fromEntries(
      checks.map((check) => [
        checkFile(check),
        page(check, <CheckPage site={site} check={check} />),
      ]),
    ),
    ...Object.fromEntries(results.map((run) => [dataFile(run), runText(run)])),
    ...prefixed('data/latest/', csv.render(latest, input)),
    ...badges.render(latest, input),
  }
}

function prefixed(
  folder: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [folder + name, text]))
}
