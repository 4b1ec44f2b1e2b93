// Options that several commands share.

import { InvalidArgumentError, Option, type Command } from 'commander'
import { parseLimits } from '../target/reading-limits.ts'
import type { ReadingLimits } from '../types/index.ts'
import type { Budget } from '../target/split-budget.ts'
import { resolveLanguage } from '../drivers/clients-of-language.ts'
import type { ExitCode } from '../result/exit-code.ts'

/** Says with which exit code the command ends; 0 unless said. */
export type EndCommand = (code: ExitCode) => void

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
      '--api-key-command <command>',
      'prints the key, and another when that has expired: for tokens of a vault or a cloud',
    )
    .option(
      '--second-key-env <name>',
      'variable with a key of another account, for isolation checks',
    )
    .option('--header <line...>', 'further request header, "Name: value"')
    .option(
      '--contract <file|url>',
      "the provider's documents: an OpenAPI document as published, or a contract of your own",
    )
    .option('--path <path>', 'the create path to take where the document has several')
    .option('--remote-refs', 'also read what the document refers to at other addresses')
    .option(
      '--lacks <word...>',
      'what the set-up lacks, so that it is not held against the server: features, capabilities (of capabilities.csv), "model" for canned answers',
    )
    .option('--concurrency <n>', 'requests in flight', parseWholeNumber)
    .option('--rate <n>', 'requests per minute', parseWholeNumber)
    .option('--deadline <seconds>', 'for one request, to its last byte', parseWholeNumber)
    .option('--first-byte <seconds>', 'until an answer begins', parseWholeNumber)
    .option('--max-requests <n>', 'stop cleanly after so many requests', parseWholeNumber)
    .option('--max-tokens <n>', 'stop cleanly after so many tokens', parseWholeNumber)
    .addOption(createBudgetOption())
    .addOption(createLimitOption('how much of one answer, and of a document,'))
    .option('--proxy <url>', 'HTTP proxy')
    .option('--ca <file>', 'PEM file with further certificate authorities')
    .addOption(new Option('--api-key <key>').hideHelp())
}

export function createLimitOption(what: string): Option {
  return new Option(
    '--limit <name=n,…>',
    `${what} is read: body-bytes=16777216,schema-values=400000 (all of them: docs/privacy-and-security.md)`,
  ).argParser(readLimits)
}

/** A cap for all targets of a command together. */
function createBudgetOption(): Option {
  return new Option(
    '--budget <what=n,…>',
    'caps for all targets together, shared out evenly: tokens=90000, requests=600',
  ).argParser((text: string): Budget => {
    const parts = text
      .split(',')
      .map((part) => /^(tokens|requests)=([1-9]\d{0,14})$/.exec(part.trim()))
    if (parts.some((part) => part === null)) {
      throw new InvalidArgumentError(
        'write tokens=N, requests=N, or both with a comma between them',
      )
    }
    return Object.fromEntries(parts.map((part) => [part![1], Number(part![2])]))
  })
}

/** How a command that prints one thing prints it: for a person, or for a program. */
export function formatOption(): Option {
  return new Option('--format <format>', 'how it is written')
    .choices(['text', 'json'])
    .default('text')
}

/** Options that say what is asked; shared by every command that plans. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option('--suite <name...>', 'only these suites')
    .option('--check <glob...>', 'only checks whose id matches')
    .option('--scenario <glob...>', 'only scenarios whose id matches')
    .option(
      '--client <name...>',
      'only what decides whether these clients work: codex, openai-7, …, or all of a language: python; with --suite, both',
      collectClients('profiled'),
    )
    .option(
      '--with-client <name...>',
      'what --client asks, and run these real clients themselves through all their flows; of a language, those that are installed',
      collectClients('installed'),
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
    .option(
      '--endurance',
      'only what lasts: a stream of ten thousand events, 50 requests at once, clients that hang up; some 30,000 tokens, at most 10 minutes an answer, and in all as --max-time says',
    )
    .option('--expensive', 'include checks that cost many requests, many tokens or much time')
    .option(
      '--config <file>',
      'configuration (default: responses-conformance.config.yaml, if it is there)',
    )
}

/** Names of clients, one after the other; a language stands for all of its own. */
export function collectClients(which: 'profiled' | 'installed') {
  return (word: string, before: readonly string[] = []): readonly string[] => [
    ...new Set([...before, ...resolveLanguage(word, which)]),
  ]
}

export function createAttemptsOption(): Option {
  return new Option(
    '--attempts <n>',
    'how often a check may ask where a model may decline (default: 2)',
  ).argParser(parseWholeNumber)
}

export function createRepeatOption(): Option {
  return new Option(
    '--repeat <n>',
    'run so often, and say how often each check failed: folders 1, 2, … and rates.json in --out',
  ).argParser(parseWholeNumber)
}

export function createMaxTimeOption(): Option {
  return new Option(
    '--max-time <seconds>',
    'end the whole run after so long, as incomplete (default: by the plan, 10 minutes at least)',
  ).argParser((value) => {
    const seconds = parseWholeNumber(value)
    if (seconds > 86_400) throw new InvalidArgumentError('at most 86400 seconds, a day')
    return seconds
  })
}

export function createShardOption(): Option {
  return new Option(
    '--shard <i/n>',
    "this machine's part of the work; merge joins the parts",
  ).argParser(shardOf)
}

function readLimits(text: string, before: Partial<ReadingLimits> = {}): Partial<ReadingLimits> {
  return { ...before, ...parseLimits(text) }
}

export function parseWholeNumber(value: string): number {
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

/** 0 is any free port. */
export function parsePort(value: string): number {
  const number = value === '0' ? 0 : parseWholeNumber(value)
  if (number > 65_535) throw new InvalidArgumentError('a port is at most 65535')
  return number
}
