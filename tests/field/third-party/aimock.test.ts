// A run against a server that nobody here wrote: it ends by itself, finds what is wrong, and accuses
// it of nothing else. `aimock.yaml` says of every failing check whose fault it is, looked at by hand.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { beforeAll, describe, expect, test } from 'vitest'
import { resolveTargets } from '../../../src/target/resolve-targets.ts'
import type { Verdict } from '../../../src/types/index.ts'
import { askTarget } from '../../prove.ts'
import { startAimock } from './aimock.ts'

/** `aimock`: the server differs from OpenAI. `answers`: only because of the answers that we gave it. */
type Fault = { readonly whose: 'aimock' | 'answers'; readonly why: string }

const judged = parse(readFileSync(new URL('aimock.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, Fault>
>

describe('aimock', () => {
  let failing: ReadonlyMap<string, Verdict>

  beforeAll(async () => {
    const server = await startAimock()
    try {
      const [target] = resolveTargets([], { baseUrl: server.url, model: 'gpt-x', concurrency: 8 })
      const asked = await askTarget({ ...target!, yardsticks: ['openai'] }, {})
      const verdicts = (
        await Promise.all(asked.cases.map((planned) => asked.decide(planned)))
      ).flat()
      await asked.close()
      failing = new Map(
        verdicts.filter(({ outcome }) => outcome === 'fail').map((row) => [row.check, row]),
      )
    } finally {
      await server.stop()
    }
  })

  test.each([
    ['events without sequence_number', 'streaming/numbers-its-events'],
    ['usage without details', 'usage/is-whole'],
    ['a response without required fields', 'basic/fields/tools'],
    [
      'an unknown previous_response_id that is answered',
      'stateful/refuses-an-unknown-previous-response',
    ],
    ['errors without param', 'errors/has-an-envelope'],
  ])('finds %s', (_, check) => {
    expect(failing.get(check)?.findings[0]?.expected).toMatch(/./)
    expect(judged[check]?.whose).toBe('aimock')
  })

  test('fails nothing that was not looked at', () => {
    const unknown = [...failing.values()].filter(({ check }) => judged[check] === undefined)
    expect(
      unknown.map(
        ({ check, findings: [first] }) =>
          `${check}: ${first?.at} expected ${first?.expected}, got ${first?.actual}`,
      ),
    ).toEqual([])
  })

  test('lists no failure that is gone', () => {
    expect(Object.keys(judged).filter((check) => !failing.has(check))).toEqual([])
  })
})
