import type { Exchange } from './exchange.ts'
import type { RunResult } from './result.ts'

/** A pure function from a result to files. One file per reporter, found by its folder. */
export interface Reporter {
  readonly name: string
  /** What it writes and for whom, one sentence. */
  readonly title: string
  /** File names relative to the output folder, with their text. */
  render(run: RunResult, context: ReportContext): Readonly<Record<string, string>>
}

export interface ReportContext {
  /** The saved exchange of an evidence id, if it is at hand. */
  evidence(id: string): Exchange | undefined
  /** Columns of the terminal; 100 unless given. */
  readonly width?: number
  /** Whether the terminal shows colours; not unless given. */
  readonly color?: boolean
  /** Show every failure in full; otherwise one screen. */
  readonly verbose?: boolean
}
