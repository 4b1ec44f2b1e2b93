// `clients check`: a driver against the protocol, one line for each thing that it owes.

import { escapeControls } from '../../../reporters/common/escape.ts'
import { createUnknownNameError } from '../../base/closest-name.ts'
import { getEnvironment } from '../../base/current-environment.ts'
import { UsageError } from '../../base/errors.ts'
import { checkDriver } from '../../drivers/check-driver.ts'
import {
  findManifest,
  INSTALL,
  isInstalled,
  listDrivableClients,
} from '../../drivers/client-folders.ts'
import type { ExitCode } from '../../result/exit-code.ts'

export async function checkClient(client: string): Promise<ExitCode> {
  const { stdout } = getEnvironment()
  const manifest = findManifest(client)
  if (manifest === undefined) {
    const hint = 'Give a name of "list clients", or the path of a folder with a client.yaml'
    throw createUnknownNameError('client', client, listDrivableClients(), hint)
  }
  if (!isInstalled(manifest)) {
    throw new UsageError(
      `${client}: not installed, ${manifest.installed} is not there; write: ${INSTALL.replace('<client>', client)}`,
    )
  }
  const checks = await checkDriver(manifest, {
    onCheck({ title, wrong }) {
      const line = wrong === undefined ? `✓ ${title}` : `✗ ${title}\n    ${wrong}`
      stdout.write(`  ${escapeControls(line, true)}\n`)
    },
  })
  const wrong = checks.filter((check) => check.wrong !== undefined).length
  stdout.write(
    wrong === 0
      ? `${client} keeps the protocol\n`
      : `${client}: ${wrong} of ${checks.length} wrong\n`,
  )
  return wrong === 0 ? 0 : 1
}
