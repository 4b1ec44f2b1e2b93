// Every check is red on each of the wrong providers that it exists to catch, and these reach every
// place of it that produces a finding. `CHECK='tool/*'` proves some checks only, and the places of
// their suites.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'
import { nameMutants } from '../../src/plan/mutant-names.ts'
import { casesOf } from '../../src/plan/plan.ts'
import { matchesGlob } from '../../src/plan/selection.ts'
import type { Dialect, Verdict } from '../../src/types/index.ts'
import { findPlaces, listFiles, type AccusingPlace } from './branches/places.ts'
import { accusers, recordFor } from './branches/record.ts'
import { watchMutant, type Effects } from './branches/effects.ts'
import { families, isShownByEmulation, judgeShown, play, spoil, vendors } from './documented.ts'
import { startVendor, VENDORS } from '../loopback/vendors/emulated-vendor.ts'
import { listAllChecks, askTarget, startProving, type Proving } from '../prove.ts'

/** Two whose pages say what no vendor's page says: of the end and the numbers of streams, and of `store`. */
const PROVIDERS = ['upstage', 'groq']

const glob = process.env['CHECK'] ?? '*'
const checks = (await listAllChecks()).filter(({ check }) => matchesGlob(glob, check.id))
const watched = checks.flatMap(({ check, yardstick }) =>
  nameMutants(check).map(([name, mutant]) => ({ name, check, yardstick, ...watchMutant(mutant) })),
)
const dialects: readonly Dialect[] = ['openai', 'open-responses']
const proving = new Map<Dialect, Proving>()

beforeAll(async () => {
  const mutations = watched.map(({ mutant }) => mutant)
  for (const dialect of dialects) proving.set(dialect, await startProving(dialect, mutations))
})

afterAll(async () => {
  await Promise.all([...proving.values()].map((each) => each.close()))
})

for (const [index, { name, check, yardstick, mutant, effects }] of watched.entries()) {
  test.concurrent(`${name}: ${mutant.story}`, async () => {
    const { on, dialect = yardstick === 'open-responses' ? 'open-responses' : 'openai' } = mutant
    if (check.scenario === 'every') {
      expect(on, 'it names no scenario that shows its mutant').toBeDefined()
    }
    const { target } = proving.get(dialect)!
    const headers = { 'x-mutant': String(index) }
    const asked = await askTarget({ ...target, headers })
    try {
      const scenarios = check.scenario === 'every' ? [on!] : [check.scenario]
      const own = asked.cases.filter((planned) => planned.check === check.id)
      const verdicts = (
        await recordFor(check.id, () =>
          Promise.all(own.map((planned) => asked.decide(planned, scenarios))),
        )
      ).flat()
      const caught = verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
      expect(caught.length, `no verdict noticed it: ${verdicts.map(sentence).join('; ')}`).not.toBe(
        0,
      )
      expect(caught[0]?.findings[0]).toMatchObject({
        expected: expect.stringMatching(/./),
        actual: expect.stringMatching(/./),
      })
      expect(flawsOf(effects)).toEqual([])
    } finally {
      await asked.close()
    }
  })
}

function sentence({ yardstick, outcome, reason, note }: Verdict): string {
  return [yardstick, outcome, reason, note].filter((part) => part !== undefined).join(' ')
}

/** A mutant is wrong in one thing: a provider that says nothing at all is red for any check. */
function flawsOf({ changed, emptied, kept }: Effects): readonly string[] {
  return [
    ...(changed === 0 ? ['it changed nothing that was asked, said or sent'] : []),
    ...(emptied > 0 && kept === 0 ? ['each of its answers is empty or a 5xx'] : []),
  ]
}

test('the stories of a check differ', () => {
  for (const { check } of checks) {
    const stories = check.mutants.map(({ story }) => story)
    expect([check.id, [...new Set(stories)]]).toEqual([check.id, stories])
  }
})

// What the reference has no documents for is shown by the vendors who have: without a request.
describe.each(vendors.map((contract) => ({ id: contract.id, contract })))(
  'cases of $id',
  ({ contract }) => {
    const cases = families
      .flatMap((family) => casesOf(family, contract))
      .filter(({ id }) => matchesGlob(glob, id))

    test('are red on their mutants', () => {
      for (const check of cases.filter((one) => !isShownByEmulation(one))) {
        const shown = play(contract, check)
        for (const [name, mutant] of nameMutants(check)) {
          if (mutant.reply === undefined) continue
          const { kind } = recordFor(check.id, () =>
            judgeShown(contract, check, spoil(check, mutant, shown)),
          )
          expect([name, ['violated', 'ignored'].includes(kind)]).toEqual([name, true])
        }
      }
    })
  },
)

// What only an answer as it is printed shows: the emulated vendors give it.
describe.each([...VENDORS, ...PROVIDERS])('sentences and printed answers of %s', (vendor) => {
  const contract = vendors.find(({ id }) => id === vendor)!
  const cases = families
    .flatMap((family) => casesOf(family, contract))
    .filter((check) => isShownByEmulation(check) && matchesGlob(glob, check.id))

  test('are red on their mutants', async () => {
    if (cases.length === 0) return
    const emulated = await startVendor(vendor)
    try {
      for (const check of cases) {
        for (const [name, mutant] of nameMutants(check)) {
          const verdicts = await recordFor(check.id, () => emulated.judge(mutant, [check.id]))
          const outcomes = verdicts.map(({ outcome }) => outcome)
          const isNoticed = outcomes.some((outcome) => outcome === 'fail' || outcome === 'warn')
          // Nobody else has what a sample asks for.
          const isUnsent = outcomes.every((outcome) => outcome === 'not-applicable')
          // Who refuses the plainest question refuses every question, and nothing is decided.
          const isShut =
            check.id.endsWith('/request-input-string') &&
            outcomes.every((outcome) => outcome === 'inconclusive')
          expect([name, isNoticed || isUnsent || isShut, outcomes]).toEqual([name, true, outcomes])
        }
      }
    } finally {
      await emulated.close()
    }
  })
})

// ── places ───────────────────────────────────────────────────────────────────

describe('places that produce a finding', () => {
  const files = listFiles().filter((file) => glob === '*' || isOfChecks(file))
  const places = files.flatMap((file) =>
    findPlaces(file, readFileSync(join(packageRoot, file), 'utf8')),
  )

  test('are each reached by a mutant', () => {
    // Of some checks alone nobody can tell what others prove of the code that they share.
    const unreached = places.filter(
      (place) => !isProven(place) && (glob === '*' || ownerOf(place) !== undefined),
    )
    expect(
      unreached.map(({ file, line, source }) => `${file}:${line}  ${source}`),
      'No mutant of the check reaches these places. Add one to its `mutants`: a provider that is wrong in this one thing.',
    ).toEqual([])
  })
})

/** Checks prove their own file; what they share is proven by any of them. */
function isProven(place: AccusingPlace): boolean {
  const by = accusers.get(place.id)
  const owner = ownerOf(place)
  return by !== undefined && (owner === undefined || by.has(owner))
}

/** The check whose file it is. */
function ownerOf({ file }: AccusingPlace): string | undefined {
  const [, feature, name] = /^suites\/([^/]+)\/checks\/([^/]+)\.ts$/.exec(file) ?? []
  return name === undefined ? undefined : `${feature}/${name}`
}

/** Whether a file belongs to the checks that are proven: it is one of them, or shared by their whole suite. */
function isOfChecks(file: string): boolean {
  const [, feature, isCheck, name] = /^suites\/([^/]+)\/(checks\/)?(.*)\.ts$/.exec(file) ?? []
  if (isCheck !== undefined) return matchesGlob(glob, `${feature}/${name}`)
  return glob === `${file.startsWith('src/stream/') ? 'streaming' : feature}/*`
}
