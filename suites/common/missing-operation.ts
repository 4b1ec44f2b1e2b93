// A missing operation is reported in one suite, whatever other scenarios use it.

import type { Exchange, Operation, Scenario } from '../../src/types/index.ts'

const ELSEWHERE: Readonly<Partial<Record<Operation, string>>> = {
  compact: 'compaction',
  'input-tokens': 'usage',
  'upload-file': 'file',
}

/** Whether this scenario belongs to the suite that judges the operation for its own sake. */
export function isAtHome({ request }: Exchange, { id }: Scenario): boolean {
  return id.startsWith(`${ELSEWHERE[request.operation] ?? 'lifecycle'}/`)
}
