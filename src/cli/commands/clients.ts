import type { Command } from 'commander'
import type { EndCommand } from '../options.ts'

export function addClientsCommand(program: Command, end: EndCommand): void {
  program
    .command('clients')
    .description('real client programs, for run --with-client')
    .command('install')
    .description('install clients in a folder of their own, at the versions of the lock file')
    .argument('<client...>', 'codex, openai-7, …')
    .option('--into <folder>', 'where', '.responses-conformance/clients')
    .addHelpText(
      'after',
      `
Nothing of it runs at installation. run --with-client finds it in the working folder, or where
RESPONSES_CONFORMANCE_CLIENTS says.

Example:
  responses-conformance clients install codex && responses-conformance https://host/v1 --with-client codex`,
    )
    .action(async (clients: readonly string[], flags: { readonly into: string }) => {
      const { fetchClients } = await import('../../drivers/install-clients.ts')
      end(await fetchClients(clients, flags.into))
    })
}
