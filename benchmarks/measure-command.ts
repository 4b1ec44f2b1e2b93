// What the figures share: a command as a whole process, medians, and how a part of the figures is handed over.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../src/base/package-root.ts'

/** The command as it is built. */
export const MAIN = join(packageRoot, 'dist', 'src', 'cli', 'main.js')

export interface Cost {
  /** Seconds of user and system time of the whole process tree. */
  readonly cpu: number
  /** Seconds. */
  readonly wall: number
  /** Of the largest process. */
  readonly megabytes: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end; `folder` takes the file of `/usr/bin/time`. Throws where it ends by 2 or by a signal. */
export async function measureCommand(
  folder: string,
  cwd: string,
  ...command: readonly string[]
): Promise<Cost> {
  const file = join(folder, `time-${process.pid}`)
  const child = spawn('/usr/bin/time', ['-q', '-o', file, '-f', '%U %S %e %M', ...command], { cwd })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === null || code === 2) {
    throw new Error(`${command.join(' ')}: ${code} ${stderr.slice(0, 500)}`)
  }
  const said = readFileSync(file, 'utf8').trim().split(' ').map(Number)
  const [user = 0, system = 0, wall = 0, kilobytes = 0] = said
  return { cpu: user + system, wall, megabytes: kilobytes / 1024, stdout, stderr }
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

export interface FigurePart {
  readonly title: string
  /** What was asked beside what was seen. */
  readonly goals: readonly (readonly [what: string, goal: string, seen: string])[]
  /** Markdown with the rows as they came. */
  readonly rows: readonly string[]
}

/** Hands a part over to whoever started the script, as its last line. */
export function printPart(part: FigurePart): void {
  process.stdout.write(`\n${JSON.stringify(part)}\n`)
}
