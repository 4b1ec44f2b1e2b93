// Every fault that real clients met, flow by flow: what is predicted of the flow on the reference with this
// fault, against what the client did, as `specs/clients/impact.json` has it: by kind of fault, client and language.
//
// `npm run validate:flows [-- <client> … --write]`; `--write` puts the figures into specs/clients/agreement.json.

import { parseArgs } from 'node:util'
import { startReference } from '../../reference/main.ts'
import { flowsOfClient } from '../../src/clients/flows.ts'
import { loadImpact } from '../../src/clients/measured-impact.ts'
import { loadProfiles } from '../../src/clients/profile.ts'
import { readinessOf } from '../../src/result/client-readiness.ts'
import { recordOf } from '../../src/result/target-and-plan-records.ts'
import { resolveTargets } from '../../src/target/resolve-targets.ts'
import type { Mutant } from '../../src/types/index.ts'
import { NEEDS } from '../../suites/clients/needs/index.ts'
import { askTarget, EVERYTHING, listAllChecks } from '../prove.ts'
import { publishFlows } from './publish-agreement.ts'
import { printConfusion, type Cell } from './confusion.ts'

const KEY = 'reference-key-of-a-validation'
process.env['VALIDATION_KEY'] = KEY
const { values: flags, positionals: only } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' } },
})
const { needs, checks } = loadImpact()

interface Fault {
  readonly kind: string
  readonly id: string
  readonly mutant: Mutant
  readonly met: (typeof needs)[string]
}

const faults: Fault[] = NEEDS.map(({ id, mutants: [mutant] }) => ({
  kind: 'needs',
  id,
  mutant,
  met: needs[id] ?? {},
}))
for (const { check, yardstick } of await listAllChecks()) {
  const met = checks[check.id]
  const mutant: Mutant = check.mutants[0]
  const isOpenai = yardstick === 'openai' && (mutant.dialect ?? 'openai') === 'openai'
  if (met !== undefined && isOpenai) faults.push({ kind: 'checks', id: check.id, mutant, met })
}

const cells: Cell[] = []
for (const { kind, id, mutant, met } of faults) {
  for (const profile of loadProfiles()) {
    const told = met[profile.id]
    if (told === undefined || (only.length > 0 && !only.includes(profile.id))) continue
    const reference = await startReference({ keys: [KEY], mutant })
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
      const effect = told.flows?.[flow] ?? 'works'
      const real = effect === 'works' || effect === 'degraded' ? 'works' : 'breaks'
      const why = `${id}: ${reason.slice(0, 200)}`
      cells.push({ server: kind, client: profile.id, flow, predicted: answer, real, why })
    }
  }
}
printConfusion(cells)
if (flags.write === true) publishFlows(cells)
