// Runs the real clients against the reference with the mutant of every check, and writes down what
// came of it: `npm run measure:clients [-- --client <name> --check <glob> --missing]`.

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  listDrivableClients,
  INSTALL,
  listInstalledClients,
} from '../../src/drivers/client-folders.ts'
import {
  impactFile,
  loadImpact,
  worstEffectOf,
  type Effect,
  type ImpactTable,
  type MeasuredEffect,
} from '../../src/clients/measured-impact.ts'
import { clientProfileOf } from '../../src/clients/profile.ts'
import { matchesGlob } from '../../src/plan/selection.ts'
import type { CheckId, Mutant } from '../../src/types/index.ts'
import { NEEDS } from '../../suites/clients/needs/index.ts'
import { TYPES, typeNeedsOf } from '../../suites/clients/needs/types.ts'
import { listAllChecks } from '../prove.ts'
import { together } from './together.ts'
import { openTrier } from './trial.ts'

/** Processes at once. */
const AT_ONCE = 2
/** Only these speak about more than `POST /responses`. */
const STATEFUL = ['lifecycle', 'stateful', 'background']

const { values: flags } = parseArgs({
  options: {
    client: { type: 'string', multiple: true },
    check: { type: 'string', multiple: true },
    missing: { type: 'boolean' },
  },
})
if (listInstalledClients().length === 0) {
  console.error(`Install the clients first: ${INSTALL}`)
  process.exit(2)
}

type Part = 'checks' | 'needs'

interface Fault {
  readonly part: Part
  readonly id: CheckId
  readonly mutant: Mutant
}

/** The first mutant of every check. The checks of clients have the mutants of their needs. */
const ofChecks = (await listAllChecks())
  .filter(({ check }) => !check.id.startsWith('clients/'))
  .map(({ check, yardstick }): Fault => {
    const dialect = yardstick === 'open-responses' ? 'open-responses' : 'openai'
    return { part: 'checks', id: check.id, mutant: { dialect, ...check.mutants[0] } }
  })
const ofNeeds = NEEDS.map(({ id, mutants }): Fault => ({ part: 'needs', id, mutant: mutants[0] }))
/** The types that a client needs are its own, and so is what is done to them. */
const ofTypes = (client: string): Fault => {
  const modes = Object.values(clientProfileOf(client)?.modes ?? {})
  const mutants = modes.flatMap(typeNeedsOf).map(({ mutants: [first] }) => first)
  const story = mutants.map((mutant) => mutant.story).join('; ')
  return { part: 'needs', id: TYPES, mutant: { story, ...together(mutants) } }
}
const faultsOf = (client: string): readonly Fault[] =>
  [ofTypes(client), ...ofNeeds, ...ofChecks].filter(
    ({ part, id }) => flags.check?.some((glob) => matchesGlob(glob, `${part}/${id}`)) ?? true,
  )

const known = loadImpact()
const table: Record<Part, Record<string, Record<string, MeasuredEffect>>> = {
  checks: { ...known.checks },
  needs: { ...known.needs },
}
const clients = (flags.client ?? listInstalledClients()).toSorted()
const queue = [...clients]
await Promise.all(Array.from({ length: AT_ONCE }, work))

async function work(): Promise<void> {
  for (let client = queue.shift(); client !== undefined; client = queue.shift()) {
    for (const dialect of ['openai', 'open-responses'] as const) {
      // Programs send tools that Open Responses does not have.
      if (dialect === 'open-responses' && clientProfileOf(client)?.toolsAlways === true) continue
      const mine = faultsOf(client).filter(
        ({ part, id, mutant }) =>
          (mutant.dialect ?? 'openai') === dialect &&
          !(flags.missing === true && table[part][id]?.[client] !== undefined),
      )
      if (mine.length > 0) await measure(client, dialect, mine)
    }
  }
}

async function measure(
  client: string,
  dialect: 'openai' | 'open-responses',
  mine: readonly Fault[],
): Promise<void> {
  const started = Date.now()
  const trier = await openTrier(client, { dialect })
  let met = 0
  for (const { part, id, mutant } of mine) {
    delete table[part][id]?.[client]
    // A mutant that refuses the plainest question shows nothing about what its check asks.
    if (part === 'checks' && id !== 'common/accepted' && (await trier.refusesAll(mutant))) continue
    const trials = await trier.attempt(mutant, STATEFUL.includes(id.split('/')[0]!))
    const flows = Object.entries(trials)
    if (flows.length === 0) continue
    met++
    const suffering = flows.filter(([, { effect }]) => effect !== 'works')
    const entry: MeasuredEffect = {
      effect: worstEffectOf(flows.map(([, { effect }]) => effect)),
      ...(suffering.length === 0
        ? {}
        : {
            flows: Object.fromEntries(
              suffering.map(([flow, { effect }]) => [flow, effect]),
            ) as Record<string, Effect>,
          }),
    }
    table[part][id] = { ...table[part][id], [client]: entry }
  }
  await trier.close()
  save()
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`${client} (${dialect}): met ${met} of ${mine.length} faults in ${seconds} s`)
}

function save(): void {
  const measured = listDrivableClients().filter((client) =>
    Object.values(table.needs).some((one) => one[client] !== undefined),
  )
  const written: ImpactTable = {
    measured: new Date().toISOString().slice(0, 10),
    clients: Object.fromEntries(
      measured.map((client) => [client, clientProfileOf(client)!.version]),
    ),
    needs: sorted(table.needs),
    checks: sorted(table.checks),
  }
  // One line for each fault, so that a difference can be read.
  const parts = Object.entries(written).map(([key, value]) =>
    key === 'needs' || key === 'checks'
      ? `  "${key}": {\n${lines(value as object)}\n  }`
      : `  "${key}": ${JSON.stringify(value)}`,
  )
  writeFileSync(impactFile, `{\n${parts.join(',\n')}\n}\n`)
}

function lines(table: object): string {
  return Object.entries(table)
    .map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`)
    .join(',\n')
}

function sorted<T extends object>(table: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(table)
      .filter(([, entry]) => Object.keys(entry).length > 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}
