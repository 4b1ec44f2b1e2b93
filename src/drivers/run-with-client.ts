// `run --with-client`: runs one tool loop of a real client against the target, and reports how it ended.

import {
  listDrivableClients,
  clientFolderOf,
  INSTALL,
  listInstalledClients,
  startClient,
  type FlowResult,
} from './driver-process.ts'
import { clientProfileOf } from '../clients/profile.ts'
import { startProxy, type PassedExchange } from './recording-proxy.ts'
import { UsageError } from '../base/errors.ts'
import type { ExitCode } from '../result/exit-code.ts'
import { writeFiles } from '../run/run-in-worker.ts'
import { secretsOf, type Target } from '../target/target-and-keys.ts'
import { createRedactor } from '../target/redact.ts'
import { checkNames } from '../base/closest-name.ts'
import { resolvePath, getEnvironment } from '../base/current-environment.ts'

/** One tool loop, and nothing else: streamed where the client can. */
const FLOW = 'stream-tools'
/** A tool loop with a real model takes several answers. */
const LIMIT_MS = 180_000
/** It takes two or three requests, a few more with retries. Each costs. */
const MOST_REQUESTS = 20
const MOST_SHOWN = 6
/** What the client gets for a key: the proxy has the real one. */
const NO_KEY = 'kept-by-the-proxy'

interface Account {
  readonly target: string
  readonly client: string
  readonly version: string
  readonly told: FlowResult | { readonly looped: true }
  readonly requests: readonly PassedExchange[]
}

/** Exit code 0 when every client got through its loop, 1 otherwise. */
export async function runWithClients(
  targets: readonly Target[],
  clients: readonly string[],
  out = 'results/with-client',
): Promise<ExitCode> {
  checkNames(clients, listDrivableClients(), 'client to run')
  const installed = listInstalledClients()
  const missing = clients.filter((client) => !installed.includes(client))
  if (missing.length > 0) {
    throw new UsageError(`${missing.join(', ')}: not installed; write: ${INSTALL}`)
  }
  const { stdout } = getEnvironment()
  const accounts: Account[] = []
  for (const target of targets) {
    for (const client of clients) {
      stdout.write(announcement(target, client))
      const account = await drive(target, client)
      const clean = createRedactor(secretsOf(target)).text
      stdout.write(clean(told(account)))
      accounts.push(JSON.parse(clean(JSON.stringify(account))) as Account)
    }
  }
  const files = Object.fromEntries(
    accounts.map((account) => [
      `${account.target}-${account.client}.json`,
      `${JSON.stringify(account, null, 2)}\n`,
    ]),
  )
  for (const file of writeFiles(resolvePath(out), files)) stdout.write(`${file}\n`)
  return accounts.every(({ told: end }) => 'value' in end) ? 0 : 1
}

function announcement(target: Target, client: string): string {
  const { name = client, version = '', runs } = clientProfileOf(client) ?? {}
  return [
    `Running ${name} ${version} from ${clientFolderOf(client) ?? ''}`,
    `  against ${target.baseUrl} with the model ${target.models.text}`,
    '  one tool loop, in an empty temporary folder that is removed afterwards',
    '  through a proxy on this machine that holds the key',
    `  ended after ${LIMIT_MS / 60_000} minutes or ${MOST_REQUESTS} requests at the latest`,
    ...(runs === undefined ? [] : [`  ${runs}`]),
    '',
  ].join('\n')
}

async function drive(target: Target, client: string): Promise<Account> {
  const proxy = await startProxy(target)
  const driver = await startClient(client, {
    key: NO_KEY,
    model: target.models.text,
  })
  try {
    const end = await Promise.race([
      driver.do(FLOW, proxy.url, LIMIT_MS),
      proxy.asked(MOST_REQUESTS + 1).then(() => ({ looped: true }) as const),
    ])
    const version = clientProfileOf(client)?.version ?? ''
    return { target: target.id, client, version, told: end, requests: proxy.passed }
  } finally {
    driver.end()
    await proxy.close()
  }
}

function told({ told: end, requests }: Account): string {
  const shown = requests
    .slice(0, MOST_SHOWN)
    .map(
      ({ request, status, sentBytes, receivedBytes, ms }) =>
        `  ${request} → ${status}, ${sentBytes} bytes sent, ${receivedBytes} received, ${ms} ms`,
    )
  const more = requests.length - shown.length
  const lines = more > 0 ? [...shown, `  … and ${more} more`] : shown
  const outcome =
    'value' in end
      ? `  it got through: ${JSON.stringify(end.value).slice(0, 300)}`
      : 'error' in end
        ? `  it failed: ${end.error.name}: ${end.error.message.slice(0, 500)}`
        : 'looped' in end
          ? `  it asked again and again, and was killed after ${MOST_REQUESTS} requests`
          : `  it did not end within ${LIMIT_MS / 1000} s and was killed`
  return [...lines, outcome, ''].join('\n')
}
