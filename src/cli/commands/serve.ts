import { Option, type Command } from 'commander'
import { wholeNumber } from './run.ts'

export interface ServeFlags {
  readonly port: number
  readonly host: string
  readonly dialect: 'openai' | 'open-responses'
  readonly key?: readonly string[]
  readonly model: string
  readonly as?: string
  readonly mutant?: string
  readonly load?: readonly string[]
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the reference provider: a correct Responses API on loopback')
    .option('--port <n>', 'port; any free one unless given', wholeNumber, 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--dialect <name>', 'whose grammar to speak')
        .choices(['openai', 'open-responses'])
        .default('openai'),
    )
    .option('--key <key...>', 'keys to accept, one account each', ['test', 'test-2'])
    .option('--model <name>', 'model name to accept', 'reference')
    .option(
      '--as <vendor>',
      "answer in a vendor's documented shape; replies are marked as emulated",
    )
    .option('--mutant <check>', 'be wrong in the way that this check exists to catch')
    .option('--load <module...>', 'checks of your own, for --mutant')
    .action(async (flags: ServeFlags) => {
      const { serveCommand } = await import('../serve.ts')
      await serveCommand(flags)
    })
}
