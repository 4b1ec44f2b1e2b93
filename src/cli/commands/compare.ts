import { Option, type Command } from 'commander'
import { addTargetOptions, collectClients, formatOption } from '../options.ts'
import type { CompareFlags } from '../actions/compare-targets.ts'
import type { EndCommand } from '../options.ts'

export function addCompareCommand(program: Command, end: EndCommand): void {
  const command = program
    .command('compare')
    .description('several targets side by side, only in what you need; or a relay and its upstream')
    .argument('[targets...]', 'as for run')
  addTargetOptions(command)
    .option(
      '--needs <features...>',
      'suites, or tools, images, json, state, …; separated by commas',
    )
    .option(
      '--client <name...>',
      'whether these clients work with each: codex, openai-7, …, or all of a language: python; with --needs, both',
      collectClients('profiled'),
    )
    .option(
      '--price <name=in/out...>',
      'what a million tokens cost at a target, for a column of what the run cost: crun=0.15/0.60',
    )
    .option(
      '--control <url,…>',
      'the upstream of a relay: URL,model=M,api-key-env=KEY; tells whose fault each failure is',
    )
    .addOption(
      new Option('--by <yardstick>', 'who says what is right')
        .choices(['openai', 'open-responses', 'own'])
        .default('openai'),
    )
    .addOption(formatOption())
    .option('--config <file>', 'configuration')
    .option('--out <dir>', 'folder for the full results (default: results/compare)')
    .option('--quiet', 'no progress')
    .option('--verbose', 'every blocker')
    .addHelpText(
      'after',
      `
Exit codes: 0 every need is met · 1 a target fails or declines one · 3 something could not be judged

Examples:
  responses-conformance compare crun lemondata --needs tools,structured-output,stateful
  responses-conformance compare --needs streaming \\
    --target gpu=http://localhost:8000/v1,model=qwen --target laptop=http://localhost:1234/v1,model=qwen
  responses-conformance compare crun groq lemondata --needs tools,streaming --client codex \\
    --budget tokens=90000 --price crun=0.15/0.60 --price groq=0.10/0.40
  responses-conformance compare relay --control https://upstream.example/v1,model=m,api-key-env=UPSTREAM_KEY`,
    )
    .action(async (ids: readonly string[], flags: CompareFlags) => {
      const { executeCompare } = await import('../actions/compare-targets.ts')
      end(await executeCompare(ids, flags))
    })
}
