import { Argument, type Command } from 'commander'

/** Commands that send nothing: what there is, and what documents say. */
export function addCatalogueCommands(program: Command): void {
  program
    .command('list')
    .description('list checks, scenarios, providers, requirements, suites or reporters')
    .addArgument(
      new Argument('<what>').choices([
        'checks',
        'scenarios',
        'providers',
        'requirements',
        'suites',
        'reporters',
      ]),
    )
    .option('--json', 'as JSON')
    .action(async (what: string, flags: { readonly json?: boolean }) => {
      const { listCommand } = await import('../list.ts')
      await listCommand(what, flags)
    })
}
