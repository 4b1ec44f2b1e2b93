// A right server with a weak model behind it is accused of nothing, and praised for nothing that
// only a model that hears could show.

import { expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { WEAK_MODELS, type WeakModel } from '../../../reference/model/weak-models.ts'
import { createBuiltInTarget } from '../../../src/run/built-in-provider.ts'
import type { Dialect, Verdict } from '../../../src/types/index.ts'
import { askTarget } from '../../prove.ts'

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
