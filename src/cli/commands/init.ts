import type { Command } from 'commander'
import type { InitFlags } from '../actions/init.ts'
import { createLimitOption } from '../options.ts'

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write a commented file to start from: a contract of your own, or a configuration')
    .option('--base-url <url>', 'the endpoint, as an SDK takes it')
    .option(
      '--from <file|url>',
      'a published OpenAPI document: the contract of what it states, to be edited',
    )
    .option('--path <path>', 'with --from: the create path to take where it has several')
    .option('--remote-refs', 'with --from: also read what it refers to at other addresses')
    .addOption(createLimitOption('with --from: how much of it'))
    .option('--name <name>', "the provider's name, or the target's in a configuration")
    .option('--models', 'ask GET /models and note what it lists')
    .option('--api-key-env <name>', 'environment variable that holds the key')
    .option('--config', 'a configuration instead of a contract')
    .option(
      '--out <file>',
      'where to (default: contract.yaml, or responses-conformance.config.yaml)',
    )
    .addHelpText(
      'after',
      `
A contract says what your documents promise; it makes "own documents" a yardstick.
A configuration names targets and what to ask them. An existing file is never overwritten.

Examples:
  responses-conformance init --base-url https://staging.example.com/v1 --name Ours --models
  responses-conformance init --from openapi.yaml --out ours.yaml
  responses-conformance init --config --base-url http://localhost:1234/v1 --name local`,
    )
    .action(async (flags: InitFlags) => {
      const { executeInit } = await import('../actions/init.ts')
      await executeInit(flags)
    })
}
