#!/usr/bin/env node
// The command: options in, exit code out. Each subcommand loads what it needs when it runs.

import { Command, CommanderError } from 'commander'
import { HarnessError, describeSystemError, UsageError } from '../base/errors.ts'
import { EXIT } from '../result/exit-code.ts'
import { readVersion } from '../base/package-root.ts'
import { addCatalogueCommands } from './commands/catalogue.ts'
import { addCompareCommand } from './commands/compare.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addInitCommand } from './commands/init.ts'
import { addJudgeCommands } from './commands/judge.ts'
import { addPlanCommand } from './commands/plan.ts'
import { addResultCommands } from './commands/results.ts'
import { addRunCommand } from './commands/run.ts'
import { addServeCommand } from './commands/serve.ts'

const program = new Command('responses-conformance')
  .description('Conformance tests for providers of an OpenAI-compatible Responses API.')
  .version(readVersion(), '-v, --version', 'show the version')
  .helpOption('-h, --help', 'show this help')
  .showHelpAfterError('(--help shows what there is)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Without a command: starts the built-in reference provider, runs every suite against it,
judges the documents of every shipped vendor, and writes results/latest. No key is needed.

Examples:
  responses-conformance
  responses-conformance run --base-url http://localhost:1234/v1 --model my-model
  responses-conformance run crun --model gpt-5.4        (the key is read from CRUN_API_KEY)
  responses-conformance audit sunra new-api
  responses-conformance serve --port 8080

Exit codes: 0 conforms · 1 does not · 2 wrong use or missing key · 3 incomplete ·
4 stale baseline · 5 our own fault · 6 budget · 70 a secret was found · 130 interrupted twice`,
  )

addRunCommand(program)
addPlanCommand(program)
addCompareCommand(program)
addDoctorCommand(program)
addCatalogueCommands(program)
addJudgeCommands(program)
addResultCommands(program)
addServeCommand(program)
addInitCommand(program)

// Whoever reads may stop reading (`| head`): what goes into files is finished all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

// The command has ended, and all is written: what is alive now is a worker that was told to stop and
// is in a loop of its own. No signal reaches that; it ends with the process.
setInterval(() => {
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit()
}, 1_000).unref()

/** One clear message for whoever is at the prompt; a stack trace only for a bug of ours. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conforms : EXIT.usage
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`)
    return EXIT.usage
  }
  const trouble = describeSystemError(error)
  if (trouble !== undefined) {
    process.stderr.write(`${trouble}\n`)
    return EXIT.usage
  }
  const message =
    error instanceof HarnessError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  process.stderr.write(`This is a fault of responses-conformance, not of a provider:\n${message}\n`)
  return EXIT.harness
}
