import type { Command } from 'commander'
import { addTargetOptions, formatOption } from '../options.ts'
import type { DoctorFlags } from '../actions/doctor.ts'
import type { EndCommand } from '../options.ts'

export function addDoctorCommand(program: Command, end: EndCommand): void {
  const command = program
    .command('doctor')
    .description(
      'name, connection, TLS, key, models, an answer, a stream, the clock: five requests',
    )
    .argument('[targets...]', 'as for run')
  addTargetOptions(command)
    .option('--config <file>', 'configuration')
    .addOption(formatOption())
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
      end(await executeDoctor(ids, flags))
    })
}
