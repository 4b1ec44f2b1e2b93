// report site: many results → plain files for any static host.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { renderSite } from '../../../reporters/site/site.tsx'
import { UsageError } from '../../base/errors.ts'
import { readReplies } from '../../publish/provider-replies.ts'
import { observedTargetsOf } from '../../result/summary.ts'
import { evidenceOf, readResult } from '../../result/read-result.ts'
import { writeFiles } from '../../run/run.ts'
import type { Exchange } from '../../types/index.ts'

export function executeSite(
  paths: readonly string[],
  flags: { readonly out: string; readonly replies?: string },
): number {
  const results = paths.map(readResult)
  if (results.every((run) => observedTargetsOf(run).length === 0)) {
    throw new UsageError(
      'Nothing was observed in these results: a site shows live and recorded targets only',
    )
  }
  if (flags.replies !== undefined && !existsSync(flags.replies))
    throw new UsageError(`--replies ${flags.replies}: there is no such file`)
  const stores = paths.map(evidenceOf)
  const out = resolve(flags.out)
  const files = renderSite({
    results,
    replies:
      flags.replies === undefined
        ? []
        : readReplies(readFileSync(flags.replies, 'utf8'), flags.replies),
    today: new Date().toISOString().slice(0, 10),
    evidence: (id) => {
      for (const store of stores) {
        const exchange: Exchange | undefined = store.load(id)
        if (exchange !== undefined) return exchange
      }
      return undefined
    },
  })
  process.stdout.write(`${writeFiles(out, files).length} files in ${out}; open index.html\n`)
  return 0
}
