// The journal of a run: one JSON line for each thing that happened, written at once. Results are computed
// from it, so that everything judged so far can be recovered, whatever ends the process.

import {
  appendFileSync,
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  writeFileSync,
} from 'node:fs'
import { UsageError } from '../base/errors.ts'
import {
  MOST_RESULT_BYTES,
  readForeignText,
  EVIDENCE_ID,
  NAME,
} from '../base/check-foreign-names.ts'
import { isObject } from '../base/json.ts'
import { createAjv } from '../schema/ajv.ts'
import schema from './journal-line.schema.json' with { type: 'json' }
import type { Selection } from '../plan/selection.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Redactor } from '../target/redact.ts'
import type {
  CheckRecord,
  DocumentRow,
  EvidenceRecord,
  FlowAnswer,
  LeftOut,
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
      /** By step: fields that were refused, and without which it was asked again. */
      readonly leftOut?: Readonly<Record<string, readonly LeftOut[]>>
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
  /** What a real client did with a target. */
  | {
      readonly kind: 'measured'
      readonly target: string
      readonly client: string
      readonly version: string
      readonly flows: readonly FlowAnswer[]
      readonly requests: number
      readonly tokens: number
    }
  /** An error of this project: exit code 5. */
  | {
      readonly kind: 'harness'
      readonly target: string
      readonly check: string
      readonly message: string
    }
  /** Failures that are expected, as the run was told. */
  | ({ readonly kind: 'baseline' } & Baseline)
  | { readonly kind: 'budget'; readonly target: string; readonly note: string }
  /** The provider stopped answering; `note` names the requests that were under way. */
  | { readonly kind: 'gone'; readonly target: string; readonly note: string }
  /** A request is waited for that takes long, or no longer. */
  | {
      readonly kind: 'waiting'
      readonly target: string
      readonly label: string
      readonly isOpen: boolean
    }
  | { readonly kind: 'interrupted'; readonly why: string; readonly at: string }
  | { readonly kind: 'end'; readonly finishedAt: string }

/** Expected failures, and the version of this package whose checks they were chosen among. */
export interface Baseline {
  readonly entries: readonly ExpectedFailure[]
  readonly version: string
  /** Whether failures of later checks count; not unless given. */
  readonly newChecks?: 'warn' | 'fail'
}

/** An entry of a baseline. */
export interface ExpectedFailure {
  readonly target: string
  readonly check: string
  readonly reason: string
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string
  /** Why it failed when it was accepted: titles of causes by their ids. */
  readonly causes?: Readonly<Record<string, string>>
}

export interface Journal {
  write(entry: JournalEntry): void
  close(): void
}

/** Everything in a report comes from here: what is masked here is masked everywhere. */
export function openJournal(file: string, redactor: Pick<Redactor, 'text'>): Journal {
  // Opened to append: the command and its worker write to the same file.
  const fd = openSync(file, 'a+')
  const append = (text: string): void => {
    try {
      appendFileSync(fd, text)
    } catch (error) {
      // Whoever reads the message knows the file, not its number.
      throw Object.assign(error as Error, { path: file })
    }
  }
  if (isCut(fd)) append('\n')
  return {
    write: (entry) => append(redactor.text(JSON.stringify(entry)) + '\n'),
    close: () => closeSync(fd),
  }
}

/** Writes a whole journal in place of what is there. */
export function writeJournal(file: string, entries: readonly JournalEntry[]): void {
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
}

/** Whether the last line was cut by a kill: what is written behind it would be lost with it. */
function isCut(fd: number): boolean {
  const { size } = fstatSync(fd)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a
}

/**
 * All whole lines; a last line that was cut by a kill is left out. A journal may be anybody's: throws
 * a `UsageError` that names the first line that is none of ours.
 */
export function readJournal(file: string): readonly JournalEntry[] {
  return readLines(file, checkEntry)
}

/** As `readJournal`, of a journal that this very run wrote: its lines are what they were when they were written. */
export function readOwnJournal(file: string): readonly JournalEntry[] {
  return readLines(file, () => undefined)
}

function readLines(file: string, check: typeof checkEntry): readonly JournalEntry[] {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (!stat.isFile()) throw new UsageError(`${file} is no file; give the folder that a run wrote`)
  const text = readForeignText(file, MOST_RESULT_BYTES, 'the folder that a run wrote')
  const lines = text.split('\n')
  return lines.flatMap((line, index) => entryOf(line, `${file}:${index + 1}`, check))
}

function entryOf(line: string, place: string, check: typeof checkEntry): readonly JournalEntry[] {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return []
  }
  const kind = isObject(value) ? value['kind'] : undefined
  if (typeof kind !== 'string' || !Object.hasOwn(schema.$defs, kind)) return []
  check(value, kind as JournalEntry['kind'], place)
  return [value as JournalEntry]
}

/** Throws a `UsageError` with the place of an entry that is not what its kind says. */
export function checkEntry(value: unknown, kind: JournalEntry['kind'], place: string): void {
  const known: keyof typeof schema.$defs = kind
  ajv ??= createAjv().addSchema({ $id: 'journal', $defs: DEFINITIONS })
  const validate = ajv.getSchema(`journal#/$defs/${known}`)!
  if (validate(value) === true) return
  const [error] = validate.errors ?? []
  throw new UsageError(
    `${place}: this is no line of a journal of ours: ${error?.instancePath ?? ''} ${error?.message ?? ''}; give a folder that a run wrote`,
  )
}

let ajv: ReturnType<typeof createAjv> | undefined

const DEFINITIONS = {
  ...schema.$defs,
  name: NAME,
  evidenceId: { type: 'string', pattern: EVIDENCE_ID },
}
