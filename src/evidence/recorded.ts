// Gathers evidence from an earlier run: its journal says which exchange belongs to which step.

import type { JournalEntry } from './journal.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Doubt, Evidence, Exchange, Origin, Scenario } from '../types/index.ts'
import { tokensOf } from './is-answered.ts'
import { EMULATION_HEADER, type EvidenceSource } from './live.ts'
import { header } from '../authoring/read.ts'

interface Recording {
  readonly targets: readonly Target[]
  readonly gathered: readonly Extract<JournalEntry, { kind: 'evidence' }>[]
  load(id: string): Exchange | undefined
  /** Nothing more would have been asked: what was asked once was meant to be asked once. */
  readonly isWhole?: boolean
}

/** Answers from a recording; what was not recorded is said to be missing, never asked anew. */
export function createRecordedSource(
  recording: Recording,
  target: Target,
  origin: Origin,
): EvidenceSource {
  const usage = { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0 }
  const mine = recording.gathered.filter((entry) => entry.target === target.id)

  async function gather(scenario: Scenario, attempt: number): Promise<Evidence> {
    const entry = mine.find((each) => each.scenario === scenario.id && each.attempt === attempt)
    if (entry === undefined) return missing(origin, 'this scenario was not recorded')
    const exchanges: Record<string, Exchange> = {}
    for (const [step, id] of Object.entries(entry.steps)) {
      const exchange = recording.load(id)
      if (exchange === undefined) return missing(origin, `the evidence ${id} is not there`)
      const leftOut = entry.leftOut?.[step]
      exchanges[step] = leftOut === undefined ? exchange : { ...exchange, leftOut }
      const [input, output] = tokensOf(exchange)
      usage.inputTokens += input
      usage.outputTokens += output
    }
    const emulated = Object.values(exchanges).some(
      (exchange) => header(exchange, EMULATION_HEADER) !== undefined,
    )
    return {
      origin: emulated ? 'emulated' : origin,
      exchanges,
      nonce: entry.nonce,
      ...(entry.stopped === undefined
        ? {}
        : { stopped: { step: entry.stopped.step, doubt: doubtOf(entry.stopped) } }),
    }
  }

  function attemptsOf(scenario: Scenario): number | undefined {
    const made = mine.filter((each) => each.scenario === scenario.id).length
    return recording.isWhole === true || made > 1 ? made : undefined
  }

  return { gather, attemptsOf, usage }
}

function missing(origin: Origin, note: string): Evidence {
  return {
    origin,
    exchanges: {},
    nonce: '',
    stopped: { step: '', doubt: { reason: 'prerequisite', note } },
  }
}

function doubtOf({ reason, note }: { readonly reason: string; readonly note: string }): Doubt {
  return { reason: reason as Doubt['reason'], note }
}
