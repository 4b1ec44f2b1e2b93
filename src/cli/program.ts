// The command: arguments in, exit code out. Each subcommand loads what it needs when it runs.

import { Command, CommanderError } from 'commander'
import { escapeControls } from '../../reporters/common/escape.ts'
import { HarnessError, describeSystemError, UnreachableError, UsageError } from '../base/errors.ts'
import { EXIT, type ExitCode } from '../result/exit-code.ts'
import { readVersion } from '../base/package-root.ts'
import {
  isInherited,
  withEnvironment,
  type Environment,
  type Output,
} from '../base/current-environment.ts'
import type { EndCommand } from './options.ts'
import { addCatalogueCommands } from './commands/catalogue.ts'
import { addClientsCommand } from './commands/clients.ts'
import { addCompareCommand } from './commands/compare.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addInitCommand } from './commands/init.ts'
import { addJudgeCommands } from './commands/judge.ts'
import { addPlanCommand } from './commands/plan.ts'
import { addResultCommands } from './commands/results.ts'
import { addRunCommand } from './commands/run.ts'
import { addServeCommand } from './commands/serve.ts'
import { addWatchCommand } from './commands/watch.ts'

/**
 * Executes the command as if a process had been started with these arguments. Everything that it
 * prints, reads from variables and takes from a folder comes from `environment`; calls at the same
 * time do not meet. In an environment that a worker would not inherit, this thread judges.
 */
export async function main(argv: readonly string[], environment: Environment): Promise<ExitCode> {
  let code: ExitCode = EXIT.conforms
  const program = buildProgram(environment, (ended) => (code = ended))
  // `.env` and the keys of the built-in provider are added to a copy, except for the process's own.
  const { env } = environment
  const own = { ...environment, env: isInherited(environment) ? env : { ...env } }
  return withEnvironment(own, async () => {
    try {
      await program.parseAsync(argv, { from: 'user' })
      return code
    } catch (error) {
      return reportError(error, environment.stderr)
    }
  })
}

function buildProgram(
  { stdout, stderr }: Pick<Environment, 'stdout' | 'stderr'>,
  end: EndCommand,
): Command {
  const program = new Command('responses-conformance')
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
    })
    .description('Conformance tests for providers of an OpenAI-compatible Responses API.')
    .version(readVersion(), '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride()
    .addHelpText(
      'after',
      `
One URL is enough: every suite is sent there, and results/latest is written. "demo" does the same with
the built-in reference provider and shows the documents of every shipped vendor. No key is needed.

Examples:
  responses-conformance https://api.example.com/v1
  responses-conformance demo
  responses-conformance run --base-url http://localhost:1234/v1 --model my-model
  responses-conformance run crun --model gpt-5.4        (the key is read from CRUN_API_KEY)
  responses-conformance audit sunra new-api
  responses-conformance serve --port 8080
  responses-conformance judge traffic.har
  responses-conformance watch --to https://api.example.com/v1 --port 8800

Exit codes: 0 conforms · 1 does not · 2 wrong use or missing key · 3 incomplete ·
4 stale baseline · 5 our own fault · 6 budget · 70 a secret was found · 130 interrupted twice`,
    )
  program.hook('preAction', (_, command) => checkValues(command))
  addRunCommand(program, end)
  addPlanCommand(program)
  addCompareCommand(program, end)
  addDoctorCommand(program, end)
  addClientsCommand(program, end)
  addCatalogueCommands(program)
  addJudgeCommands(program, end)
  addWatchCommand(program, end)
  addResultCommands(program, end)
  addServeCommand(program)
  addInitCommand(program)
  return program
}

/** An option that takes a value takes the next word, whatever it is: one that was forgotten is the next option. */
function checkValues(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.opts()[option.attributeName()]
    const word = [value].flat().find((each) => typeof each === 'string' && /^--[a-z]/.test(each))
    if (word === undefined) continue
    throw new UsageError(`${option.long} has no value: the next word is ${String(word)}`)
  }
}

/** One clear message for whoever is at the prompt; a stack trace only for a bug of ours. */
function reportError(error: unknown, stderr: Output): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conforms : EXIT.usage
  if (error instanceof UsageError) {
    stderr.write(`${escapeControls(error.message, true)}\n`)
    return EXIT.usage
  }
  if (error instanceof UnreachableError) {
    stderr.write(`${escapeControls(error.message, true)}\n`)
    return EXIT.incomplete
  }
  const trouble = describeSystemError(error)
  if (trouble !== undefined) {
    stderr.write(`${escapeControls(trouble, true)}\n`)
    return EXIT.usage
  }
  const message =
    error instanceof HarnessError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  stderr.write(
    `This is a fault of responses-conformance, not of a provider:\n${escapeControls(message, true)}\n`,
  )
  return EXIT.harness
}
