import { InvalidArgumentError, Option, type Command } from 'commander'
import type { FaultOptions } from '../../../reference/delivery-faults.ts'
import { WEAK_MODELS } from '../../../reference/model/weak-models.ts'
import { SPOKEN_APIS, type SpokenApi } from '../../../reference/other-apis/spoken-apis.ts'
import { parsePort, parseWholeNumber } from '../options.ts'
import type { ServeFlags } from '../actions/serve.ts'

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the reference provider: a correct Responses API on loopback')
    .option('--port <n>', 'port; any free one unless given', parsePort, 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--dialect <name>', 'whose grammar to speak')
        .choices(['openai', 'open-responses'])
        .default('openai'),
    )
    .option('--key <key...>', 'keys to accept, one account each', ['test', 'test-2'])
    .option('--model <name>', 'model name to accept', 'reference')
    .option(
      '--speak <apis>',
      'APIs to answer, to stand behind a gateway: responses,chat,messages; responses unless given',
      apisOf,
    )
    .addOption(
      new Option(
        '--as <vendor>',
        "answer in a vendor's documented shape; replies are marked as emulated",
      ).conflicts('speak'),
    )
    .option('--fetch', 'fetch pictures and files from any address that a request names')
    .addOption(
      new Option('--weak <model>', 'a right server with a weak model behind it').choices(
        WEAK_MODELS,
      ),
    )
    .option(
      '--mutant <check>',
      'be wrong in a way that this check exists to catch; <check>#2 is its second',
    )
    .option('--load <module...>', 'checks of your own, for --mutant')
    .option('--latency <ms>', 'wait before each answer', parseWholeNumber)
    .option('--first-token <ms>', 'wait before the first delta of a stream', parseWholeNumber)
    .option('--token-rate <n>', 'deltas a second', parseWholeNumber)
    .option('--in-flight <n>', 'answer 429 to more requests at once than this', parseWholeNumber)
    .option('--rate-limit <n/s>', 'answer 429 above n requests in s seconds: 60/60', rateOf)
    .option('--drop <probability>', 'cut the connection in the middle of an answer', probability)
    .option('--garbage <probability>', 'put garbage into the middle of an answer', probability)
    .option('--trickle <bytes/ms>', 'send pieces of so many bytes, so far apart: 7/20', trickleOf)
    .option('--seed <n>', 'meet the same requests with the same faults again', parseWholeNumber, 1)
    .addHelpText(
      'after',
      `
Examples:
  responses-conformance serve --port 8080
  responses-conformance serve --speak chat,messages --port 8080
  responses-conformance serve --as crun
  responses-conformance serve --mutant streaming/ends-once
  responses-conformance serve --first-token 800 --token-rate 40 --drop 0.05 --seed 7`,
    )
    .action(async (flags: ServeFlags) => {
      const { executeServe } = await import('../actions/serve.ts')
      await executeServe(flags)
    })
}

function probability(value: string): number {
  const number = Number(value)
  if (value.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('a number from 0 to 1 is needed')
  return number
}

function apisOf(value: string): readonly SpokenApi[] {
  return value.split(',').map((given) => {
    const name = SPOKEN_APIS.find((one) => one === given.trim())
    if (name !== undefined) return name
    throw new InvalidArgumentError(`"${given}" is not among ${SPOKEN_APIS.join(', ')}`)
  })
}

function rateOf(value: string): NonNullable<FaultOptions['rateLimit']> {
  const [requests, seconds] = pairOf(value, 'requests and seconds, such as 60/60')
  return { requests, per: seconds * 1000 }
}

function trickleOf(value: string): NonNullable<FaultOptions['trickle']> {
  const [bytes, every] = pairOf(value, 'bytes and milliseconds, such as 7/20')
  return { bytes, every }
}

function pairOf(value: string, form: string): readonly [number, number] {
  const [left = 0, right = 0] = /^(\d+)\/(\d+)$/.exec(value)?.slice(1).map(Number) ?? []
  if (left < 1 || right < 1) throw new InvalidArgumentError(`write ${form}`)
  return [left, right]
}
