// The command in process: what a user would start, without the start.

import { main } from '../../src/cli/program.ts'
import { createEmptyFolder } from '../empty-folder.ts'

export interface FinishedCommand {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Calling {
  readonly cwd?: string
  /** There are no other variables: no key of the machine, and no colour. */
  readonly env?: Readonly<Record<string, string>>
  /** Stops the command as Ctrl-C would. */
  readonly stop?: AbortSignal
  /** Called with each piece that is printed on stdout. */
  readonly onPrint?: (text: string) => void
}

export async function runCommandLine(
  args: readonly string[],
  {
    cwd = createEmptyFolder(),
    env = {},
    stop = new AbortController().signal,
    onPrint,
  }: Calling = {},
): Promise<FinishedCommand> {
  let printed = ''
  let told = ''
  const code = await main(args, {
    stdout: {
      write(text) {
        printed += text
        onPrint?.(text)
      },
    },
    stderr: { write: (text) => (told += text) },
    env: { CI: '1', ...env },
    cwd,
    listenForStop: () => stop,
  })
  return { code, stdout: printed, stderr: told }
}
