// A server that is not measured here: what somebody recorded of it is judged, and kept as it was recorded.

import { readFileSync, statSync } from 'node:fs'
import { UsageError } from '../src/base/errors.ts'
import { readTraffic } from '../src/evidence/import-traffic.ts'
import { createMemoryStore } from '../src/evidence/saved-exchanges.ts'
import { createTrafficJudge } from '../src/run/judge-traffic.ts'
import type { RunResult, TargetSetup } from '../src/types/index.ts'
import { MOST_UNPACKED, type RecordedLine } from './results.ts'

/** Reads JSON Lines. Throws a `UsageError` of one sentence for whatever is no recording of this server. */
export function readLines(id: string, file: string): readonly RecordedLine[] {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError(`${id}: ${file} is no file; give the recording as JSON Lines`)
  if (statSync(file).size > MOST_UNPACKED)
    throw new UsageError(`${id}: ${file} is larger than ${MOST_UNPACKED} bytes`)
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as RecordedLine
    } catch {
      throw new UsageError(`${id}: line ${index + 1} of ${file} is not JSON`)
    }
  })
}

/** Today's verdicts on what was recorded. Throws a `UsageError` where it is of another server, or of none. */
export async function judgeLines(
  id: string,
  lines: readonly RecordedLine[],
  setup: TargetSetup,
): Promise<RunResult> {
  const other = lines.findIndex((line) => line?.['host'] !== id)
  if (other >= 0) {
    throw new UsageError(`${id}: exchange ${other + 1} is of another host; "host" has to be ${id}`)
  }
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const { exchanges } = readTraffic(Buffer.from(text), `${id}.jsonl`)
  if (exchanges.length === 0) throw new UsageError(`${id}: nothing of the recording can be judged`)
  const options = { contract: 'openai', yardsticks: ['openai' as const] }
  const judge = await createTrafficJudge({
    ...options,
    store: createMemoryStore(),
    isWritten: false,
    setup,
  })
  const { result } = await judge(exchanges)
  return result
}
