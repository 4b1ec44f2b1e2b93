// A right server with a weak model behind it is accused of nothing, and praised for nothing that
// only a model that hears could show.

import { expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { WEAK_MODELS, type WeakModel } from '../../../reference/model/weak-models.ts'
import { createBuiltInTarget } from '../../../src/run/built-in-provider.ts'
import type { Dialect, Verdict } from '../../../src/types/index.ts'
import { askTarget, listAllChecks } from '../../prove.ts'

const KEYS = ['reference-key-of-the-first-account', 'reference-key-of-the-second-account']

async function rowsOf(weak: WeakModel | undefined, dialect: Dialect): Promise<readonly Verdict[]> {
  process.env['RESPONSES_CONFORMANCE_REFERENCE_KEY'] = KEYS[0]
  process.env['RESPONSES_CONFORMANCE_REFERENCE_SECOND_KEY'] = KEYS[1]
  const server = await startReference({
    keys: KEYS,
    dialect,
    ...(weak === undefined ? {} : { weak }),
  })
  try {
    const asked = await askTarget(createBuiltInTarget(dialect, server.url, {}), {})
    const verdicts = await Promise.all(asked.cases.map((planned) => asked.decide(planned)))
    await asked.close()
    return verdicts.flat()
  } finally {
    await server.close()
  }
}

const both: readonly Dialect[] = ['openai', 'open-responses']
const trials = WEAK_MODELS.flatMap((weak) => both.map((dialect) => [weak, dialect] as const))

test.each(trials)('%s, %s: no red', async (weak, dialect) => {
  const rows = await rowsOf(weak, dialect)
  const red = rows.filter(({ outcome }) => outcome === 'fail')
  expect(
    red.map(
      ({ check, scenario, findings: [first] }) =>
        `${check} ${scenario} ${first?.at} ${first?.actual}`,
    ),
  ).toEqual([])
})

/** Checks whose first mutant drops what was said in one place. */
const DROPPED = [
  'message-style/hears-a-string',
  'message-style/hears-instructions',
  'message-style/hears-developer-messages',
  'message-style/hears-system-messages',
  'message-style/hears-its-own-words',
  'message-style/hears-every-part',
  'message-style/takes-its-output-back',
  'stateful/continues-a-function-call',
  'stateful/continues-a-streamed-response',
  'stateful/remembers-over-three-turns',
  'tool/completes-a-loop',
  'tool/custom-call-is-used',
  'tool/hears-output-parts',
  'image/reads-a-png',
  'file/reads-a-pdf',
]

const all = await listAllChecks()

test.each(DROPPED)('%s: dropped before a model that hears nothing, and still red', async (id) => {
  const [mutant] = all.find(({ check }) => check.id === id)!.check.mutants
  const server = await startReference({ keys: KEYS, mutant, weak: 'last' })
  try {
    const target = createBuiltInTarget('openai', server.url, {})
    const asked = await askTarget(target, { checks: [id] })
    const rows = await Promise.all(asked.cases.map((planned) => asked.decide(planned)))
    await asked.close()
    const outcomes = rows.flat().filter(({ check }) => check === id)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(outcomes.map(() => 'fail'))
  } finally {
    await server.close()
  }
})
