import type { Command } from 'commander'
import { parsePort, type EndCommand } from '../options.ts'
import type { WatchFlags } from '../actions/watch.ts'

export function addWatchCommand(program: Command, end: EndCommand): void {
  program
    .command('watch')
    .description(
      'a proxy on loopback that judges what your own client sends through it, as it comes',
    )
    .requiredOption(
      '--to <url>',
      'base URL of the endpoint, for example https://api.example.com/v1',
    )
    .option('--port <n>', 'port; any free one unless given', parsePort, 0)
    .option('--contract <id>', 'whose documents judge it', 'openai')
    .option('--out <dir>', 'folder for the exchanges and the reports', 'results/watched')
    .option(
      '--mask-text',
      'mask the texts of prompts and answers too, before anything is judged or written',
    )
    .option('--proxy <url>', 'HTTP proxy to reach the endpoint through')
    .option('--ca <file>', 'PEM file with further certificate authorities')
    .option('--verbose', 'print every failure in full at the end, before the summary')
    .addHelpText(
      'after',
      `
Your client keeps its own key, which is passed on and never written. Streams pass piece by piece. Ctrl-C ends it,
writes what "judge" writes, and exits as it does. WebSockets are not passed: clients fall back to HTTP.

Example:
  responses-conformance watch --to https://api.example.com/v1 --port 8800
  OPENAI_BASE_URL=http://127.0.0.1:8800/v1 python my_program.py`,
    )
    .action(async (flags: WatchFlags) => {
      const { executeWatch } = await import('../actions/watch.ts')
      end(await executeWatch(flags))
    })
}
