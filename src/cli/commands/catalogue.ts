import { Argument, Option, type Command } from 'commander'

export interface AuditFlags {
  readonly format: 'text' | 'markdown' | 'json'
  readonly contract?: string
}

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
  program
    .command('audit')
    .description(
      'judge documents only: promises, contradictions, deviations and silences; nothing is sent',
    )
    .argument('[providers...]', 'ids of shipped contracts; the vendors unless given')
    .option('--contract <file>', 'a contract of your own')
    .addOption(
      new Option('--format <format>').choices(['text', 'markdown', 'json']).default('text'),
    )
    .action(async (ids: readonly string[], flags: AuditFlags) => {
      const { auditCommand } = await import('../audit.ts')
      await auditCommand(ids, flags)
    })
}
