import { withoutCredentials, maskSecrets } from './find-pasted-key.ts'

/** Errors of the user's input or of this project, never of a provider: where, what, and what to do. */

/** Wrong use: options, configuration, contracts. Ends the command with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'

  /** What the user wrote is quoted in it, and may hold a key or a password. */
  constructor(message: string) {
    super(maskSecrets(withoutCredentials(message)))
  }
}

/**
 * What the system said of a path that the user named, and what to do; undefined for anything else.
 * Files of our own are always there.
 */
export function describeSystemError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', path } = error as NodeJS.ErrnoException
  const said = TROUBLE[code]
  if (said === undefined) return undefined
  // What is written to an open file tells no path.
  if (path === undefined) return code === 'ENOSPC' ? `What was to be written ${said}` : undefined
  return `${path} ${said}`
}

const TROUBLE: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder; give the path of a file',
  ENOTDIR: 'lies below a file; give a path below a folder',
  EEXIST: 'is a file; give the path of a folder',
  EACCES: 'is not for this user to read or write; choose another, or change its permissions',
  EPERM: 'is not for this user to change; choose another, or change its permissions',
  EROFS: 'can only be read; choose a place that can be written',
  ENOSPC: 'cannot be written: the disk is full',
  ENOENT: 'is not there',
  ENAMETOOLONG: 'is too long for a file name; choose a shorter one',
  ELOOP: 'is a link that leads to itself; choose another path',
}

/** The endpoint cannot be asked, so that nothing can be said of it. Ends the command with exit code 3. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** A bug of this project: a check that threw, a request that breaks its own contract. Ends the command with exit code 5. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
}

/** One mistake in a contract or another file that a person wrote. */
export interface FileProblem {
  readonly file: string
  /** 1-based; absent when the mistake is something missing. */
  readonly line?: number
  /** JSON pointer. */
  readonly pointer: string
  readonly wrong: string
  readonly write: string
}

/** All mistakes of a file at once. Ends the command with exit code 2. */
export class ContractError extends UsageError {
  readonly problems: readonly FileProblem[]

  constructor(problems: readonly FileProblem[]) {
    super(
      problems
        .map(
          ({ file, line, pointer, wrong, write }) =>
            `${file}${line === undefined ? '' : `:${line}`} ${pointer || '/'}: ${wrong}; ${write}`,
        )
        .join('\n'),
    )
    this.problems = problems
  }
}
