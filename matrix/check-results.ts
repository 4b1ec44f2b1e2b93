// Judges a stored result again from its evidence: nobody's word counts, only bytes.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { UsageError } from '../src/base/errors.ts'
import { matrixOf } from '../src/result/cells/compute-matrix.ts'
import { concludeRun } from '../src/result/exit-code.ts'
import { rejudgeFolder } from '../src/run/rejudge.ts'
import { show } from '../src/base/json.ts'
import type { Json, RunResult, TargetSetup, Verdict } from '../src/types/index.ts'
import { judgeLines } from './recorded.ts'
import { unpackEvidence, type Evidence, type StoredResult } from './results.ts'
import { describeSetup, type ServerFile } from './server-file.ts'

/** Today's verdicts on the evidence. Nothing is sent, and nothing is left behind. */
export async function judgeEvidence(evidence: Evidence, file?: ServerFile): Promise<RunResult> {
  if (evidence.traffic !== undefined && file !== undefined)
    return judgeLines(file.id, evidence.traffic, describeSetup(file))
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-matrix-'))
  try {
    unpackEvidence(evidence, folder)
    return (await rejudgeFolder(folder)).result
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The server's file against the result and its evidence: another server, version, set-up, or a model that nobody
 * named. A result that is about to be renewed may be of a set-up that was thought to lack something else.
 */
export function checkSetup(
  { id, run, evidence }: StoredResult,
  file: ServerFile,
  isRenewed = false,
): void {
  const [target, ...others] = run.targets
  if (target === undefined || others.length > 0 || target.id !== id) {
    throw new UsageError(
      `${id}: the result is of ${run.targets.map((each) => each.id).join(', ') || 'nobody'}`,
    )
  }
  const start = evidence.journal.find((entry) => entry.kind === 'start')
  const [spec] = start?.specs ?? []
  const isTraffic = evidence.traffic !== undefined
  if (isTraffic !== (file.recorded !== undefined)) {
    throw new UsageError(
      `${id}: its evidence is ${isTraffic ? 'recorded traffic' : 'of a run'}, and its file says otherwise`,
    )
  }
  if (!isTraffic && (spec?.id !== id || start!.specs.length > 1)) {
    throw new UsageError(`${id}: the evidence is of another target`)
  }
  const named = describeSetup(file)
  const specs = spec === undefined ? [] : [spec]
  for (const { setup } of [target, ...specs, ...(start?.targets ?? [])]) {
    const differing = ([...Object.keys(named), ...Object.keys(setup ?? {})] as SetupKey[]).find(
      (key) => !(isRenewed && key === 'lacks') && !isDeepStrictEqual(setup?.[key], named[key]),
    )
    if (differing === undefined) continue
    const [theirs, ours] = [setup, named].map((each) => show(each?.[differing] as Json))
    throw new UsageError(
      `${id}: of the ${differing}, the result says ${theirs}, and its file ${ours}${differing === 'lacks' ? '; --renew judges it again' : ''}`,
    )
  }
  for (const { text } of [target.models, ...specs.map(({ models }) => models)]) {
    if (text === file.model) continue
    throw new UsageError(`${id}: the result is of the model ${text}, its file says ${file.model}`)
  }
}

type SetupKey = keyof TargetSetup

/** What a result claims and its evidence does not bear out, one sentence each: its word, verdicts and cells. */
export function compareResults(claimed: RunResult, judged: RunResult): readonly string[] {
  const before = listClaims(claimed)
  const after = listClaims(judged)
  const changed = [...before].flatMap(([name, state]) => {
    const now = after.get(name)
    return now === state ? [] : [`${name}: stored as ${state}, judged as ${now ?? 'nothing'}`]
  })
  const added = [...after].flatMap(([name, state]) =>
    before.has(name) ? [] : [`${name}: not stored, judged as ${state}`],
  )
  return [...changed, ...added]
}

function listClaims(run: RunResult): ReadonlyMap<string, string> {
  const { columns } = matrixOf(run)
  const cells = columns.flatMap(({ target = '', cells: all, features }) => [
    ...all.map(({ capability, kept, isBroken }): readonly [string, string] => [
      `the cell ${capability} of ${target}`,
      `${kept?.state ?? 'unmeasured'}${isBroken === true ? ', a broken promise' : ''}`,
    ]),
    ...features.map(({ feature, kept, lost }): readonly [string, string] => [
      `the line ${feature} of ${target}`,
      `${kept ?? 'unmeasured'}, ${lost} no`,
    ]),
  ])
  return new Map([
    ['the run', run.run.conclusion ?? concludeRun(run).word],
    ['the name', run.targets.map(({ name }) => name).join(', ')],
    // What is wrong is what people read: it is held to the evidence as much as that something is.
    ...run.verdicts.map((row): readonly [string, string] => [
      `what ${nameOf(row)} finds`,
      row.findings.map((each) => `${each.at} ${each.expected}, ${each.actual}`).join('; '),
    ]),
    ...run.verdicts.map((row): readonly [string, string] => [nameOf(row), row.outcome]),
    ...cells,
  ])
}

function nameOf({ check, scenario, yardstick }: Verdict): string {
  return `${check} (${scenario}, ${yardstick})`
}
