// The stored results of the matrix: matrix/results/<id>/<date>.json.gz, a run without bodies, and the
// bounded evidence beside it, from which anybody can judge it again.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { isEvidenceId, readForeignBytes } from '../src/base/check-foreign-names.ts'
import { UsageError } from '../src/base/errors.ts'
import { findSecret } from '../src/base/find-pasted-key.ts'
import { isObject } from '../src/base/json.ts'
import { packageRoot } from '../src/base/package-root.ts'
import {
  checkEntry,
  JOURNAL,
  readJournal,
  writeJournal,
  type JournalEntry,
} from '../src/evidence/journal.ts'
import {
  isSavedExchange,
  listEvidenceIds,
  readSaved,
  serializeExchange,
  type SavedExchange,
} from '../src/evidence/saved-exchanges.ts'
import { readRunResult, serializeRun } from '../src/result/run-json.ts'
import { isObserved } from '../src/run/rejudge.ts'
import { createRedactor } from '../src/target/redact.ts'
import type { RunResult, TargetSetup } from '../src/types/index.ts'

export const RESULTS = join(packageRoot, 'matrix', 'results')

const FORMAT = 'responses-conformance/matrix-evidence/1'

/** What a strangers' pull request may bring: packed, and unpacked. */
const MOST_PACKED = 4 * 1024 * 1024
export const MOST_UNPACKED = 64 * 1024 * 1024

/** One exchange as `judge` reads it: its host is the server's id. */
export type RecordedLine = Readonly<Record<string, unknown>>

export interface Evidence {
  readonly format: typeof FORMAT
  /** What was observed: no verdict is among it. */
  readonly journal: readonly JournalEntry[]
  readonly exchanges: Readonly<Record<string, SavedExchange>>
  /** Of a server that is judged from traffic: what was recorded, in place of both. */
  readonly traffic?: readonly RecordedLine[]
}

export interface StoredResult {
  readonly id: string
  /** `2026-11-30` */
  readonly date: string
  readonly run: RunResult
  readonly evidence: Evidence
}

/** The evidence of a folder that a run of ours wrote. `setup`: what its server's file says of it. */
export function packEvidence(folder: string, setup: TargetSetup): Evidence {
  const journal = readJournal(join(folder, JOURNAL)).filter(
    (entry) => isObserved(entry) || entry.kind === 'end',
  )
  const evidence = join(folder, 'evidence')
  const exchanges = Object.fromEntries(
    listEvidenceIds(evidence).flatMap((id) => {
      const saved = readSaved(evidence, id)
      return saved === undefined ? [] : [[id, saved]]
    }),
  )
  return withSetup({ format: FORMAT, journal, exchanges }, setup)
}

/** The evidence with what its server's file says of the set-up. */
export function withSetup(evidence: Evidence, setup: TargetSetup): Evidence {
  const journal = evidence.journal.map((entry) =>
    entry.kind !== 'start'
      ? entry
      : {
          ...entry,
          specs: entry.specs.map((each) => ({ ...each, setup })),
          targets: entry.targets.map((each) => ({ ...each, setup })),
        },
  )
  return { ...evidence, journal }
}

/** The evidence of a server that is judged from traffic. */
export function packTraffic(traffic: readonly RecordedLine[]): Evidence {
  return { format: FORMAT, journal: [], exchanges: {}, traffic }
}

/** Makes a result folder of evidence, for judging it again. The folder has to be empty. */
export function unpackEvidence({ journal, exchanges }: Evidence, folder: string): void {
  writeJournal(join(folder, JOURNAL), journal)
  mkdirSync(join(folder, 'evidence'))
  for (const [id, saved] of Object.entries(exchanges)) {
    writeFileSync(join(folder, 'evidence', `${id}.json`), serializeExchange(saved))
  }
}

function serializeEvidence({ format, journal, exchanges, traffic = [] }: Evidence): string {
  const lines = (texts: readonly string[]): string => texts.join(',\n')
  return `{"format":${JSON.stringify(format)},\n"journal":[\n${lines(
    journal.map((entry) => JSON.stringify(entry)),
  )}\n],\n"exchanges":{\n${lines(
    Object.entries(exchanges).map(
      ([id, saved]) => `${JSON.stringify(id)}:${JSON.stringify(saved)}`,
    ),
  )}\n}${
    traffic.length === 0
      ? ''
      : `,\n"traffic":[\n${lines(traffic.map((line) => JSON.stringify(line)))}\n]`
  }}\n`
}

/**
 * Writes both files, or neither. `secrets`: keys that must not stand in them. Throws a `UsageError`
 * where one does, and where the evidence is larger than is kept.
 */
export function writeStored(
  { id, date, run, evidence }: StoredResult,
  secrets: readonly string[],
  folder = RESULTS,
): readonly string[] {
  const texts = [serializeRun(run), serializeEvidence(evidence)]
  for (const text of texts) refuseSecrets(id, text, secrets)
  const packed = texts.map((text) => gzipSync(text, { level: 9 }))
  if (packed[1]!.length > MOST_PACKED || texts[1]!.length > MOST_UNPACKED) {
    throw new UsageError(`${id}: its evidence is larger than ${MOST_PACKED} bytes packed`)
  }
  const place = join(folder, id)
  mkdirSync(place, { recursive: true })
  const files = namesOf(place, date)
  const parts = files.map((file) => `${file}.part`)
  try {
    for (const [index, part] of parts.entries()) writeFileSync(part, packed[index]!)
    for (const [index, part] of parts.entries()) renameSync(part, files[index]!)
  } finally {
    for (const part of parts) rmSync(part, { force: true })
  }
  return files
}

function namesOf(place: string, date: string): readonly [string, string] {
  return [join(place, `${date}.json.gz`), join(place, `${date}.evidence.json.gz`)]
}

function refuseSecrets(id: string, text: string, secrets: readonly string[]): void {
  const found = secrets.length > 0 && createRedactor(secrets).finds(Buffer.from(text))
  if (found)
    throw new UsageError(`${id}: the key of the server stands in the result; it is not written`)
  const pasted = findKeyAlone(text)
  if (pasted !== undefined) {
    throw new UsageError(`${id}: the result holds what looks like a key (${pasted})`)
  }
}

/** What looks like a key and is a word of its own: pictures and ids in base64 hold anything somewhere. */
function findKeyAlone(text: string): string | undefined {
  for (const [word] of text.matchAll(/[\w.+/=-]{20,}/g)) {
    const found = findSecret(word)
    if (found !== undefined && word.startsWith(found.slice(0, -1))) return found
  }
  return undefined
}

/** Ids and dates of all that is stored, oldest first. */
export function listStored(
  folder = RESULTS,
): readonly { readonly id: string; readonly date: string }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: id }) =>
      readdirSync(join(folder, id)).flatMap((name) => {
        const date = /^(\d{4}-\d{2}-\d{2})\.json\.gz$/.exec(name)?.[1]
        return date === undefined ? [] : [{ id, date }]
      }),
    )
    .toSorted((a, b) => (a.id === b.id ? (a.date < b.date ? -1 : 1) : a.id < b.id ? -1 : 1))
}

/** Reads what may be a stranger's. Throws a `UsageError` of one sentence for whatever is not a result of ours. */
export function readStored(id: string, date: string, folder = RESULTS): StoredResult {
  const [result, evidence] = namesOf(join(folder, id), date)
  const name = `${id}/${date}`
  if (!existsSync(evidence)) {
    throw new UsageError(`${name}: no evidence lies beside it, so nobody can judge it again`)
  }
  const texts = [unpack(result, `${name}.json.gz`), unpack(evidence, `${name}.evidence.json.gz`)]
  for (const text of texts) refuseSecrets(name, text, [])
  const run = readRunResult(texts[0]!, `${name}.json.gz`)
  return { id, date, run, evidence: parseEvidence(texts[1]!, `${name}.evidence.json.gz`) }
}

function unpack(file: string, name: string): string {
  if (lstatSync(file).isSymbolicLink()) throw new UsageError(`${name}: a link`)
  const packed = readForeignBytes(file, MOST_PACKED, 'a result of the matrix')
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_UNPACKED }).toString('utf8')
  } catch {
    throw new UsageError(`${name}: not gzip, or more than ${MOST_UNPACKED} bytes inside`)
  }
}

function parseEvidence(text: string, name: string): Evidence {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UsageError(`${name}: not JSON`)
  }
  const {
    format,
    journal,
    exchanges,
    traffic = [],
  } = (isObject(value) ? value : {}) as Partial<Evidence>
  const isWhole = Array.isArray(journal) && isObject(exchanges) && Array.isArray(traffic)
  if (format !== FORMAT || !isWhole) {
    throw new UsageError(`${name}: its format is not ${FORMAT}`)
  }
  for (const [id, saved] of Object.entries(exchanges)) {
    // The name becomes a path.
    if (!isEvidenceId(id)) throw new UsageError(`${name}: "${id}" is no evidence id`)
    if (!isSavedExchange(saved)) throw new UsageError(`${name}: ${id} is no exchange of ours`)
  }
  for (const [index, entry] of journal.entries()) {
    if (!isObject(entry) || !(isObserved(entry as JournalEntry) || entry['kind'] === 'end')) {
      throw new UsageError(`${name} /journal/${index}: a line that says nothing observed`)
    }
    checkEntry(entry, (entry as JournalEntry).kind, `${name} /journal/${index}`)
  }
  return value as Evidence
}
