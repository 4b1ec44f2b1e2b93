// What the real clients did on the faults of each draw: `npm run measure:draws [-- --client <name>
// --draw <id> --missing]`, kept in `outcomes.json` so that predictions can be judged again and again.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Effect } from '../../src/clients/measured-impact.ts'
import { packageRoot } from '../../src/base/package-root.ts'

/** Effects by draw, fault, client and flow. A client that a fault did not reach is not there. */
type Outcomes = Record<string, Record<string, Record<string, Record<string, Effect>>>>

const file = join(packageRoot, 'tests', 'measure', 'outcomes.json')

export function loadOutcomes(): Outcomes {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Outcomes) : {}
}

/** One line for each fault, so that a difference can be read. */
export function saveOutcomes(outcomes: Outcomes): void {
  const parts = Object.entries(outcomes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([draw, faults]) => {
      const lines = Object.entries(faults)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([fault, clients]) => `    ${JSON.stringify(fault)}: ${JSON.stringify(sorted(clients))}`,
        )
      return `  ${JSON.stringify(draw)}: {\n${lines.join(',\n')}\n  }`
    })
  writeFileSync(file, `{\n${parts.join(',\n')}\n}\n`)
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
