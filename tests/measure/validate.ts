// Are the answers about clients right? Predictions from checks alone, against what the real clients
// did, on faults that were not used to find out what clients need:
//
// - the mutants of all other checks, as `measure:clients` met them
// - two missing needs at once
// - one event or field at random dropped or changed, never looked at while needs were learnt
// - aimock, a server that nobody here wrote
//
// `npm run validate:clients` writes `specs/clients/agreement.json`.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startReference } from '../../reference/main.ts'
import { loadImpact, worst, type Effect } from '../../src/clients/impact.ts'
import { loadProfiles, type Mode } from '../../src/clients/profile.ts'
import { resolveTargets } from '../../src/cli/targets.ts'
import { randomFrom } from '../../src/kit.ts'
import { packageRoot } from '../../src/root.ts'
import type { JsonObject, Mutant, Sabotage, Verdict } from '../../src/types.ts'
import { NEEDS } from '../../suites/clients/needs/all.ts'
import { allChecks, ask, EVERYTHING } from '../bench.ts'
import { drawDamage, type Damage } from './damage.ts'
import { startMock } from './mock.ts'
import { modeOfFlow } from './mode.ts'
import { together } from './together.ts'
import { openTrier, STATE, type Trial } from './trial.ts'

const PAIRS = 40
const DAMAGES = 80
const KEY = 'reference-key-of-a-validation'
/** What a client does only when its user asks for it. */
const OPTIONAL: readonly string[] = [...STATE, 'chained']

const file = join(packageRoot, 'specs', 'clients', 'agreement.json')
const { clients: measured, checks } = loadImpact()
const clients = Object.keys(measured)
const KINDS = ['mutants', 'pairs', 'damage', 'aimock'] as const

interface Case {
  readonly kind: (typeof KINDS)[number]
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
  const asked = await ask(
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
  return worst(
    Object.entries(flows)
      .filter(([flow]) => !OPTIONAL.includes(flow) && modeOfFlow(client, flow) === mode)
      .map(([, effect]) => effect),
  )
}

/** Another seed draws other damage: `--seed=text`. */
const seed = process.argv.find((word) => word.startsWith('--seed='))?.slice(7) ?? 'second'

const cases: Case[] = []

function compare(
  kind: Case['kind'],
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

async function predictWith(sabotage: Sabotage): Promise<Outcomes> {
  // Each client meets a provider that remembers nobody else.
  const alone = clients.map(async (client) => {
    const reference = await startReference({ keys: [KEY], sabotage })
    const predictions = await predict(reference.url, [client])
    await reference.close()
    return predictions
  })
  return Object.assign({}, ...(await Promise.all(alone))) as Outcomes
}

async function mutants(): Promise<void> {
  for (const { check, yardstick } of await allChecks()) {
    const met = checks[check.id]
    const mutant: Mutant = check.mutant
    if (met === undefined || yardstick !== 'openai') continue
    if ((mutant.dialect ?? 'openai') !== 'openai') continue
    const predictions = await predictWith(mutant)
    for (const client of clients) {
      const one = met[client]
      if (one !== undefined) compare('mutants', check.id, client, predictions, one.flows ?? {})
    }
  }
}

async function pairs(): Promise<void> {
  const random = randomFrom('pairs of faults')
  const drawn = Array.from({ length: PAIRS }, () => {
    const first = Math.floor(random() * NEEDS.length)
    const second = (first + 1 + Math.floor(random() * (NEEDS.length - 1))) % NEEDS.length
    return [NEEDS[first]!, NEEDS[second]!] as const
  })
  await tryOut(
    'pairs',
    drawn.map(([a, b]) => ({
      fault: `${a.id} + ${b.id}`,
      sabotage: together([a.mutant, b.mutant]),
    })),
  )
}

async function damage(): Promise<void> {
  const events = await streamOf('Call get_weather once for each of: Paris, Oslo.')
  const spoken = await streamOf('Reply with exactly: hello')
  await tryOut('damage', drawDamage([...events, ...spoken], DAMAGES, randomFrom(seed)))
}

/** What the right provider streams. */
async function streamOf(input: string): Promise<readonly JsonObject[]> {
  const reference = await startReference({ keys: [KEY] })
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  }
  const answer = await fetch(`${reference.url}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'reference',
      stream: true,
      input,
      tools: [{ type: 'function', name: 'get_weather', parameters, strict: false }],
    }),
  })
  const text = await answer.text()
  await reference.close()
  return [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data!) as JsonObject)
}

async function tryOut(kind: Case['kind'], faults: readonly Damage[]): Promise<void> {
  const predictions = new Map<string, Outcomes>()
  for (const { fault, sabotage } of faults) predictions.set(fault, await predictWith(sabotage))
  const queue = [...clients].toReversed()
  const work = async (): Promise<void> => {
    for (let client = queue.shift(); client !== undefined; client = queue.shift()) {
      const trier = await openTrier(client)
      for (const { fault, sabotage } of faults) {
        const trials = await trier.attempt(sabotage, false)
        if (Object.keys(trials).length === 0) continue
        compare(kind, fault, client, predictions.get(fault)!, effects(trials))
      }
      await trier.close()
    }
  }
  await Promise.all([work(), work()])
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

function effects(trials: Readonly<Record<string, Trial>>): Readonly<Record<string, Effect>> {
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
  const byKind = Object.fromEntries(
    KINDS.map((kind) => [kind, figures(cases.filter((one) => one.kind === kind))]),
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

const only = process.argv.slice(2).filter((word) => !word.startsWith('--'))
for (const [kind, go] of Object.entries({ mutants, pairs, damage, aimock })) {
  if (only.length > 0 && !only.includes(kind)) continue
  const started = Date.now()
  await go()
  console.log(`${kind}: ${Math.round((Date.now() - started) / 1000)} s`)
}
write()
