// Writes what was counted of real servers and of faults into `specs/clients/agreement.json`, beside the rest of it.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'
import { countBy, countConfusion, type Cell } from './confusion.ts'

export const agreementFile: string = join(packageRoot, 'specs', 'clients', 'agreement.json')

/** `recorded`: from recordings of six servers, with the clients that they know and with those that were shown their bytes; `live`: from servers that ran beside. */
export function publishConfusion(
  how: 'recorded' | 'live',
  byEvidence: Readonly<Record<string, readonly Cell[]>>,
): void {
  const known = readAgreement()
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
  writeAgreement({ ...known, servers })
}

/** Of each fault that a client met, flow by flow: those that taught the needs, or a draw that taught nothing. What is not in the cells stays. */
export function publishFlows(cells: readonly Cell[], which: 'flows' | 'blind'): void {
  const known = readAgreement()
  const counted = { ...(known[which] as object | undefined), ...countBy(cells, 'client') }
  writeAgreement({ ...known, [which]: counted })
}

function readAgreement(): Record<string, unknown> {
  return JSON.parse(readFileSync(agreementFile, 'utf8')) as Record<string, unknown>
}

/** The disagreements one by one are the longest, and last. */
function writeAgreement({ disagreements, ...rest }: Record<string, unknown>): void {
  writeFileSync(agreementFile, `${JSON.stringify({ ...rest, disagreements }, null, 2)}\n`)
}
