import { InvalidArgumentError, Option, type Command } from 'commander'
import type { SettingFlags } from '../config/settings.ts'

export interface RunFlags extends SettingFlags {
  readonly withClient?: readonly string[]
  readonly scenario?: readonly string[]
  readonly seed?: string
  readonly verbose?: boolean
  readonly shard?: readonly [part: number, of: number]
  readonly resume?: boolean
  readonly record?: string
  readonly fromRecording?: string
}

/** Options that describe where and as whom to ask; shared by every command that sends requests. */
export function addTargetOptions(command: Command): Command {
  return command
    .option(
      '--base-url <url>',
      'base URL as an SDK takes it, for example https://api.example.com/v1',
    )
    .option('--model <name>', 'model for text')
    .option(
      '--target <name=url,…>',
      'a target of its own; repeat it for more: local=http://localhost:1234/v1,model=m,api-key-env=KEY',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option('--vision-model <name>', 'model that sees images; the text model unless given')
    .option('--reasoning-model <name>', 'model that reasons, for the reasoning suite')
    .option('--api-key-env <name>', 'environment variable that holds the key')
    .option(
      '--second-key-env <name>',
      'variable with a key of another account, for isolation checks',
    )
    .option('--header <line...>', 'further request header, "Name: value"')
    .option('--contract <file>', "a contract of your own: the provider's documents as YAML")
    .option('--concurrency <n>', 'requests in flight', wholeNumber)
    .option('--rate <n>', 'requests per minute', wholeNumber)
    .option('--deadline <seconds>', 'for one request, to its last byte', wholeNumber)
    .option('--max-requests <n>', 'stop cleanly after so many requests', wholeNumber)
    .option('--max-tokens <n>', 'stop cleanly after so many tokens', wholeNumber)
    .option('--proxy <url>', 'HTTP proxy')
    .option('--ca <file>', 'PEM file with further certificate authorities')
    .addOption(new Option('--api-key <key>').hideHelp())
}

/** Options that say what is asked; shared by every command that plans. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option('--suite <name...>', 'only these suites')
    .option('--check <glob...>', 'only checks whose id matches')
    .option('--scenario <glob...>', 'only scenarios whose id matches')
    .option(
      '--client <name...>',
      'only what decides whether these clients work: codex, openai-7, …',
    )
    .option(
      '--with-client <name...>',
      'no suites: run these real clients against the target, one tool loop each',
    )
    .addOption(
      new Option('--level <level...>', 'only requirements of these levels').choices([
        'must',
        'should',
        'may',
      ]),
    )
    .option('--load <module...>', 'checks, families and reporters of your own: ES modules')
    .option('--smoke', 'only a few quick questions: at most 25 requests')
    .option('--expensive', 'include checks that cost many requests, many tokens or much time')
    .option(
      '--config <file>',
      'configuration (default: responses-conformance.config.yaml, if it is there)',
    )
}

export function addRunCommand(program: Command): void {
  const command = program
    .command('run', { isDefault: true })
    .description('send the suites to one or more targets and write the results')
    .argument(
      '[targets...]',
      'names of the configuration, or ids of shipped contracts (list providers)',
    )
  addSelectionOptions(addTargetOptions(command))
    .option(
      '--gate <yardstick...>',
      'yardsticks that decide the exit code: own, openai, open-responses',
    )
    .addOption(attemptsOption())
    .addOption(shardOption())
    .option('--resume', 'continue an interrupted run in the same folder')
    .option('--record <file>', 'also write the evidence into one file that can be judged again')
    .option(
      '--from-recording <file>',
      'judge such a file, or what --suite, --check, --level … select of it; nothing is sent',
    )
    .option('--baseline <file>', 'expected failures, written by "baseline add"')
    .option('--seed <text>', 'draw the same code words again')
    .option('--out <dir>', 'folder for the results (default: results/latest)')
    .option('--reporter <name...>', 'reports to write; all of them unless given')
    .option('--quiet', 'print failures only, a line each, and where the results are')
    .option('--verbose', 'print every failure in full')
    .addHelpText(
      'after',
      `
Without a target: all targets of the configuration; the built-in reference provider if there is none.
Keys come from environment variables only; .env of the working folder is read, too.

Examples:
  responses-conformance run crun --model gpt-5.4
  responses-conformance run --base-url http://localhost:1234/v1 --model my-model --suite basic streaming
  responses-conformance run --contract ./ours.yaml --check 'streaming/*' --level must
  responses-conformance run staging --config ci/conformance.yaml --max-requests 300
  responses-conformance run staging --baseline responses-conformance.baseline.yaml --shard 2/3`,
    )
    .action(async (ids: readonly string[], flags: RunFlags) => {
      const { runCommand } = await import('../actions/run.ts')
      process.exitCode = await runCommand(ids, flags)
    })
}

export function attemptsOption(): Option {
  return new Option(
    '--attempts <n>',
    'how often a check may ask where a model may decline (default: 2)',
  ).argParser(wholeNumber)
}

export function shardOption(): Option {
  return new Option(
    '--shard <i/n>',
    "this machine's part of the work; merge joins the parts",
  ).argParser(shardOf)
}

export function wholeNumber(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('a whole number above 0 is needed')
  return number
}

function shardOf(value: string): readonly [number, number] {
  const [part = 0, of = 0] = /^(\d+)\/(\d+)$/.exec(value)?.slice(1).map(Number) ?? []
  if (part < 1 || part > of) throw new InvalidArgumentError(`write a part of a whole, such as 2/3`)
  return [part, of]
}
