// The command as a user starts it: compiled, in a process of its own.

import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'
import { createEmptyFolder } from '../empty-folder.ts'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Spawning {
  readonly cwd?: string
  /** Laid over an environment without any key. */
  readonly env?: Readonly<Record<string, string>>
  /** The built package; this one's unless given. */
  readonly root?: string
  readonly onStart?: (child: ChildProcess) => void
}

export async function spawnCommand(
  args: readonly string[],
  { cwd = createEmptyFolder(), env = {}, root = packageRoot, onStart }: Spawning = {},
): Promise<Ended> {
  const main = join(root, 'dist', 'src', 'cli', 'main.js')
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], CI: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onStart?.(child)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, stdout, stderr }
}
