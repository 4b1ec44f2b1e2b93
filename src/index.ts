// The programming interface: run a selection, get the result. Types of everything in it.

import { join } from 'node:path'
import type { RunFlags } from './run/options.ts'
import { conductRun, type ConductedRun } from './run/run-and-report.ts'
import { resolveTargets } from './target/resolve-targets.ts'
import { UsageError } from './base/errors.ts'
import { openStore } from './evidence/saved-exchanges.ts'
import { readResult } from './result/read-result.ts'
import type { Exchange } from './types/index.ts'

/** The options of the command by their long names: `baseUrl`, `model`, `suite`, `check`, `load`, … */
export interface RunOptions extends Omit<RunFlags, 'config' | 'out' | 'quiet' | 'verbose'> {
  /** Ids of shipped contracts; with `baseUrl` or `contract` none are needed, and one of these is. */
  readonly providers?: readonly string[]
  /** A new or empty folder, or one that an earlier run filled. Nothing is written anywhere else. */
  readonly out: string
  readonly signal?: AbortSignal
}

export interface FinishedRun extends ConductedRun {
  /** The exchange that a verdict rests on. */
  evidence(id: string): Exchange | undefined
}

/**
 * Does what the command does, and prints nothing. Reads neither a configuration file nor `.env`;
 * keys come from environment variables. Throws a `UsageError` for wrong options, and where nothing
 * says what to ask: `startReference` of `responses-conformance/reference` gives a server to try it on.
 */
export async function run({ providers = [], signal, ...flags }: RunOptions): Promise<FinishedRun> {
  const targets = resolveTargets(providers, flags)
  if (targets.length === 0) {
    throw new UsageError('No target: give baseUrl and model, contract, or providers')
  }
  const conducted = await conductRun(targets, flags, signal === undefined ? {} : { signal })
  return { ...conducted, evidence: openStore(join(conducted.out, 'evidence')).load }
}

export { readResult, UsageError }
export type { ConductedRun }
/** @deprecated The names of version 0.1. */
export type { ConductedRun as Conducted, FinishedRun as Ran }
/** @deprecated The names of version 0.1. */
export type {
  ApiPath as Hinge,
  Mutation as Sabotage,
  RequestBuilder as Kit,
  Scope as Part,
} from './types/index.ts'
export type * from './types/index.ts'
