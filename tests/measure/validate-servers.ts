// Real servers that run on this machine: what `--suite clients` says of each client and flow, and what the
// client itself makes of it.
//
// `npm run validate:servers -- <name>=<base url>,<model>,<key> …`: the cells go to `<name>.cells.json` in the
// folder of the results, and the figures to the terminal.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listInstalledClients } from '../../src/drivers/client-folders.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import type { RunResult } from '../../src/types/index.ts'
import { printConfusion, type Cell } from './confusion.ts'
import { openTrier } from './trial.ts'

const folder = join(packageRoot, 'results', 'servers')
mkdirSync(folder, { recursive: true })

interface Server {
  readonly name: string
  readonly url: string
  readonly model: string
  readonly key: string
}

const servers = process.argv.slice(2).map((given): Server => {
  const [name = '', rest = ''] = given.split(/=(.*)/)
  const [url = '', model = '', key = ''] = rest.split(',')
  return { name, url, model, key }
})

const all: Cell[] = []
for (const server of servers) {
  const predicted = predict(server)
  const cells = await drive(server, predicted)
  writeFileSync(join(folder, `${server.name}.cells.json`), `${JSON.stringify(cells, null, 1)}\n`)
  all.push(...cells)
}
printConfusion(all)

function predict({ name, url, model, key }: Server): RunResult {
  const out = join(folder, name)
  const command = [
    join(packageRoot, 'dist/src/cli/main.js'),
    'run',
    `--base-url=${url}`,
    `--model=${model}`,
    '--api-key-env=SERVER_KEY',
    '--suite=clients',
    `--out=${out}`,
  ]
  try {
    const env = { ...process.env, SERVER_KEY: key }
    execFileSync(process.execPath, command, { env, stdio: 'ignore' })
  } catch {
    // Its exit code says that something fails: the result says what.
  }
  return JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunResult
}

async function drive(server: Server, run: RunResult): Promise<readonly Cell[]> {
  const cells: Cell[] = []
  for (const client of listInstalledClients()) {
    const row = (run.readiness ?? []).find((one) => one.client === client)
    const { url: elsewhere, key, model } = server
    const trier = await openTrier(client, { elsewhere, key, model })
    const real = await trier.attempt({}, false)
    await trier.close()
    for (const { flow, answer, reason = '' } of row?.flows ?? []) {
      const trial = real[flow]
      if (trial === undefined) continue
      const isBroken = trial.effect !== 'works' && trial.effect !== 'degraded'
      cells.push({
        server: server.name,
        client,
        flow,
        predicted: answer,
        real: isBroken ? 'breaks' : 'works',
        why: `${reason.slice(0, 160)} | ${trial.effect} ${trial.says ?? ''}`.slice(0, 400),
      })
    }
  }
  return cells
}
