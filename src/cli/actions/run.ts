// The command `run`: the built-in reference provider without arguments, one or more targets with them.

import { writeFileSync } from 'node:fs'
import { reportTroubles } from '../terminal/report-troubles.ts'
import { join } from 'node:path'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { loadSuites } from '../../plan/load-suites-and-reporters.ts'
import { UsageError } from '../../base/errors.ts'
import { JOURNAL, writeJournal } from '../../evidence/journal.ts'
import { openStore } from '../../evidence/saved-exchanges.ts'
import { listRenamed } from '../../result/baseline.ts'
import { exitCodeOf, type ExitCode } from '../../result/exit-code.ts'
import { recordingOf, unpackRecording } from '../../run/pack-recording.ts'
import { rejudgeFolder } from '../../run/rejudge.ts'
import { keyOf, type Target } from '../../target/target-and-keys.ts'
import { SHORTEST_SEARCHED_KEY } from '../../target/redact.ts'
import type { RunFlags } from '../../run/options.ts'
import { repeatRun } from '../terminal/repeat-run.ts'
import { summarizeCost, summarizeEstimate } from './plan.ts'
import { checkReporters, writeReports } from '../../run/print-and-write-reports.ts'
import { startBuiltIn, startEmulated } from '../../run/built-in-provider.ts'
import { formatSeconds } from '../terminal/duration.ts'
import { isLive, watchProgress } from '../terminal/progress.ts'
import { selectionOf } from '../../run/plan-targets.ts'
import { DEFAULT_KEY_ENV, optionOf, yardstickOf } from '../../target/resolve-targets.ts'
import { readSetting } from '../config/settings.ts'
import { fetchContract, reportWarnings } from '../config/fetch-contract.ts'
import { checkInstalled, runWithClients } from '../../drivers/run-with-client.ts'
import { baselineOf, type ConductOptions, conductRun } from '../../run/run-and-report.ts'
import { resolvePath, getEnvironment } from '../../base/current-environment.ts'

export async function executeRun(ids: readonly string[], given: RunFlags): Promise<ExitCode> {
  if (given.repeat !== undefined)
    return repeatRun(given.repeat, given, (flags) => executeRun(ids, flags))
  if (given.fromRecording !== undefined) return replay(ids, given.fromRecording, given)
  if (given.emulated === true) return emulate(ids, given)
  const { flags, targets } = await readSetting(ids, await fetchContract(given))
  if (given.quiet !== true) reportWarnings(targets)
  const go: Asking = (chosen, isBuiltIn) =>
    flags.withClient === undefined
      ? runTargets(chosen, flags, { signal: getEnvironment().listenForStop(), isBuiltIn })
      : measureAndRun(chosen, flags, flags.withClient)
  if (targets.length > 0) return go(targets, false)
  checkDemonstration(flags)
  return demonstrate(go, flags)
}

/** Real clients first, and then what decides whether they work, so that one result has both. */
function measureAndRun(
  targets: readonly Target[],
  flags: RunFlags,
  clients: readonly string[],
): Promise<ExitCode> {
  checkInstalled(clients)
  const asked = [...new Set([...(flags.client ?? []), ...clients])]
  const signal = getEnvironment().listenForStop()
  return runTargets(
    targets,
    { ...flags, client: asked },
    {
      signal,
      before: (journal) => runWithClients(targets, clients, journal, signal),
    },
  )
}

async function emulate(ids: readonly string[], flags: RunFlags): Promise<ExitCode> {
  const vendors = await startEmulated(ids, flags)
  try {
    return await runTargets(vendors.targets, flags)
  } finally {
    await vendors.close()
  }
}

/** The built-in reference provider: what a run looks like, without a key. It judges nobody. */
export function executeDemo(flags: RunFlags): Promise<ExitCode> {
  return demonstrate(
    (targets, isBuiltIn) =>
      runTargets(targets, flags, { signal: getEnvironment().listenForStop(), isBuiltIn }),
    flags,
  )
}

type Asking = (targets: readonly Target[], isBuiltIn: boolean) => Promise<ExitCode>

async function demonstrate(go: Asking, flags: RunFlags): Promise<ExitCode> {
  const reference = await startBuiltIn(flags)
  try {
    const code = await go(reference.targets, true)
    if (flags.quiet !== true) getEnvironment().stdout.write(DEMONSTRATED)
    return code
  } finally {
    await reference.close()
  }
}

const DEMONSTRATED =
  'This was a demo: the built-in reference provider was judged, and no other. For yours: responses-conformance https://host/v1\n'

/** What only whoever means a target of his own gives. */
const OF_A_TARGET = [
  'apiKeyEnv',
  'apiKeyCommand',
  'secondKeyEnv',
  'header',
  'proxy',
  'ca',
  'target',
  'config',
  'baseline',
  'record',
  'resume',
] as const satisfies readonly (keyof RunFlags)[]

const VARIABLES = ['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL', DEFAULT_KEY_ENV]

/** A job whose variables are unset must not be green: throws a `UsageError` where a target was meant. */
function checkDemonstration(flags: RunFlags): void {
  const { env } = getEnvironment()
  const option = OF_A_TARGET.find((name) => flags[name] !== undefined)
  const variable = VARIABLES.find((name) => env[name] !== undefined)
  const inJob = !['', '0', 'false', undefined].includes(env['CI']?.toLowerCase())
  const why =
    option !== undefined
      ? `--${optionOf(option)} is given`
      : variable !== undefined
        ? `${variable} is set`
        : inJob
          ? 'CI is set'
          : undefined
  if (why === undefined) return
  throw new UsageError(
    `No target: ${why}, and nothing says what to ask. Give its URL (responses-conformance https://host/v1), set OPENAI_BASE_URL, or name a provider; "responses-conformance demo" judges the built-in one`,
  )
}

async function runTargets(
  targets: readonly Target[],
  flags: RunFlags,
  more: Pick<ConductOptions, 'before' | 'signal' | 'isBuiltIn'> = {
    signal: getEnvironment().listenForStop(),
  },
): Promise<ExitCode> {
  const { out, stale, harness, secrets, notes, exitCode } = await conductRun(targets, flags, {
    ...more,
    ...(flags.quiet === true
      ? { format: 'failures' }
      : {
          format: flags.matrix === true ? 'matrix' : 'text',
          watch: createWatcher(flags, more.isBuiltIn),
        }),
  })
  for (const name of tooShort(targets)) {
    getEnvironment().stderr.write(
      `The key in ${name} is shorter than ${SHORTEST_SEARCHED_KEY} characters: it is masked in auth headers only, and was not searched for in what was written.\n`,
    )
  }
  for (const note of notes) getEnvironment().stderr.write(`${escapeControls(note)}\n`)
  reportTroubles({ stale, harness })
  for (const file of secrets)
    getEnvironment().stderr.write(`A secret was found in ${file}; the file was deleted.\n`)
  if (flags.record !== undefined && secrets.length === 0) {
    writeFileSync(resolvePath(flags.record), recordingOf(out))
    getEnvironment().stdout.write(`Recording: ${flags.record}\n`)
  }
  getEnvironment().stdout.write(`Results: ${out}\n`)
  return exitCode
}

/** Today's checks on what was once recorded: nothing is sent, and what would change that is refused. */
async function replay(
  ids: readonly string[],
  recording: string,
  flags: RunFlags,
): Promise<ExitCode> {
  if (ids.length > 0) {
    throw new UsageError(
      'A recording has its own targets: leave out the names, or --from-recording',
    )
  }
  const meaningless = Object.keys(flags).find((name) => !OF_A_REPLAY.has(name))
  if (meaningless !== undefined) {
    throw new UsageError(
      `--${optionOf(meaningless)} says how to ask, and a recording is not asked again: leave it out, or --from-recording`,
    )
  }
  const { out = 'results/latest', verbose = false, quiet = false } = flags
  const folder = resolvePath(out)
  const selection = selectionOf(flags, await loadSuites(flags.load))
  await checkReporters(flags.reporter, flags.load)
  const baseline = baselineOf(flags)
  unpackRecording(recording, folder, {
    selection,
    ...(baseline === undefined ? {} : { baseline }),
    ...(flags.gate === undefined ? {} : { gate: flags.gate.map(yardstickOf) }),
  })
  const assembled = await rejudgeFolder(folder, { load: flags.load })
  writeJournal(join(folder, JOURNAL), assembled.journal)
  if (assembled.result.verdicts.length === 0 && Object.keys(selection).length > 0) {
    throw new UsageError(
      `${recording} holds nothing that these options select; without them all of it is judged`,
    )
  }
  const { result, stale, harness } = assembled
  await writeReports(result, {
    evidence: openStore(join(folder, 'evidence')).load,
    verbose,
    out: folder,
    load: flags.load,
    format: quiet ? 'failures' : flags.matrix === true ? 'matrix' : 'text',
    ...(flags.reporter === undefined ? {} : { reporters: flags.reporter }),
  })
  const { stdout } = getEnvironment()
  const old = baseline === undefined ? [] : listRenamed(baseline.entries)
  reportTroubles({ stale: [...stale, ...old], harness })
  stdout.write(`Results: ${folder}\n`)
  return exitCodeOf(result)
}

/** What can be said of evidence that is there: which of it, by whom, and how it is shown. */
const OF_A_REPLAY: ReadonlySet<string> = new Set([
  'fromRecording',
  'suite',
  'check',
  'scenario',
  'client',
  'level',
  'smoke',
  'endurance',
  'load',
  'gate',
  'baseline',
  'newChecks',
  'reporter',
  'out',
  'quiet',
  'verbose',
  'matrix',
] satisfies (keyof RunFlags)[])

export function createWatcher(
  { verbose = false }: RunFlags,
  isBuiltIn = false,
): NonNullable<ConductOptions['watch']> {
  const summarize = isBuiltIn ? summarizeCost : summarizeEstimate
  return (plans, journal, signal, limitMs) => {
    const limit = `at most ${formatSeconds(limitMs / 1000)} (--max-time)`
    for (const { target, forecast: estimate } of plans) {
      const alone = plans.length === 1 ? `, ${limit}` : ''
      getEnvironment().stderr.write(`${target.id}: ${summarize(estimate)}${alone}\n`)
    }
    if (plans.length > 1) getEnvironment().stderr.write(`all together: ${limit}\n`)
    const stream = getEnvironment().stderr
    return watchProgress({ plans, journal, stream, live: isLive(stream), verbose, signal })
  }
}

/** Names of the variables whose keys are too likely to be part of ordinary text. */
function tooShort(targets: readonly Target[]): readonly string[] {
  const names = targets.flatMap(({ keyEnv, secondKeyEnv }) => [keyEnv, secondKeyEnv])
  return [...new Set(names)].filter(
    (name): name is string =>
      (keyOf(name)?.length ?? SHORTEST_SEARCHED_KEY) < SHORTEST_SEARCHED_KEY,
  )
}
