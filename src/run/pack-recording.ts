// Packs a run's evidence into one file that can be committed, sent, and judged again.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../base/errors.ts'
import {
  listEvidenceIds,
  isSavedExchange,
  readSaved,
  serializeExchange,
  type SavedExchange,
} from '../evidence/saved-exchanges.ts'
import {
  checkEntry,
  JOURNAL,
  openJournal,
  readJournal,
  type JournalEntry,
} from '../evidence/journal.ts'
import type { Baseline } from '../result/baseline.ts'
import { MOST_RESULT_BYTES, readForeignText, isEvidenceId } from '../base/check-foreign-names.ts'
import type { Selection } from '../plan/selection.ts'
import { isObject } from '../base/json.ts'
import { scopeOf, scopesOf, withScopes } from '../plan/reduced-run-scope.ts'
import { prepareFolder } from './run-in-worker.ts'
import type { Scope, TargetRecord, Yardstick } from '../types/index.ts'
import { createRedactor } from '../target/redact.ts'

const FORMAT = 'responses-conformance/recording/1'

interface Recording {
  readonly format: typeof FORMAT
  /** The lines of the journal that say what was asked, and by which exchanges it was answered. */
  readonly journal: readonly JournalEntry[]
  /** By evidence id. */
  readonly exchanges: Readonly<Record<string, SavedExchange>>
}

/** What of a recording is judged, and who decides; everything and as then unless given. */
interface Narrower {
  readonly selection?: Selection
  readonly gate?: readonly Yardstick[]
  /** Expected failures, in place of those of the run. */
  readonly baseline?: Baseline
}

/** Also why the run was cut short: half a run never becomes a whole one. */
const KEPT: readonly JournalEntry['kind'][] = [
  'start',
  'exchange',
  'evidence',
  'target',
  'measured',
  'budget',
  'gone',
  'interrupted',
]

/** The recording of a result folder, as text: one line for each entry, so that two of them diff well. */
export function recordingOf(folder: string): string {
  const journal = readJournal(join(folder, JOURNAL)).filter(({ kind }) => KEPT.includes(kind))
  const evidence = join(folder, 'evidence')
  const lines = (texts: readonly string[]): string => texts.map((text) => `  ${text}`).join(',\n')
  return [
    `{"format": ${JSON.stringify(FORMAT)},`,
    `"journal": [\n${lines(journal.map((entry) => JSON.stringify(entry)))}\n],`,
    `"exchanges": {\n${lines(
      listEvidenceIds(evidence).map(
        (id) => `${JSON.stringify(id)}: ${JSON.stringify(readSaved(evidence, id))}`,
      ),
    )}\n}}\n`,
  ].join('\n')
}

/** Makes a result folder of a recording; what it holds is from now on an observation of the past. */
export function unpackRecording(file: string, folder: string, narrower: Narrower = {}): void {
  const { journal, exchanges } = readRecording(file)
  prepareFolder(folder)
  const unpacked = openJournal(join(folder, JOURNAL), createRedactor([]))
  for (const entry of journal)
    unpacked.write(entry.kind === 'start' ? asRecorded(entry, narrower) : entry)
  const { baseline } = narrower
  if (baseline !== undefined) unpacked.write({ kind: 'baseline', ...baseline })
  unpacked.close()
  mkdirSync(join(folder, 'evidence'), { recursive: true })
  for (const [id, saved] of Object.entries(exchanges)) {
    writeFileSync(join(folder, 'evidence', `${id}.json`), serializeExchange(saved))
  }
}

/** Modules that the recorded run loaded are not loaded again: a stranger's file must not choose them. */
function asRecorded(
  start: Extract<JournalEntry, { kind: 'start' }>,
  { selection: chosen = {}, gate }: Narrower,
): JournalEntry {
  const gated = gate === undefined ? {} : { gate }
  const { load: _, ...selection } = start.selection
  const narrowed = scopeOf(chosen)
  // Choosing among what was recorded never makes it more than was asked then.
  const partsNow = (target: TargetRecord): readonly Scope[] => {
    const then = scopesOf(target, selection, start.run.shard)
    if (narrowed === undefined) return then
    return then.length === 0
      ? [narrowed]
      : then.map((part) => ({ ...part, ...narrowed, ...sharedSuites(part, narrowed) }))
  }
  return {
    ...start,
    selection: { ...selection, ...chosen },
    targets: start.targets.map((each) =>
      withScopes({ ...each, ...gated, origin: 'recorded' }, partsNow(each)),
    ),
    specs: start.specs.map((each) => ({ ...each, ...gated, origin: 'recorded' })),
  }
}

function sharedSuites(a: Scope, b: Scope): Scope {
  if (a.suites === undefined || b.suites === undefined) return {}
  return { suites: a.suites.filter((suite) => b.suites?.includes(suite)) }
}

function readRecording(file: string): Recording {
  let value: unknown
  const text = readForeignText(file, MOST_RESULT_BYTES, 'what "run --record FILE" wrote')
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${file} cannot be read as a recording: ${(error as Error).message}`)
  }
  const { format, journal, exchanges } = (isObject(value) ? value : {}) as Partial<Recording>
  const begun =
    Array.isArray(journal) && journal.some((entry) => isObject(entry) && entry['kind'] === 'start')
  if (format !== FORMAT || !begun || !isObject(exchanges)) {
    throw new UsageError(`${file} is no recording; "run --record FILE" writes one`)
  }
  for (const [id, saved] of Object.entries(exchanges)) {
    // The name becomes a path: nothing but an id of ours may be one.
    if (!isEvidenceId(id)) throw new UsageError(`${file}: "${id}" is no evidence id`)
    if (!isSavedExchange(saved)) throw new UsageError(`${file}: ${id} is no exchange of ours`)
  }
  for (const [index, entry] of journal.entries()) {
    if (!KEPT.includes(entry.kind))
      throw new UsageError(`${file}: a "${entry.kind}" is not recorded`)
    checkEntry(entry, entry.kind, `${file} /journal/${index}`)
  }
  return value as Recording
}
