import type { Command } from 'commander'
import type { EndCommand } from '../options.ts'

export function addClientsCommand(program: Command, end: EndCommand): void {
  const command = program
    .command('clients')
    .description('real client programs, for run --with-client')
  command
    .command('install')
    .description('install clients in a folder of their own, at the versions of their lock files')
    .argument('<client...>', 'codex, openai-7, openai-python, …, or the path of a folder of yours')
    .option('--into <folder>', 'where', '.responses-conformance/clients')
    .addHelpText(
      'after',
      `
Each by the package manager of its language, which has to be there. run --with-client finds it in the
working folder, or where RESPONSES_CONFORMANCE_CLIENTS says.

Example:
  responses-conformance clients install codex && responses-conformance https://host/v1 --with-client codex`,
    )
    .action(async (clients: readonly string[], flags: { readonly into: string }) => {
      const { fetchClients } = await import('../../drivers/install-clients.ts')
      end(await fetchClients(clients, flags.into))
    })
  command
    .command('check')
    .description('whether the driver of a client keeps the protocol, at the reference provider')
    .argument('<client>', 'codex, openai-7, …, or the path of a folder with a client.yaml')
    .addHelpText(
      'after',
      `
Exit code 0: it does; 1: it does not; 2: it is not installed.

Example:
  responses-conformance clients check ./my-client`,
    )
    .action(async (client: string) => {
      const { checkClient } = await import('../actions/check-client.ts')
      end(await checkClient(client))
    })
}
