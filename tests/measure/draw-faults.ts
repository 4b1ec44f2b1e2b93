// Faults that were not used to find out what clients need, by the draw that they come from. A draw
// that was looked into and taught something is said to have been, and a new one is made.

import { startReference } from '../../reference/main.ts'
import { createRandom } from '../../src/request/builder.ts'
import type { JsonObject } from '../../src/types/index.ts'
import { NEEDS } from '../../suites/clients/needs/index.ts'
import { drawDamage, drawDisorder, type Damage, type Disorder, type DamageKind } from './damage.ts'
import { drawMangling } from './mangle-bytes.ts'
import { together } from './together.ts'

const PAIRS = 40
const KEY = 'reference-key-of-a-draw'
const FEW: readonly DamageKind[] = ['drop', 'drop', 'null', 'number', 'text', 'list']
const MORE: readonly DamageKind[] = [...FEW, 'object', 'true', 'empty']

const SOME: readonly Disorder[] = [
  'twice',
  'all but the first of',
  'only the first of',
  'early',
  'late',
]
const ALL: readonly Disorder[] = [
  ...SOME,
  'only the last of',
  'all but the last of',
  'at the beginning',
  'at the end',
  'backwards',
]

export interface Draw {
  readonly id: string
  readonly faults: readonly Damage[]
}

export async function drawFaults(): Promise<readonly Draw[]> {
  const events = [
    ...(await streamOf('Call get_weather once for each of: Paris, Oslo.')),
    ...(await streamOf('Reply with exactly: hello')),
  ]
  const second = drawDamage(events, FEW, 80, createRandom('second'))
  const third = drawDamage(events, MORE, 120, createRandom('third'))
  const disorder = drawDisorder(events, SOME, 40, createRandom('third'))
  const fourth = drawDamage(events, MORE, 140, createRandom('fourth'))
  const more = drawDisorder(events, ALL, 60, createRandom('fourth'))
  const fifth = drawDamage(events, MORE, 130, createRandom('fifth'))
  // All that are left.
  const rest = drawDisorder(events, ALL, 200, createRandom('fifth'))
  const sixth = drawDamage(events, MORE, 80, createRandom('sixth'))
  return [
    { id: 'pairs', faults: pairs() },
    { id: 'damage-2', faults: second },
    { id: 'damage-3', faults: except(third, second) },
    { id: 'disorder-3', faults: disorder },
    { id: 'damage-4', faults: except(fourth, second, third) },
    { id: 'disorder-4', faults: except(more, disorder) },
    { id: 'damage-5', faults: except(fifth, second, third, fourth) },
    { id: 'disorder-5', faults: except(rest, disorder, more) },
    { id: 'damage-6', faults: except(sixth, second, third, fourth, fifth) },
    { id: 'bytes-6', faults: drawMangling(events, 70, createRandom('sixth')) },
  ]
}

/** Those that none of the earlier draws had. */
function except(
  faults: readonly Damage[],
  ...earlier: readonly (readonly Damage[])[]
): readonly Damage[] {
  const known = new Set(earlier.flat().map(({ fault }) => fault))
  return faults.filter(({ fault }) => !known.has(fault))
}

/** Two missing needs at once. */
function pairs(): readonly Damage[] {
  const random = createRandom('pairs of faults')
  const needs = NEEDS.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return Array.from({ length: PAIRS }, () => {
    const first = Math.floor(random() * needs.length)
    const second = (first + 1 + Math.floor(random() * (needs.length - 1))) % needs.length
    const [a, b] = [needs[first]!, needs[second]!]
    return { fault: `${a.id} + ${b.id}`, sabotage: together([a.mutants[0], b.mutants[0]]) }
  })
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
