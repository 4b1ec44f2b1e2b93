// Every check is red on each of the wrong providers that it exists to catch, and these reach every
// place of it that produces a finding. `CHECK='tool/*'` proves some checks only, and the places of
// their suites; `UNPROVEN=write` writes down anew which places no mutant reaches yet.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'
import { nameMutants } from '../../src/plan/mutant-names.ts'
import { matchesGlob } from '../../src/plan/selection.ts'
import type { Dialect, Mutant, Verdict } from '../../src/types/index.ts'
import { findPlaces, listFiles, type AccusingPlace } from '../branches/places.ts'
import { accusers, recordFor } from '../branches/record.ts'
import { watchMutant, type Effects } from '../branches/effects.ts'
import { listAllChecks, askTarget, startProving, type Proving } from '../prove.ts'

const glob = process.env['CHECK'] ?? '*'
const checks = await listAllChecks()
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
    const asked = await askTarget({ ...target, headers }, { checks: [check.id] })
    try {
      const scenarios = check.scenario === 'every' ? [on!] : undefined
      const verdicts = (
        await recordFor(check.id, () =>
          Promise.all(asked.cases.map((planned) => asked.decide(planned, scenarios))),
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
      expect(flawsOf(mutant, effects)).toEqual([])
    } finally {
      await asked.close()
    }
  })
}

function sentence({ yardstick, outcome, reason, note }: Verdict): string {
  return [yardstick, outcome, reason, note].filter((part) => part !== undefined).join(' ')
}

/** A mutant is wrong in one thing: a provider that says nothing at all is red for any check. */
function flawsOf({ story }: Mutant, { changed, emptied, kept }: Effects): readonly string[] {
  const isAboutNothing = /\b(nothing|no body|empty|fails?|crash\w*|down|5\d\d|dies|cuts?)\b/.test(
    story,
  )
  return [
    ...(changed === 0 ? ['it changed nothing that was asked, said or sent'] : []),
    ...(emptied > 0 && kept === 0 && !isAboutNothing
      ? ['each of its answers is empty or a 5xx, and its story does not say so']
      : []),
  ]
}

test('the stories of a check differ', () => {
  for (const { check } of checks) {
    const stories = check.mutants.map(({ story }) => story)
    expect([check.id, [...new Set(stories)]]).toEqual([check.id, stories])
  }
})

// ── places ───────────────────────────────────────────────────────────────────

type Unproven = Readonly<Record<string, readonly string[]>>

const listed = new URL('../branches/unproven.json', import.meta.url)

describe('places that produce a finding', () => {
  const files = listFiles().filter((file) => glob === '*' || isOfChecks(file))
  const places = files.flatMap((file) =>
    findPlaces(file, readFileSync(join(packageRoot, file), 'utf8')),
  )

  test('are each reached by a mutant', () => {
    const missing = places.filter((place) => !isProven(place))
    const known = JSON.parse(readFileSync(listed, 'utf8')) as Unproven
    if (process.env['UNPROVEN'] === 'write') {
      const others = Object.entries(known).filter(([file]) => glob !== '*' && !files.includes(file))
      const all = [...others, ...Object.entries(byFile(missing))]
      const sorted = Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)))
      writeFileSync(listed, `${JSON.stringify(sorted, null, 2)}\n`)
      console.log(`${missing.length} of ${places.length} places are reached by no mutant`)
      return
    }
    const accepted = new Map(Object.entries(known).map(([file, list]) => [file, [...list]]))
    const unreached = missing.filter(({ file, source }) => !takeFrom(accepted.get(file), source))
    expect(
      unreached.map(({ file, line, source }) => `${file}:${line}  ${source}`),
      'No mutant of the check reaches these places. Add one to its `mutants`: a provider that is wrong in this one thing.',
    ).toEqual([])
    const stale = [...accepted]
      .filter(([file]) => files.includes(file) || glob === '*')
      .flatMap(([file, list]) => list.map((source) => `${file}  ${source}`))
    expect(
      stale,
      'These are proven, or no more there: UNPROVEN=write takes them off tests/branches/unproven.json.',
    ).toEqual([])
  })
})

/** Checks prove their own file; what they share is proven by any of them. */
function isProven({ id, file }: AccusingPlace): boolean {
  const by = accusers.get(id)
  const [, feature, name] = /^suites\/([^/]+)\/checks\/([^/]+)\.ts$/.exec(file) ?? []
  return by !== undefined && (name === undefined || by.has(`${feature}/${name}`))
}

/** Whether a file belongs to one of the checks that are proven: its own, or one of its suite. */
function isOfChecks(file: string): boolean {
  const [, feature, folder, name] = /^suites\/([^/]+)\/(?:([^/]+)\/)?(.*)\.ts$/.exec(file) ?? []
  if (folder === 'checks') return matchesGlob(glob, `${feature}/${name}`)
  return glob === `${feature}/*`
}

function byFile(places: readonly AccusingPlace[]): Unproven {
  const found: Record<string, string[]> = {}
  for (const { file, source } of places) (found[file] ??= []).push(source)
  return found
}

function takeFrom(list: string[] | undefined, source: string): boolean {
  const at = list?.indexOf(source) ?? -1
  if (at === -1) return false
  list!.splice(at, 1)
  return true
}
