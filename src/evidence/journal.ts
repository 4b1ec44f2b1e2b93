// The journal of a run: one JSON line for each thing that happened, written at once. Results are computed
// from it, so that everything judged so far can be recovered, whatever ends the process.

import { appendFileSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import type { Selection } from '../plan/selection.ts'
import type { Target } from '../target/target.ts'
import type { Redactor } from '../target/redact.ts'
import type {
  CheckRecord,
  DocumentRow,
  EvidenceRecord,
  RunResult,
  ScenarioId,
  TargetRecord,
  Verdict,
} from '../types/index.ts'

/** Its presence shows that a run wrote the folder. */
export const JOURNAL = 'journal.jsonl'

export type JournalEntry =
  | {
      readonly kind: 'start'
      readonly run: RunResult['run']
      readonly suite: RunResult['suite']
      readonly targets: readonly TargetRecord[]
      /** Those that are not shipped, by id: whoever reads this may not have their files. */
      readonly contracts?: RunResult['contracts']
      /** What was asked for, header values left out: enough to judge the evidence again. */
      readonly specs: readonly Target[]
      readonly selection: Selection
    }
  | { readonly kind: 'documents'; readonly rows: readonly DocumentRow[] }
  /** How many verdict groups are to come. */
  | {
      readonly kind: 'plan'
      readonly cases: number
      readonly checks: Readonly<Record<string, CheckRecord>>
      readonly scenarios: RunResult['scenarios']
    }
  | {
      readonly kind: 'exchange'
      readonly id: string
      readonly target: string
      /** Names the request and who sent it, so that a continued run need not send it again. */
      readonly asked?: string
      readonly record: EvidenceRecord
      readonly tokens: readonly [number, number]
      readonly tries: number
      readonly model?: string
      readonly totalMs?: number
      readonly firstEventMs?: number
    }
  | {
      readonly kind: 'evidence'
      readonly target: string
      readonly scenario: ScenarioId
      readonly attempt: number
      readonly nonce: string
      readonly steps: Readonly<Record<string, string>>
      readonly stopped?: { readonly step: string; readonly reason: string; readonly note: string }
    }
  | {
      readonly kind: 'case'
      readonly target: string
      readonly check: string
      /** Its id, or `every`. */
      readonly scenario: ScenarioId
      readonly verdicts: readonly Verdict[]
    }
  | {
      readonly kind: 'target'
      /** A continued or merged result adds up what each of its runs cost. */
      readonly run: string
      readonly target: string
      readonly usage: TargetRecord['usage']
    }
  /** An error of this project: exit code 5. */
  | {
      readonly kind: 'harness'
      readonly target: string
      readonly check: string
      readonly message: string
    }
  | { readonly kind: 'budget'; readonly target: string; readonly note: string }
  /** The provider stopped answering; `note` names the requests that were under way. */
  | { readonly kind: 'gone'; readonly target: string; readonly note: string }
  | { readonly kind: 'interrupted'; readonly why: string; readonly at: string }
  | { readonly kind: 'end'; readonly finishedAt: string }

export interface Journal {
  write(entry: JournalEntry): void
  close(): void
}

/** Everything in a report comes from here: what is masked here is masked everywhere. */
export function openJournal(file: string, redactor: Pick<Redactor, 'text'>): Journal {
  // Opened to append: the command and its worker write to the same file.
  const fd = openSync(file, 'a')
  return {
    write: (entry) => appendFileSync(fd, redactor.text(JSON.stringify(entry)) + '\n'),
    close: () => closeSync(fd),
  }
}

/** All whole lines; a last line that was cut by a kill is left out. */
export function readJournal(file: string): readonly JournalEntry[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as JournalEntry]
      } catch {
        return []
      }
    })
}
