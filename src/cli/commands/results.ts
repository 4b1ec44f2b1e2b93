import type { Command } from 'commander'
import { formatOption, type EndCommand } from '../options.ts'

/** Commands over results that are already written. */
export function addResultCommands(program: Command, end: EndCommand): void {
  const report = program
    .command('report')
    .description('write the reports of a result again')
    .argument('[dir]', 'the folder that a run wrote', 'results/latest')
    .option('--matrix', 'print what can be relied on, promised and kept, instead of the verdict')
    .option('--from-journal', 'recover everything judged by a run that was killed')
    .option('--reporter <name...>', 'reports to write; all of them unless given')
    .option('--load <module...>', 'reporters and checks of your own: ES modules')
    .option('--out <dir>', 'folder for the reports; the same folder unless given')
    .action(async (folder: string, flags) => {
      const { executeReport } = await import('../actions/results.ts')
      end(await executeReport(folder, flags))
    })
  report
    .command('site')
    .description('build a static site from many results: matrix, providers, history, data')
    .argument('<dirs...>', 'folders that runs wrote, or their run.json')
    .option('--replies <file>', 'YAML list of providers’ answers to cells')
    .option('--out <dir>', 'folder for the site', 'site')
    .action(async (paths: readonly string[], _flags, command: Command) => {
      const { executeSite } = await import('../actions/site.ts')
      // `report` has an --out too, and commander gives the value to the outer command.
      end(await executeSite(paths, command.optsWithGlobals()))
    })
  program
    .command('diff')
    .description('compare two results: newly failing, fixed, changed cause, and whose change it is')
    .argument('<before>', 'folder or run.json')
    .argument('<after>', 'folder or run.json')
    .addOption(formatOption())
    .action(async (before: string, after: string, flags) => {
      const { executeDiff } = await import('../actions/results.ts')
      end(await executeDiff(before, after, flags))
    })
  program
    .command('merge')
    .description('join the results of several machines or shards into one')
    .argument('<dirs...>', 'folders that runs wrote')
    .option('--load <module...>', 'the modules of your own that the runs loaded')
    .option('--contract <file...>', 'contracts of the runs that lie outside of this folder')
    .option('--out <dir>', 'folder for the merged result', 'results/merged')
    .action(async (folders: readonly string[], flags) => {
      const { executeMerge } = await import('../actions/results.ts')
      end(await executeMerge(folders, flags))
    })
  const baseline = program
    .command('baseline')
    .description('expected failures: add, prune, renew, migrate, check')
  const file = (command: Command): Command =>
    command
      .option('--file <file>', 'the baseline', 'responses-conformance.baseline.yaml')
      .option('--from <dir>', 'the result to read', 'results/latest')
  file(baseline.command('add').description('accept failures of a result for a while'))
    .argument('[checks...]', 'check ids; every unexpected failure with --all')
    .option('--all', 'every failure of the result that is not expected yet')
    .option('--target <id>', 'only of this target')
    .requiredOption('--reason <text>', 'why it is accepted')
    .requiredOption('--expires <day>', 'YYYY-MM-DD: when somebody must look again')
    .action(async (checks: readonly string[], flags) => {
      const { executeBaselineAdd } = await import('../actions/results.ts')
      end(executeBaselineAdd(checks, flags))
    })
  file(baseline.command('prune').description('remove entries whose checks pass now')).action(
    async (flags) => {
      const { executeBaselinePrune } = await import('../actions/results.ts')
      end(executeBaselinePrune(flags))
    },
  )
  file(
    baseline
      .command('renew')
      .description('let the checks count that came after the version of the baseline'),
  ).action(async (flags) => {
    const { executeBaselineRenew } = await import('../actions/results.ts')
    end(executeBaselineRenew(flags))
  })
  file(
    baseline.command('migrate').description('write the ids of today in place of old ones'),
  ).action(async (flags) => {
    const { executeBaselineMigrate } = await import('../actions/results.ts')
    end(executeBaselineMigrate(flags))
  })
  file(baseline.command('check').description('say which entries are stale or expired')).action(
    async (flags) => {
      const { executeBaselineCheck } = await import('../actions/results.ts')
      end(executeBaselineCheck(flags))
    },
  )
}
