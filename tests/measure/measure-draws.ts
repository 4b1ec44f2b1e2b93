// Runs the real clients against the reference with every fault that was drawn, and writes down what
// came of it: `npm run measure:draws [-- --client <name> --draw <id> --missing]`.

import { parseArgs } from 'node:util'
import { listInstalledClients } from '../../src/drivers/client-folders.ts'
import type { Effect } from '../../src/clients/measured-impact.ts'
import { drawFaults, type Draw } from './draw-faults.ts'
import { loadOutcomes, saveOutcomes } from './outcomes.ts'
import { openTrier, type MeasuredTrial } from './trial.ts'

/** Processes at once. */
const AT_ONCE = 2

const { values: flags } = parseArgs({
  options: {
    client: { type: 'string', multiple: true },
    draw: { type: 'string', multiple: true },
    missing: { type: 'boolean' },
  },
})
const drawn = (await drawFaults()).filter(({ id }) => flags.draw?.includes(id) ?? true)
const queue = drawn.flatMap((draw) =>
  (flags.client ?? listInstalledClients()).map((client) => [draw, client] as const),
)
await Promise.all(Array.from({ length: AT_ONCE }, work))

async function work(): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [draw, client] = next
    const before = loadOutcomes()[draw.id] ?? {}
    const known = Object.values(before).some((one) => one[client] !== undefined)
    if (!(flags.missing === true && known)) await measure(draw, client)
  }
}

async function measure({ id, faults }: Draw, client: string): Promise<void> {
  const started = Date.now()
  const trier = await openTrier(client)
  const mine: Record<string, Record<string, Effect>> = {}
  for (const { fault, sabotage: mutation } of faults) {
    const trials = await trier.attempt(mutation, false)
    if (Object.keys(trials).length > 0) mine[fault] = effects(trials)
  }
  await trier.close()
  // Others may have measured and written meanwhile.
  const outcomes = loadOutcomes()
  outcomes[id] = Object.fromEntries(
    faults.map(({ fault }) => {
      const { [client]: _, ...others } = outcomes[id]?.[fault] ?? {}
      const own = mine[fault]
      return [fault, own === undefined ? others : { ...others, [client]: own }]
    }),
  )
  saveOutcomes(outcomes)
  const met = Object.keys(mine).length
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`${id}, ${client}: met ${met} of ${faults.length} faults in ${seconds} s`)
}

function effects(trials: Readonly<Record<string, MeasuredTrial>>): Record<string, Effect> {
  return Object.fromEntries(Object.entries(trials).map(([flow, { effect }]) => [flow, effect]))
}
