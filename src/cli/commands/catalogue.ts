import { Argument, Option, type Command } from 'commander'
import type { ListFlags } from '../actions/list.ts'
import type { ExplainFlags } from '../actions/explain.ts'
import type { AuditFlags } from '../actions/audit.ts'
import { createLimitOption } from '../options.ts'

/** Commands that send nothing: what there is, and what documents say. */
export function addCatalogueCommands(program: Command): void {
  program
    .command('list')
    .description('list checks, scenarios, providers, requirements, suites, reporters or clients')
    .addArgument(
      new Argument('<what>').choices([
        'checks',
        'scenarios',
        'providers',
        'requirements',
        'suites',
        'reporters',
        'clients',
      ]),
    )
    .option('--suite <name>', 'checks, scenarios and requirements of this suite only')
    .option('--load <module...>', 'also what these ES modules of your own bring')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Examples:
  responses-conformance list checks --suite streaming
  responses-conformance list requirements --suite tool   (each with the checks that show it)
  responses-conformance list providers --json`,
    )
    .action(async (what: string, flags: ListFlags) => {
      const { executeList } = await import('../actions/list.ts')
      await executeList(what, flags)
    })
  program
    .command('audit')
    .description('what documents say, contradict, change and leave out; nothing is sent')
    .argument('[providers...]', 'ids of shipped contracts; all vendors without any')
    .option('--contract <file|url...>', 'OpenAPI documents as published, or contracts of your own')
    .option('--path <path>', 'the create path to take where a document has several')
    .option('--remote-refs', 'also read what a document refers to at other addresses')
    .addOption(createLimitOption('how much of a document'))
    .addOption(
      new Option('--kind <kind...>', 'only rows of these kinds').choices([
        'promise',
        'contradiction',
        'difference',
        'silence',
      ]),
    )
    .addOption(
      new Option('--level <level...>', 'only where a yardstick asks this strongly').choices([
        'must',
        'should',
        'may',
      ]),
    )
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .addHelpText(
      'after',
      `
Nothing here is a pass or a failure: documents promise, they do not answer. Exit code 0.

Examples:
  responses-conformance audit sunra new-api
  responses-conformance audit --kind contradiction
  responses-conformance audit --contract ./ours.yaml --format markdown > audit.md`,
    )
    .action(async (ids: readonly string[], flags: AuditFlags) => {
      const { executeAudit } = await import('../actions/audit.ts')
      await executeAudit(ids, flags)
    })
  program
    .command('explain')
    .description(
      'what a check or a requirement is: sources, reasons, right and wrong; nothing is sent out',
    )
    .argument('<id>', 'of a check, a family or a requirement')
    .option('--load <module...>', 'also what these ES modules of your own bring')
    .addHelpText(
      'after',
      `
Examples:
  responses-conformance explain streaming/counts-upwards
  responses-conformance explain image/accepted
  responses-conformance explain basic-id-prefix
  responses-conformance explain ours/greets --load ./conformance/ours.js`,
    )
    .action(async (id: string, flags: ExplainFlags) => {
      const { executeExplain } = await import('../actions/explain.ts')
      await executeExplain(id, flags)
    })
}
