import { Option, type Command } from 'commander'
import type { JudgeFlags } from '../actions/judge.ts'
import type { EndCommand } from '../options.ts'

/** Commands that judge what is already there: nothing is sent. */
export function addJudgeCommands(program: Command, end: EndCommand): void {
  program
    .command('judge')
    .description('judge recorded traffic of any tool: JSON Lines or HAR; nothing is sent')
    .argument('<file>', 'the recording')
    .option('--contract <id>', 'whose documents judge it', 'openai')
    .option('--out <dir>', 'also write the reports into this folder')
    .option('--verbose', 'print every failure in full, before the summary')
    .addOption(
      new Option('--format <format>').choices(['text', 'json', 'markdown']).default('text'),
    )
    .action(async (file: string, flags: JudgeFlags) => {
      const { executeJudge } = await import('../actions/judge.ts')
      end(await executeJudge(file, flags))
    })
  program
    .command('rejudge')
    .description("today's checks on the evidence of an earlier run; nothing is sent")
    .argument('<dir>', 'the folder that the run wrote')
    .option('--out <dir>', 'folder for the new reports', 'results/rejudged')
    .option('--load <module...>', 'the modules of your own that the run loaded')
    .option('--contract <file...>', 'contracts of the run that lie outside of this folder')
    .option('--verbose', 'print every failure in full, before the summary')
    .action(async (folder: string, flags) => {
      const { executeRejudge } = await import('../actions/judge.ts')
      end(await executeRejudge(folder, flags))
    })
}
