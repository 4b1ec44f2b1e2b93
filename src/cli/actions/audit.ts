// The command `audit`: what documents say, without a request.

import { loadContract, loadContracts } from '../../contract/file/load.ts'
import { auditByShippedSuites, listShippedVendors } from '../../document-audit/audit-documents.ts'
import type { Contract, DocumentRow, Level, ReadingLimits } from '../../types/index.ts'
import { renderAudit } from '../terminal/render-audit.ts'
import { fetchContract, reportWarnings } from '../config/fetch-contract.ts'
import { contractPlaceOf } from '../../target/resolve-targets.ts'
import { createUnknownNameError } from '../../base/closest-name.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export interface AuditFlags {
  readonly contract?: readonly string[]
  readonly path?: string
  readonly remoteRefs?: boolean
  readonly limit?: Partial<ReadingLimits>
  readonly format: 'text' | 'markdown' | 'json'
  readonly kind?: readonly DocumentRow['kind'][]
  readonly level?: readonly Level[]
}

export async function executeAudit(ids: readonly string[], flags: AuditFlags): Promise<void> {
  const given = await Promise.all(
    (flags.contract ?? []).map((contract) => fetchContract({ ...flags, contract })),
  )
  const places = given.map((one) => contractPlaceOf(one)!)
  reportWarnings(places.map((contract) => ({ contract })))
  const contracts = chosen(ids, places)
  const rows = (await auditByShippedSuites(contracts)).filter(
    ({ kind, level }) =>
      (flags.kind?.includes(kind) ?? true) &&
      (flags.level === undefined || (level !== undefined && flags.level.includes(level))),
  )
  const format = flags.format === 'text' ? 'terminal' : flags.format
  getEnvironment().stdout.write(renderAudit(contracts, rows, format))
}

/** Those that were named; every shipped vendor when nothing was. */
function chosen(ids: readonly string[], places: readonly string[]): readonly Contract[] {
  const own = places.map(loadContract)
  const named = ids.map((id) => {
    const all = loadContracts()
    const found = all.find((contract) => contract.id === id)
    if (found !== undefined) return found
    throw createUnknownNameError(
      'provider',
      id,
      all.map((contract) => contract.id),
      '"list providers" shows all, --contract FILE takes your own.',
    )
  })
  const contracts = [...own, ...named]
  return contracts.length > 0 ? contracts : listShippedVendors()
}
