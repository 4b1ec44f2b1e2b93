// The run command: the main job without arguments, one or more targets with them.

import { join, resolve } from 'node:path'
import { features, loadReporters } from '../discover.ts'
import { openStore } from '../evidence/store.ts'
import { UsageError } from '../errors.ts'
import { exitCode } from '../outcome.ts'
import { run, writeFiles } from '../run.ts'
import { removeSecrets } from '../secrets.ts'
import { keyOf, type Target } from '../target.ts'
import type { ReportContext, Reporter } from '../types.ts'
import type { RunFlags } from './commands/run.ts'
import { listenForStop } from './interrupt.ts'
import { nearest } from './nearest.ts'
import { startBuiltIn } from './built-in.ts'
import { resolveTargets } from './targets.ts'

export async function runCommand(ids: readonly string[], flags: RunFlags): Promise<number> {
  checkNames(flags.suite ?? [], features(), 'suite')
  const reporters = await chosenReporters(flags.reporter)
  const ownServer = ids.length === 0 && flags.baseUrl === undefined
  const reference = ownServer ? await startBuiltIn(flags) : undefined
  try {
    const targets = reference?.targets ?? resolveTargets(ids, flags)
    return await runTargets(targets, flags, reporters)
  } finally {
    await reference?.close()
  }
}

async function runTargets(
  targets: readonly Target[],
  flags: RunFlags,
  reporters: readonly Reporter[],
): Promise<number> {
  const out = resolve(flags.out)
  const stop = listenForStop()
  const { result, harness, budget } = await run({
    targets,
    selection: {
      ...(flags.suite === undefined ? {} : { suites: flags.suite }),
      ...(flags.only === undefined ? {} : { checks: flags.only }),
      ...(flags.level === undefined ? {} : { levels: flags.level }),
    },
    out,
    attempts: flags.attempts,
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    documents: [],
    signal: stop,
  })
  const store = openStore(join(out, 'evidence'))
  const context: ReportContext = {
    evidence: (id) => store.load(id),
    width: process.stdout.columns ?? 100,
    color: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    verbose: flags.verbose ?? false,
  }
  for (const reporter of reporters) writeFiles(out, reporter.render(result, context))
  const keys = targets.flatMap(({ keyEnv, secondKeyEnv }) => [keyOf(keyEnv), keyOf(secondKeyEnv)])
  const secrets = removeSecrets(out, keys)
  const code = exitCode(result, { harness, budget, secrets, staleBaseline: [] })
  const terminal = reporters.find(({ name }) => name === 'terminal')
  const text = terminal?.render(result, context)['terminal.txt'] ?? ''
  process.stdout.write(flags.quiet === true ? '' : text)
  for (const message of harness) process.stderr.write(`Our own fault: ${message}\n`)
  for (const file of secrets)
    process.stderr.write(`A secret was found in ${file}; the file was deleted.\n`)
  process.stdout.write(`Results: ${out}\n`)
  return code
}

async function chosenReporters(names: readonly string[] | undefined): Promise<readonly Reporter[]> {
  const all = await loadReporters()
  if (names === undefined) return all
  checkNames(
    names,
    all.map(({ name }) => name),
    'reporter',
  )
  // Without run.json no later command could read the result.
  return all.filter(({ name }) => names.includes(name) || name === 'json' || name === 'terminal')
}

function checkNames(names: readonly string[], known: readonly string[], what: string): void {
  for (const name of names) {
    if (known.includes(name)) continue
    const guess = nearest(name, known)
    throw new UsageError(
      `There is no ${what} "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`} There are: ${known.join(', ')}`,
    )
  }
}
