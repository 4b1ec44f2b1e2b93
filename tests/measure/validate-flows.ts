// Every fault that real clients met, flow by flow: what is predicted of the flow on the reference with this
// fault, against what the client did, as `specs/clients/impact.json` has it: by kind of fault, client and language.
//
// `npm run validate:flows [-- <client> … --draw <id> --write]`: `--draw` takes the faults of a draw, which taught nothing,
// as `measure:draws` met them; `--write` puts the figures into specs/clients/agreement.json.

import { parseArgs } from 'node:util'
import { startReference } from '../../reference/main.ts'
import { flowsOfClient } from '../../src/clients/flows.ts'
import { loadImpact, type Effect } from '../../src/clients/measured-impact.ts'
import { loadProfiles } from '../../src/clients/profile.ts'
import { readinessOf } from '../../src/result/client-readiness.ts'
import { recordOf } from '../../src/result/target-and-plan-records.ts'
import { resolveTargets } from '../../src/target/resolve-targets.ts'
import type { Mutant, Mutation } from '../../src/types/index.ts'
import { NEEDS } from '../../suites/clients/needs/index.ts'
import { askTarget, EVERYTHING, listAllChecks } from '../prove.ts'
import { drawFaults } from './draw-faults.ts'
import { loadOutcomes } from './outcomes.ts'
import { watchReference } from './watch-reference.ts'
import { publishFlows } from './publish-agreement.ts'
import { printConfusion, type Cell } from './confusion.ts'

const KEY = 'reference-key-of-a-validation'
process.env['VALIDATION_KEY'] = KEY
const { values: flags, positionals: only } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, draw: { type: 'string', multiple: true } },
})
const { needs, checks } = loadImpact()

interface Fault {
  readonly kind: string
  readonly id: string
  readonly mutant: Mutation
  /** What each client that met it made of its flows; a flow that is not there worked, or was not counted. */
  readonly met: Readonly<Record<string, { readonly flows?: Readonly<Record<string, Effect>> }>>
  /** Every flow that met it is there. */
  readonly isWhole?: true
}

const faults: Fault[] = flags.draw === undefined ? await listMutants() : await listDrawn(flags.draw)

async function listDrawn(ids: readonly string[]): Promise<Fault[]> {
  const outcomes = loadOutcomes()
  return (await drawFaults())
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ id: kind, faults }) =>
      faults.map(({ fault, sabotage }): Fault => {
        const met = Object.entries(outcomes[kind]?.[fault] ?? {})
        const own = met.map(([client, flows]) => [client, { flows }] as const)
        return { kind, id: fault, mutant: sabotage, met: Object.fromEntries(own), isWhole: true }
      }),
    )
}

async function listMutants(): Promise<Fault[]> {
  const listed: Fault[] = NEEDS.map(({ id, mutants: [mutant] }) => ({
    kind: 'needs',
    id,
    mutant,
    met: needs[id] ?? {},
  }))
  for (const { check, yardstick } of await listAllChecks()) {
    const met = checks[check.id]
    const mutant: Mutant = check.mutants[0]
    const isOpenai = yardstick === 'openai' && (mutant.dialect ?? 'openai') === 'openai'
    if (met !== undefined && isOpenai) listed.push({ kind: 'checks', id: check.id, mutant, met })
  }
  return listed
}

const cells: Cell[] = []
for (const { kind, id, mutant, met, isWhole } of faults) {
  for (const profile of loadProfiles()) {
    const told = met[profile.id]
    if (told === undefined || (only.length > 0 && !only.includes(profile.id))) continue
    const reference = await startReference({ keys: [KEY] })
    const watch = watchReference(reference)
    void watch.begin()
    watch.use(mutant)
    const [target] = resolveTargets([], {
      ...EVERYTHING,
      baseUrl: reference.url,
      model: 'reference',
      apiKeyEnv: 'VALIDATION_KEY',
      deadline: 4,
      concurrency: 8,
    })
    const asked = await askTarget(
      { ...target!, yardsticks: ['openai'] },
      { checks: flowsOfClient(profile).map((flow) => `clients/${profile.id}/${flow.id}`) },
    )
    const rows = (await Promise.all(asked.cases.map((planned) => asked.decide(planned)))).flat()
    await asked.close()
    await reference.close()
    const [row] = readinessOf([recordOf(target!)], rows)
    for (const { flow, answer, reason = '' } of row?.flows ?? []) {
      const effect = told.flows?.[flow] ?? (isWhole === true ? undefined : 'works')
      // As it was measured: what is refused for an id that the fault itself made accuses nobody.
      const isOurs = watch.refusedOwnId() && reason.startsWith('its request is refused')
      if (effect === undefined || isOurs) continue
      const real = effect === 'works' || effect === 'degraded' ? 'works' : 'breaks'
      const why = `${id}: ${reason.slice(0, 200)}`
      cells.push({ server: kind, client: profile.id, flow, predicted: answer, real, why })
    }
  }
}
printConfusion(cells)
if (flags.write === true) publishFlows(cells, flags.draw === undefined ? 'flows' : 'blind')
