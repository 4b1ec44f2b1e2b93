// `run --with-client`: drives real clients through their flows, tells how each ended, and keeps it for the result.

import { escapeControls } from '../../reporters/common/escape.ts'
import { checkNames } from '../base/closest-name.ts'
import { getEnvironment } from '../base/current-environment.ts'
import { UsageError } from '../base/errors.ts'
import { clientProfileOf } from '../clients/profile.ts'
import { openJournal } from '../evidence/journal.ts'
import { createRedactor } from '../target/redact.ts'
import { secretsOf, type Target } from '../target/target-and-keys.ts'
import type { FlowAnswer } from '../types/index.ts'
import {
  clientFolderOf,
  INSTALL,
  listDrivableClients,
  listInstalledClients,
} from './client-folders.ts'
import { FLOW_SECONDS, measureClient, MOST_REQUESTS } from './measure-client.ts'

/** Throws a `UsageError` for a client that is unknown or not installed. */
export function checkInstalled(clients: readonly string[]): void {
  checkNames(clients, listDrivableClients(), 'client to run')
  const installed = listInstalledClients()
  const missing = clients.filter((client) => !installed.includes(client))
  if (missing.length > 0) {
    throw new UsageError(`${missing.join(', ')}: not installed; write: ${INSTALL}`)
  }
}

/** What each client did goes to the journal, from which the result is computed. */
export async function runWithClients(
  targets: readonly Target[],
  clients: readonly string[],
  journalFile: string,
  signal?: AbortSignal,
): Promise<void> {
  const { stderr } = getEnvironment()
  for (const target of targets) {
    const clean = createRedactor(secretsOf(target))
    const journal = openJournal(journalFile, clean)
    try {
      for (const client of clients) {
        stderr.write(announce(target, client))
        const measured = await measureClient(target, client, {
          onFlow: (answer) => stderr.write(clean.text(describeAnswer(answer))),
          ...(signal === undefined ? {} : { signal }),
        })
        const { requests, ...told } = measured
        journal.write({ kind: 'measured', ...told, requests: requests.length })
      }
    } finally {
      journal.close()
    }
  }
}

function announce(target: Target, client: string): string {
  const { name = client, version = '', runs } = clientProfileOf(client) ?? {}
  return [
    `Running ${name} ${version} from ${clientFolderOf(client) ?? ''}`,
    `  against ${target.baseUrl} with the model ${target.models.text}`,
    '  each flow once at our own server and once there, in an empty temporary folder that is removed afterwards',
    '  through a proxy on this machine that holds the key',
    `  each flow ended after ${FLOW_SECONDS} s or ${MOST_REQUESTS} requests at the latest`,
    ...(runs === undefined ? [] : [`  ${runs}`]),
    '',
  ].join('\n')
}

function describeAnswer({ what, answer, reason }: FlowAnswer): string {
  const why = reason === undefined ? '' : `: ${reason}`
  return `  ${escapeControls(`${what}: ${answer}${why}`)}\n`
}
