// Runs the real clients against the reference with the mutant of every check, and writes down what
// came of it, in `specs/clients`: `npm run clients:measure [-- <client or language> … --check <glob> --missing --dry]`.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { INSTALL, listInstalledClients } from '../../src/drivers/client-folders.ts'
import {
  impactFile,
  loadImpact,
  worstEffectOf,
  type Effect,
  type ImpactTable,
  type MeasuredEffect,
} from '../../src/clients/measured-impact.ts'
import { resolveLanguage } from '../../src/drivers/clients-of-language.ts'
import type { DriverHello } from '../../src/drivers/driver-messages.ts'
import { clientProfileOf } from '../../src/clients/profile.ts'
import { matchesGlob } from '../../src/plan/selection.ts'
import type { CheckId, Mutant } from '../../src/types/index.ts'
import { NEEDS } from '../../suites/clients/needs/index.ts'
import { TYPES, typeNeedsOf } from '../../suites/clients/needs/types.ts'
import { listAllChecks } from '../prove.ts'
import { together } from './together.ts'
import { NothingWorks, openTrier } from './trial.ts'
import { writeNeeds } from './write-needs.ts'

/** So many faults are lost when it is stopped. */
const SAVED_EVERY = 25
/** Processes at once. */
const AT_ONCE = 2
/** Only these speak about more than `POST /responses`. */
const STATEFUL = ['lifecycle', 'stateful', 'background']

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Measures, says what came, and writes nothing. */
    dry: { type: 'boolean' },
    /** At most so many faults that the client met. */
    most: { type: 'string' },
    check: { type: 'string', multiple: true },
    missing: { type: 'boolean' },
  },
})
const installed = listInstalledClients()
const named = positionals.flatMap((word) => resolveLanguage(word, 'installed'))
const absent = named.filter((client) => !installed.includes(client))
if (installed.length === 0 || absent.length > 0) {
  console.error(`${absent.join(', ') || 'clients'}: not installed; write: ${INSTALL}`)
  process.exit(2)
}

type Part = 'checks' | 'needs'

/** What a client made of a fault; nothing where it did not meet it. */
interface Measured {
  readonly part: Part
  readonly id: CheckId
  readonly entry?: MeasuredEffect
}

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

const clients = (named.length > 0 ? named : installed).toSorted()
const queue = [...clients]
const most = Number(flags.most ?? Infinity)
await Promise.all(Array.from({ length: AT_ONCE }, work))

async function work(): Promise<void> {
  for (let client = queue.shift(); client !== undefined; client = queue.shift()) {
    for (const dialect of ['openai', 'open-responses'] as const) {
      // Programs send tools that Open Responses does not have.
      if (dialect === 'open-responses' && clientProfileOf(client)?.toolsAlways === true) continue
      const mine = faultsOf(client).filter(
        ({ part, id, mutant }) =>
          (mutant.dialect ?? 'openai') === dialect &&
          !(flags.missing === true && known[part][id]?.[client] !== undefined),
      )
      if (mine.length === 0) continue
      await measure(client, dialect, mine).catch((error: unknown) => {
        // Some libraries always send what Open Responses does not have.
        if (dialect === 'openai' || !(error instanceof NothingWorks)) throw error
        console.log(`${client} (${dialect}): left out, ${error.message.slice(0, 300)}`)
      })
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
  for (const flow of trier.failed) console.log(`${client} (${dialect}): left out, ${flow}`)
  const measured: Measured[] = []
  let met = 0
  const keep = (): void => {
    if (flags.dry !== true) save(client, trier.hello, measured)
  }
  for (const [index, { part, id, mutant }] of mine.entries()) {
    if (met >= most) break
    if (index % SAVED_EVERY === SAVED_EVERY - 1) keep()
    measured.push({ part, id })
    if (!trier.meets(mutant)) continue
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
    measured.push({ part, id, entry })
  }
  await trier.close()
  keep()
  if (flags.dry === true) compare(client, measured)
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`${client} (${dialect}): met ${met} of ${mine.length} faults in ${seconds} s`)
}

/** Says where it came to something else than what is written down. */
function compare(client: string, measured: readonly Measured[]): void {
  const met = measured.filter(({ entry }) => entry !== undefined)
  const other = met.filter(
    ({ part, id, entry }) => !isDeepStrictEqual(known[part][id]?.[client], entry),
  )
  for (const { part, id, entry } of other) {
    const before = JSON.stringify(known[part][id]?.[client])
    console.log(`${client}: ${part}/${id} came to ${JSON.stringify(entry)}, recorded ${before}`)
  }
  console.log(`${client}: ${met.length - other.length} of ${met.length} as recorded`)
}

/** Others may have measured and written meanwhile. */
function save(client: string, { version }: DriverHello, measured: readonly Measured[]): void {
  const before = JSON.parse(readFileSync(impactFile, 'utf8')) as ImpactTable
  const table: Record<Part, Record<string, Record<string, MeasuredEffect>>> = {
    checks: { ...before.checks },
    needs: { ...before.needs },
  }
  for (const { part, id, entry } of measured) {
    const { [client]: _, ...others } = table[part][id] ?? {}
    table[part][id] = entry === undefined ? others : { ...others, [client]: entry }
  }
  const clients = { ...before.clients, [client]: version }
  const written: ImpactTable = {
    measured: new Date().toISOString().slice(0, 10),
    clients: sorted(clients),
    needs: sorted(withoutEmpty(table.needs)),
    checks: sorted(withoutEmpty(table.checks)),
  }
  // One line for each fault, so that a difference can be read.
  const parts = Object.entries(written).map(([key, value]) =>
    key === 'needs' || key === 'checks'
      ? `  "${key}": {\n${lines(value as object)}\n  }`
      : `  "${key}": ${JSON.stringify(value)}`,
  )
  // Who reads it meanwhile reads all of it.
  const next = `${impactFile}.${process.pid}`
  writeFileSync(next, `{\n${parts.join(',\n')}\n}\n`)
  renameSync(next, impactFile)
  writeNeeds(client, written)
}

function lines(table: object): string {
  return Object.entries(table)
    .map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`)
    .join(',\n')
}

function sorted<T>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function withoutEmpty<T extends object>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(table).filter(([, entry]) => Object.keys(entry).length > 0),
  )
}
