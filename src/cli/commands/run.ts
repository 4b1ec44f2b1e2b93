import { Option, type Command } from 'commander'
import {
  addTargetOptions,
  addSelectionOptions,
  createAttemptsOption,
  createMaxTimeOption,
  createRepeatOption,
  createShardOption,
} from '../options.ts'
import type { RunFlags } from '../../run/options.ts'
import type { EndCommand } from '../options.ts'

export function addRunCommand(program: Command, end: EndCommand): void {
  const command = program
    .command('run', { isDefault: true })
    .description('send the suites to one or more targets and write the results')
    .argument(
      '[targets...]',
      'the base URL of one, names of the configuration, or ids of shipped contracts (list providers)',
    )
  addRunOptions(addSelectionOptions(addTargetOptions(command)))
    .option('--resume', 'continue an interrupted run in the same folder')
    .addOption(createRepeatOption())
    .option('--record <file>', 'also write the evidence into one file that can be judged again')
    .option(
      '--from-recording <file>',
      'judge such a file, or what --suite, --check, --level … select of it; nothing is sent',
    )
    .option(
      '--emulated',
      'ask this machine in place of a shipped vendor: answers as its documents say, and no word about itself',
    )
    .option('--baseline <file>', 'expected failures, written by "baseline add"')
    .addOption(
      new Option(
        '--new-checks <how>',
        'what failures of checks are that came after the version of the baseline (default: warn)',
      ).choices(['warn', 'fail']),
    )
    .addHelpText(
      'after',
      `
Without a target: all targets of the configuration, or the endpoint of OPENAI_BASE_URL.
OPENAI_API_KEY and OPENAI_MODEL are read for that endpoint and for a URL on the command line.
Keys come from environment variables only; .env of the working folder is read, too.

Examples:
  responses-conformance https://api.example.com/v1
  responses-conformance run crun --model gpt-5.4
  responses-conformance run crun --emulated
  responses-conformance run --base-url http://localhost:1234/v1 --model my-model --suite basic streaming
  responses-conformance run --contract ./ours.yaml --base-url https://api.example.com/v1 --check 'streaming/*' --level must
  responses-conformance run staging --config ci/conformance.yaml --max-requests 300
  responses-conformance run staging --baseline responses-conformance.baseline.yaml --shard 2/3`,
    )
    .action(async (ids: readonly string[], flags: RunFlags) => {
      const { executeRun } = await import('../actions/run.ts')
      end(await executeRun(ids, flags))
    })
  const demo = program
    .command('demo')
    .description(
      'run against the built-in reference provider: without a key, on this machine alone',
    )
  addRunOptions(addSelectionOptions(demo)).action(async (flags: RunFlags) => {
    const { executeDemo } = await import('../actions/run.ts')
    end(await executeDemo(flags))
  })
}

/** What a run of any target takes. */
function addRunOptions(command: Command): Command {
  return command
    .option(
      '--gate <yardstick...>',
      'yardsticks that decide the exit code: own, openai, open-responses',
    )
    .addOption(createAttemptsOption())
    .addOption(createShardOption())
    .addOption(createMaxTimeOption())
    .option('--seed <text>', 'draw the same code words again')
    .option('--out <dir>', 'folder for the results (default: results/latest)')
    .option('--reporter <name...>', 'reports to write; all of them unless given')
    .option('--quiet', 'print failures only, a line each, and where the results are')
    .option('--matrix', 'print what can be relied on, promised and kept, instead of the verdict')
    .option('--verbose', 'print every failure in full, before the summary')
}
