// Old ids of checks, `specs/renamed-checks.yaml`: what somebody wrote down keeps its meaning.

import { readSpec } from '../base/read-specs.ts'
import type { CheckId } from '../types/index.ts'

let renamed: Readonly<Record<CheckId, CheckId>> | undefined

/** Every old id, with the id of today. */
export function loadRenamedChecks(): Readonly<Record<CheckId, CheckId>> {
  renamed ??= readSpec('renamed-checks.yaml') as Readonly<Record<CheckId, CheckId>>
  return renamed
}

/** The id of today; any other text is returned as it is. */
export function currentIdOf(id: CheckId): CheckId {
  const known = loadRenamedChecks()
  return Object.hasOwn(known, id) ? known[id]! : id
}
