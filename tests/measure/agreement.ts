// Writes what was counted of real servers into `specs/clients/agreement.json`, beside the rest of it.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'
import { countBy, countConfusion, type Cell } from './confusion.ts'

export const agreementFile: string = join(packageRoot, 'specs', 'clients', 'agreement.json')

/** `recorded`: from recordings of six servers; `live`: from servers that ran beside. */
export function publishConfusion(
  how: 'recorded' | 'live',
  byEvidence: Readonly<Record<string, readonly Cell[]>>,
): void {
  const known = JSON.parse(readFileSync(agreementFile, 'utf8')) as Record<string, unknown>
  const { disagreements, ...rest } = known
  const counted = Object.fromEntries(
    Object.entries(byEvidence).map(([evidence, cells]) => [
      evidence,
      {
        all: countConfusion(cells),
        servers: countBy(cells, 'server'),
        clients: countBy(cells, 'client'),
      },
    ]),
  )
  const servers = { ...(known['servers'] as object | undefined), [how]: counted }
  const text = JSON.stringify({ ...rest, servers, disagreements }, null, 2)
  writeFileSync(agreementFile, `${text}\n`)
}
