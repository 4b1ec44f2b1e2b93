// Are the answers about clients right? Predictions from checks alone, against what the real clients
// did, on faults that are not the mutants of needs:
//
// - the mutants of all other checks, as `clients:measure` met them
// - the draws of `draws.ts`, as `measure:draws` met them
// - aimock, a server that nobody here wrote
//
// `npm run validate:clients [-- <kind or draw> …]` writes `specs/clients/agreement.json`.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startReference } from '../../reference/main.ts'
import { loadImpact, worstEffectOf, type Effect } from '../../src/clients/measured-impact.ts'
import { clientProfileOf, loadProfiles, type Mode } from '../../src/clients/profile.ts'
import { resolveTargets } from '../../src/target/resolve-targets.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import type { Mutant, Mutation, Verdict } from '../../src/types/index.ts'
import { listAllChecks, askTarget, EVERYTHING } from '../prove.ts'
import { drawFaults, type Draw } from './draw-faults.ts'
import { startMock } from './mock.ts'
import { modeOfFlow } from './mode-of-flow.ts'
import { loadOutcomes } from './outcomes.ts'
import { openTrier, STATE, type MeasuredTrial } from './trial.ts'

const KEY = 'reference-key-of-a-validation'
/** What a client does only when its user asks for it. */
const OPTIONAL: readonly string[] = [...STATE, 'chained']

const file = join(packageRoot, 'specs', 'clients', 'agreement.json')
const { clients: measured, checks } = loadImpact()
const clients = Object.keys(measured).filter((client) => clientProfileOf(client) !== undefined)

interface Case {
  /** `mutants`, `aimock`, or the draw that the fault comes from. */
  readonly kind: string
  readonly fault: string
  readonly client: string
  readonly mode: Mode
  readonly predicted: 'works' | 'breaks' | 'unknown'
  readonly real: Effect
  /** The checks that failed, or the flows that suffered. */
  readonly because: readonly string[]
}

/** Outcomes of one fault by client and mode. */
type Outcomes = Readonly<Record<string, Readonly<Partial<Record<Mode, Outcome>>>>>
interface Outcome {
  readonly predicted: Case['predicted']
  readonly because: readonly string[]
}

process.env['VALIDATION_KEY'] = KEY

async function predict(baseUrl: string, some: readonly string[] = clients): Promise<Outcomes> {
  const [target] = resolveTargets([], {
    ...EVERYTHING,
    baseUrl,
    model: 'reference',
    apiKeyEnv: 'VALIDATION_KEY',
    deadline: 4,
    concurrency: 8,
  })
  const asked = await askTarget(
    { ...target!, yardsticks: ['openai'] },
    { checks: some.map((client) => `clients/${client}/*`) },
  )
  const verdicts = (await Promise.all(asked.cases.map((planned) => asked.decide(planned)))).flat()
  await asked.close()
  return Object.fromEntries(
    loadProfiles()
      .filter(({ id }) => some.includes(id))
      .map(({ id, modes }) => [
        id,
        Object.fromEntries(
          Object.entries(modes).map(([mode, { needs }]) => [
            mode,
            conclude(
              verdicts.filter(({ check }) => check.startsWith(`clients/${id}/${mode}/`)),
              needs,
            ),
          ]),
        ),
      ]),
  )
}

function conclude(rows: readonly Verdict[], needs: Readonly<Record<string, string>>): Outcome {
  const failing = rows
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
    .map(({ check }) => check.split('/').at(-1)!)
    .filter((need) => needs[need] !== 'degraded')
  if (failing.length > 0) return { predicted: 'breaks', because: failing }
  const isDoubtful = rows.length === 0 || rows.some(({ outcome }) => outcome === 'inconclusive')
  return { predicted: isDoubtful ? 'unknown' : 'works', because: [] }
}

function real(client: string, mode: Mode, flows: Readonly<Record<string, Effect>>): Effect {
  return worstEffectOf(
    Object.entries(flows)
      .filter(([flow]) => !OPTIONAL.includes(flow) && modeOfFlow(client, flow) === mode)
      .map(([, effect]) => effect),
  )
}

const cases: Case[] = []

function compare(
  kind: string,
  fault: string,
  client: string,
  predictions: Outcomes,
  flows: Readonly<Record<string, Effect>>,
): void {
  for (const [mode, { predicted, because }] of Object.entries(predictions[client]!) as [
    Mode,
    Outcome,
  ][]) {
    const effect = real(client, mode, flows)
    const suffering = Object.keys(flows).filter((flow) => flows[flow] !== 'works')
    cases.push({
      kind,
      fault,
      client,
      mode,
      predicted,
      real: effect,
      because: because.length > 0 ? because : suffering,
    })
  }
}

async function predictWith(mutation: Mutation): Promise<Outcomes> {
  // Each client meets a provider that remembers nobody else.
  const alone = clients.map(async (client) => {
    const reference = await startReference({ keys: [KEY], mutant: mutation })
    const predictions = await predict(reference.url, [client])
    await reference.close()
    return predictions
  })
  return Object.assign({}, ...(await Promise.all(alone))) as Outcomes
}

async function mutants(): Promise<void> {
  for (const { check, yardstick } of await listAllChecks()) {
    const met = checks[check.id]
    const mutant: Mutant = check.mutants[0]
    if (met === undefined || yardstick !== 'openai') continue
    if ((mutant.dialect ?? 'openai') !== 'openai') continue
    const predictions = await predictWith(mutant)
    for (const client of clients) {
      const one = met[client]
      if (one !== undefined) compare('mutants', check.id, client, predictions, one.flows ?? {})
    }
  }
}

async function drawn({ id, faults }: Draw): Promise<void> {
  const outcomes = loadOutcomes()[id] ?? {}
  for (const { fault, sabotage: mutation } of faults) {
    const met = outcomes[fault]
    if (met === undefined) continue
    const predictions = await predictWith(mutation)
    for (const client of clients) {
      if (met[client] !== undefined) compare(id, fault, client, predictions, met[client])
    }
  }
}

async function aimock(): Promise<void> {
  const server = await startMock()
  const predictions = await predict(server.url)
  for (const client of clients) {
    const trier = await openTrier(client, { elsewhere: server.url })
    compare('aimock', 'aimock', client, predictions, effects(await trier.attempt({}, false)))
    await trier.close()
  }
  await server.stop()
}

function effects(
  trials: Readonly<Record<string, MeasuredTrial>>,
): Readonly<Record<string, Effect>> {
  return Object.fromEntries(Object.entries(trials).map(([flow, { effect }]) => [flow, effect]))
}

// ── figures ──────────────────────────────────────────────────────────────────

const broke = ({ real: effect }: Case): boolean => effect !== 'works' && effect !== 'degraded'

function figures(some: readonly Case[]): object {
  const known = some.filter(({ predicted }) => predicted !== 'unknown')
  const broken = known.filter(broke)
  const said = (word: Case['predicted']): readonly Case[] =>
    known.filter(({ predicted }) => predicted === word)
  const works = said('works')
  const breaks = said('breaks')
  return {
    cases: some.length,
    unknown: some.length - known.length,
    broke: broken.length,
    brokeAsPredicted: broken.filter(({ predicted }) => predicted === 'breaks').length,
    predictedToWork: works.length,
    workedAsPredicted: works.filter((one) => !broke(one)).length,
    predictedToBreak: breaks.length,
    brokeOfThese: breaks.filter(broke).length,
  }
}

function write(): void {
  const byClient = Object.fromEntries(
    clients.map((client) => [client, figures(cases.filter((one) => one.client === client))]),
  )
  const kinds = [...new Set(cases.map(({ kind }) => kind))]
  const byKind = Object.fromEntries(
    kinds.map((kind) => {
      const own = cases.filter((one) => one.kind === kind)
      const perClient = clients.map((client) => [
        client,
        figures(own.filter((one) => one.client === client)),
      ])
      return [kind, { all: figures(own), clients: Object.fromEntries(perClient) }]
    }),
  )
  const disagreements = cases.filter(
    (one) => one.predicted !== 'unknown' && (one.predicted === 'breaks') !== broke(one),
  )
  const rows = disagreements
    .map((one) => `    ${JSON.stringify({ ...one, because: one.because.slice(0, 5) })}`)
    .join(',\n')
  writeFileSync(
    file,
    `${JSON.stringify({ validated: new Date().toISOString().slice(0, 10), all: figures(cases), clients: byClient, kinds: byKind }, null, 2).replace(/\n\}$/, '')},
  "disagreements": [
${rows}
  ]
}
`,
  )
  console.log(readFileSync(file, 'utf8').split('"disagreements"')[0])
}

const only = process.argv.slice(2)
const drawnKinds = (await drawFaults()).map((draw) => [draw.id, () => drawn(draw)] as const)
for (const [kind, go] of [['mutants', mutants], ...drawnKinds, ['aimock', aimock]] as const) {
  if (only.length > 0 && !only.includes(kind)) continue
  const started = Date.now()
  await go()
  console.log(`${kind}: ${Math.round((Date.now() - started) / 1000)} s`)
}
write()
