// What each step of each scenario costs on the reference provider, for `plan`: writes fixtures/cost.json.
//
//     npm run measure

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBuiltIn } from '../src/run/built-in-provider.ts'
import { readJournal, JOURNAL } from '../src/evidence/journal.ts'
import { packageRoot } from '../src/base/package-root.ts'
import { runTargets } from '../src/run/run-in-worker.ts'

const file = join(packageRoot, 'fixtures', 'cost.json')
const out = mkdtempSync(join(tmpdir(), 'responses-conformance-cost-'))
const suite = ['websocket', 'hosted-tools', 'clients']
const reference = await startBuiltIn({ suite, expensive: true })
await runTargets({
  targets: reference.targets,
  selection: { suites: 'all' },
  out,
  attempts: 1,
  documents: [],
  seed: 'cost',
})
await reference.close()

const journal = readJournal(join(out, JOURNAL))
const tokens = new Map(
  journal.flatMap((entry) =>
    entry.kind === 'exchange' ? [[entry.id, entry.tokens] as const] : [],
  ),
)
const costs: Record<string, readonly [number, number]> = {}
for (const entry of journal) {
  if (entry.kind !== 'evidence' || entry.attempt > 0) continue
  for (const [step, id] of Object.entries(entry.steps)) {
    const [input, output] = tokens.get(id) ?? [0, 0]
    const [most, longest] = costs[`${entry.scenario}#${step}`] ?? [0, 0]
    costs[`${entry.scenario}#${step}`] = [Math.max(input, most), Math.max(output, longest)]
  }
}
const sorted = Object.entries(costs).toSorted(([a], [b]) => (a < b ? -1 : 1))
const lines = sorted.map(([step, cost]) => `  ${JSON.stringify(step)}: ${JSON.stringify(cost)}`)
const before = readFileSync(file, { encoding: 'utf8', flag: 'a+' })
const after = `{\n${lines.join(',\n')}\n}\n`
writeFileSync(file, after)
rmSync(out, { recursive: true, force: true })
process.stdout.write(`${sorted.length} steps${after === before ? ', as before' : ''}\n`)
