// The command `report site`: many results → plain files for any static host.

import { existsSync } from 'node:fs'
import { renderSite } from '../../../reporters/site/site.tsx'
import { MOST_WRITTEN_BYTES, readForeignText } from '../../base/check-foreign-names.ts'
import { UsageError } from '../../base/errors.ts'
import { EXIT, type ExitCode } from '../../result/exit-code.ts'
import { readReplies } from '../../result/publish/provider-replies.ts'
import { loadSuites } from '../../plan/load-suites-and-reporters.ts'
import { observedTargetsOf } from '../../result/rows-marks-and-standing.ts'
import { evidenceOf, readResult } from '../../result/read-result.ts'
import { describeChecks } from '../../explain/check-page.ts'
import { serializeRun } from '../../result/run-json.ts'
import { writeFiles } from '../../run/run-in-worker.ts'
import type { Exchange, RunResult } from '../../types/index.ts'
import { resolvePath, getEnvironment } from '../../base/current-environment.ts'

/** One run given in two folders counts once; two that say different things cannot both be it. */
function checkRunIds(paths: readonly string[], results: readonly RunResult[]): void {
  const first = new Map<string, number>()
  for (const [index, result] of results.entries()) {
    const known = first.get(result.run.id) ?? index
    first.set(result.run.id, known)
    if (serializeRun(results[known]!) === serializeRun(result)) continue
    throw new UsageError(
      `${paths[known]} and ${paths[index]} hold different results of one run, ${result.run.id}: give the one that counts`,
    )
  }
}

export async function executeSite(
  paths: readonly string[],
  flags: { readonly out: string; readonly replies?: string },
): Promise<ExitCode> {
  const results = paths.map(readResult)
  if (results.every((run) => observedTargetsOf(run).length === 0)) {
    throw new UsageError(
      'Nothing was observed in these results: a site shows live and recorded targets only',
    )
  }
  checkRunIds(paths, results)
  if (flags.replies !== undefined && !existsSync(resolvePath(flags.replies)))
    throw new UsageError(`--replies ${flags.replies}: there is no such file`)
  const stores = paths.map(evidenceOf)
  const out = resolvePath(flags.out)
  const checks = results.flatMap((run) => run.verdicts.map(({ check }) => check))
  const files = renderSite({
    results,
    explanations: await describeChecks([...new Set(checks)], await loadSuites()),
    replies:
      flags.replies === undefined
        ? []
        : readReplies(
            readForeignText(flags.replies, MOST_WRITTEN_BYTES, 'a YAML list of answers'),
            flags.replies,
          ),
    today: new Date().toISOString().slice(0, 10),
    evidence: (id) => {
      for (const store of stores) {
        const exchange: Exchange | undefined = store.load(id)
        if (exchange !== undefined) return exchange
      }
      return undefined
    },
  })
  getEnvironment().stdout.write(
    `${writeFiles(out, files).length} files in ${out}; open index.html\n`,
  )
  return EXIT.conforms
}
