// A gateway that nobody here wrote, in front of the reference and of aimock: whatever fails is its own
// doing, or that of the server behind it, and was looked at by hand.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { resolveTargets } from '../../../src/target/resolve-targets.ts'
import type { Target } from '../../../src/target/target-and-keys.ts'
import type { Verdict } from '../../../src/types/index.ts'
import { askTarget, startProving } from '../../prove.ts'
import { startAimock } from './aimock.ts'
import { startPortkey } from './portkey.ts'

const read = (file: string): readonly string[] =>
  Object.keys(parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as object)
const gateways = read('portkey.yaml')

async function failuresBehind(
  behind: string,
  target: Target,
): Promise<ReadonlyMap<string, Verdict>> {
  const gateway = await startPortkey(behind)
  try {
    const asked = await askTarget(
      { ...target, baseUrl: gateway.url, headers: gateway.headers, yardsticks: ['openai'] },
      {},
    )
    const verdicts = (await Promise.all(asked.cases.map((planned) => asked.decide(planned)))).flat()
    await asked.close()
    return new Map(
      verdicts.filter(({ outcome }) => outcome === 'fail').map((row) => [row.check, row]),
    )
  } finally {
    await gateway.stop()
  }
}

test('in front of the reference it fails what is its own fault, and nothing else', async () => {
  const proving = await startProving('openai', [])
  try {
    const failing = await failuresBehind(proving.url, proving.target)
    expect([...failing.keys()].toSorted()).toEqual(gateways)
  } finally {
    await proving.close()
  }
})

test('in front of aimock it fails nothing that neither of them is known for', async () => {
  const server = await startAimock()
  try {
    const options = { baseUrl: server.url, model: 'gpt-x', concurrency: 8 }
    const [target] = resolveTargets([], options)
    const failing = await failuresBehind(server.url, target!)
    // Bodies of another kind get no further than the gateway, which answers 500.
    const own = ['errors/grid/text-as-body', 'errors/grid/list-as-body']
    const known = [...gateways, ...own, ...read('aimock.yaml')]
    const strange = [...failing.values()].filter(({ check }) => !known.includes(check))
    expect(
      strange.map(
        ({ check, findings: [first] }) =>
          `${check}: ${first?.at} expected ${first?.expected}, got ${first?.actual}`,
      ),
    ).toEqual([])
  } finally {
    await server.stop()
  }
})
