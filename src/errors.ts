/** We, or the user, are wrong: where, what, and what to do. Never the provider. */

/** Wrong use: options, configuration, contracts. Ends the command with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A bug of ours: a check that threw, a request that breaks its own contract. Ends the command with exit code 5. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
}

/** One mistake in a contract or another file that a person wrote. */
export interface Mistake {
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
  readonly mistakes: readonly Mistake[]

  constructor(mistakes: readonly Mistake[]) {
    super(
      mistakes
        .map(
          ({ file, line, pointer, wrong, write }) =>
            `${file}${line === undefined ? '' : `:${line}`} ${pointer || '/'}: ${wrong}; ${write}`,
        )
        .join('\n'),
    )
    this.mistakes = mistakes
  }
}
