// One real run against many providers at once, in a process of its own.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Target } from '../../../src/target/target-and-keys.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import type { RunFlags } from '../../../src/run/options.ts'
import type { RunResult } from '../../../src/types/index.ts'

const KEY_ENV = 'RESPONSES_CONFORMANCE_HOSTILE_KEY'

export function hostileTarget(id: string, baseUrl: string, deadlineMs: number): Target {
  return {
    id,
    name: id,
    baseUrl,
    auth: [{ header: 'authorization', prefix: 'Bearer ' }],
    keyEnv: KEY_ENV,
    headers: {},
    models: { text: 'reference' },
    limits: { concurrency: 8, deadlineMs },
    origin: 'live',
    yardsticks: ['openai'],
    gate: ['openai'],
    has: ['key', 'vision-model'],
  }
}

export interface FinishedBattery {
  readonly out: string
  readonly result: RunResult
  readonly printed: string
  readonly harness: readonly string[]
  /** Files that had to be deleted. */
  readonly secrets: readonly string[]
  readonly wallMs: number
  readonly maxRssMB: number
}

export async function runAll(
  targets: readonly Target[],
  flags: Pick<RunFlags, 'suite' | 'check'>,
  key: string,
): Promise<FinishedBattery> {
  const out = mkdtempSync(join(tmpdir(), 'hostile-'))
  const child = spawn(process.execPath, [fileURLToPath(new URL('child.mjs', import.meta.url))], {
    env: { ...process.env, [KEY_ENV]: key },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(
    JSON.stringify({
      built: join(packageRoot, 'dist'),
      targets,
      flags: { ...flags, out, attempts: 1, seed: 'hostile', verbose: true, maxTime: 3_600 },
    }),
  )
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`the run ended with ${String(code)}: ${printed.slice(-2000)}`)
  const last = printed.trimEnd().split('\n').at(-1)!
  return {
    out,
    printed: printed.slice(0, printed.lastIndexOf(last)),
    result: JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunResult,
    ...(JSON.parse(last) as Omit<FinishedBattery, 'out' | 'result' | 'printed'>),
  }
}
