import { Option, type Command } from 'commander'
import { addTargetOptions } from '../options.ts'
import type { DoctorFlags } from '../actions/doctor.ts'

export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'name, connection, TLS, key, models, an answer, a stream, the clock: five requests',
    )
    .argument('[targets...]', 'as for run')
  addTargetOptions(command)
    .option('--config <file>', 'configuration')
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addHelpText(
      'after',
      `
Exit codes: 0 ready · 1 the endpoint answers wrongly · 2 your settings or key · 3 nobody can tell now

Examples:
  responses-conformance doctor crun
  responses-conformance doctor --base-url https://staging.example.com/v1 --model m --api-key-env STAGING_KEY`,
    )
    .action(async (ids: readonly string[], flags: DoctorFlags) => {
      const { executeDoctor } = await import('../actions/doctor.ts')
      process.exitCode = await executeDoctor(ids, flags)
    })
}
