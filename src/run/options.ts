// The options of a run, under the long names of the command's options.

import type { Budget } from '../target/split-budget.ts'
import type { TargetOptions } from '../target/resolve-targets.ts'
import type { Level } from '../types/index.ts'

/** What the file may say besides targets; the names are those of the flags. */
export interface Choices {
  readonly suite?: readonly string[]
  readonly check?: readonly string[]
  readonly level?: readonly Level[]
  readonly gate?: readonly string[]
  readonly expensive?: boolean
  readonly smoke?: boolean
  readonly endurance?: boolean
  readonly attempts?: number
  readonly baseline?: string
  readonly out?: string
  readonly reporter?: readonly string[]
  readonly load?: readonly string[]
}

export interface SettingFlags extends TargetOptions, Choices {
  readonly config?: string
  /** Targets in the form of the command line. */
  readonly target?: readonly string[]
  readonly matrix?: boolean
  readonly quiet?: boolean
  /** Caps for all targets together. */
  readonly budget?: Budget
  /** Addresses to which a published document refers are asked as well. */
  readonly remoteRefs?: boolean
}

export interface RunFlags extends SettingFlags {
  /** Runs, one after the other. */
  readonly repeat?: number
  readonly withClient?: readonly string[]
  readonly scenario?: readonly string[]
  readonly seed?: string
  readonly verbose?: boolean
  readonly shard?: readonly [part: number, of: number]
  /** Seconds for the whole run. */
  readonly maxTime?: number
  readonly resume?: boolean
  readonly record?: string
  /** Ask this machine in place of the vendors that are named. */
  readonly emulated?: boolean
  readonly fromRecording?: string
  /** Whether failures of checks count that are later than the baseline. */
  readonly newChecks?: 'warn' | 'fail'
}
