import { escapeControls } from '../../../reporters/common/escape.ts'
import { getEnvironment } from '../../base/current-environment.ts'

/** What a run says of a baseline, and of faults of our own: both repeat what files and providers said. */
export function reportTroubles({
  stale,
  harness,
}: {
  readonly stale: readonly string[]
  readonly harness: readonly string[]
}): void {
  const { stderr } = getEnvironment()
  for (const line of stale) stderr.write(`Baseline: ${escapeControls(line)}\n`)
  for (const message of harness) stderr.write(`Our own fault: ${escapeControls(message, true)}\n`)
}
