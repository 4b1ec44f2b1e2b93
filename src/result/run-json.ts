// Writes and reads run.json: in a fixed order, so that two runs diff well, and checked by its schema.

import { createRequire } from 'node:module'
import type * as Ajv from 'ajv'
import type { ValidateFunction } from 'ajv'
import { concludeRun } from './exit-code.ts'
import { compareDocumentRows } from './tally-document-rows.ts'
import { UsageError } from '../base/errors.ts'
import { isName } from '../base/check-foreign-names.ts'
import { memoize } from '../base/memoize.ts'
import { compareText, rankOf, sortKeys, YARDSTICK_LABELS } from '../base/sort-text-and-ranks.ts'
import { compareFeatures, featureOf } from './rows-marks-and-standing.ts'
import schema from './run-result.schema.json' with { type: 'json' }
import type { Json, JsonObject, RunResult } from '../types/index.ts'

const RUN_FORMAT: RunResult['format'] = 'responses-conformance/run/1'

let matches: ValidateFunction<RunResult> | undefined

function compileSchema(): ValidateFunction<RunResult> {
  const library = createRequire(import.meta.url)('ajv') as typeof Ajv
  return new library.Ajv({ allowUnionTypes: true }).compile<RunResult>(schema)
}

/** What is wrong with a run result, as `<pointer>: <sentence>`; empty when it is one. */
export function validateRunResult(value: unknown): readonly string[] {
  // Compiled when a result is read: a run only writes one.
  matches ??= compileSchema()
  if (matches(value)) {
    // They become names of files.
    const odd = value.targets.findIndex(({ id }) => !isName(id))
    if (odd >= 0) return [`/targets/${odd}/id: must be one line of at most 200 characters`]
    // They stand in commands that people copy.
    const option = value.verdicts.findIndex(({ check }) => check.startsWith('-'))
    if (option >= 0) return [`/verdicts/${option}/check: must not begin like an option`]
    const { startedAt, finishedAt } = value.run
    // They are shown, sorted and reckoned with.
    return Object.entries({ startedAt, finishedAt })
      .filter(
        ([, time]) =>
          !/^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/.test(time) || Number.isNaN(Date.parse(time)),
      )
      .map(([name]) => `/run/${name}: must be a time such as 2026-11-20T06:00:00.000Z`)
  }
  return (matches.errors ?? []).map(
    (error) => `${error.instancePath || '/'}: ${error.message ?? error.keyword}`,
  )
}

/** Each version of the format that can be read, and how it becomes the present one. */
const READERS: Readonly<Record<string, (value: unknown) => RunResult>> = {
  [RUN_FORMAT]: (value) => value as RunResult,
}

/** Reads `run.json`. Throws a `UsageError` that names the file and the first thing wrong with it. */
export function readRunResult(text: string, file: string): RunResult {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${file}: not JSON (${(error as Error).message}); give a run.json`)
  }
  const format = (value as { readonly format?: unknown } | null)?.format
  const read = typeof format === 'string' ? READERS[format] : undefined
  if (read === undefined) {
    throw new UsageError(
      `${file}: its "format" is ${JSON.stringify(format) ?? 'absent'}; ` +
        `this version reads ${Object.keys(READERS).join(', ')}`,
    )
  }
  const [wrong, ...more] = validateRunResult(value)
  if (wrong !== undefined) {
    throw new UsageError(
      `${file}: not a run result. ${wrong}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
    )
  }
  return read(value)
}

/** The same result in the one order in which it is written. Targets keep theirs. Most reports need it. */
export const sortRun = memoize((run: RunResult): RunResult => {
  const targets = run.targets.map((target) => target.id)
  return {
    ...run,
    verdicts: run.verdicts.toSorted(
      (a, b) =>
        rankOf(targets, a.target) - rankOf(targets, b.target) ||
        compareText(a.origin, b.origin) ||
        compareFeatures(featureOf(run, a), featureOf(run, b)) ||
        compareText(a.check, b.check) ||
        compareText(a.scenario, b.scenario) ||
        rankOf(YARDSTICK_LABELS, a.yardstick) - rankOf(YARDSTICK_LABELS, b.yardstick),
    ),
    documents: run.documents.toSorted(compareDocumentRows),
    causes: run.causes.toSorted(
      (a, b) => rankOf(targets, a.target) - rankOf(targets, b.target) || compareText(a.id, b.id),
    ),
  }
})

/** The text of `run.json`: ordered rows, the known keys in their order, lookup tables by key. */
export function serializeRun(run: RunResult): string {
  const { code, word } = concludeRun(run)
  const concluded = { ...run.run, exitCode: code, conclusion: word }
  return serializeVisibly(sortTables({ ...sortRun(run), run: concluded }))
}

/** A value as JSON in which nothing stands that a terminal, an editor or the log of a job would obey. */
export function serializeVisibly(value: unknown): string {
  return `${visible(JSON.stringify(value, null, 2))}\n`
}

/** The same JSON, with escapes for what a terminal, an editor or the log of a job would obey. */
function visible(json: string): string {
  return json.replace(OBEYED, (found) =>
    Array.from({ length: found.length }, (_, at) => escapeOf(found, at)).join(''),
  )
}

function escapeOf(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
}

// The line ends are JSON's own: those of texts are escaped.
const OBEYED =
  /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffe\uffff]|##(?=\[|vso\[)/gu

/** Keys in alphabetical order below the top level, whatever order the engine made them in. */
function sortTables(run: RunResult): Json {
  // Steps keep their order: it is the order in which they were sent.
  const verdicts = run.verdicts.map((row) => ({
    ...(sortKeys(row as unknown as Json) as JsonObject),
    evidence: row.evidence,
  }))
  return Object.fromEntries(
    Object.entries(run).map(([key, value]) => [
      key,
      key === 'verdicts' ? verdicts : sortKeys(value as Json),
    ]),
  )
}
