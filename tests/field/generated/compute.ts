// npm run mutate: how many generated faults the checks notice. Survivors are listed in survivors.yaml
// with the reason why nobody has to notice them, or that nobody does.
//
//     npm run mutate [-- <text in the name>]

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { loadContract } from '../../../src/contract/file/load.ts'
import { inTurns } from '../../kill-matrix/turns.ts'
import { watch } from '../../noticed.ts'
import { generateFaults } from './faults.ts'

/** As many scenarios are asked first; only what survives those is asked everywhere. */
const FIRST = 6

const [part = ''] = process.argv.slice(2)
const known = parse(readFileSync(new URL('survivors.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>
const provider = await watch('openai')
const faults = [
  ...generateFaults(
    loadContract('openai'),
    provider.told.map(({ reply }) => reply),
  ),
].filter(([name]) => name.includes(part))
const survivors: string[] = []
let done = 0
await inTurns(faults, 4, async ([name, fault]) => {
  const isNoticed = async (most?: number): Promise<boolean> => {
    const { fail, warn } = await provider.notice(fault, most)
    return fail.length + warn.length > 0
  }
  if (!(await isNoticed(FIRST)) && !(await isNoticed())) survivors.push(name)
  process.stderr.write(`\r${++done} of ${faults.length} faults, ${survivors.length} survive`)
})
await provider.close()
const killed = faults.length - survivors.length
console.log(
  `\n${killed} of ${faults.length} killed (${((100 * killed) / faults.length).toFixed(1)} %)`,
)
for (const name of survivors.toSorted()) console.log(`${name}: ${known[name] ?? 'NOT EXPLAINED'}`)
if (part === '') {
  for (const name of Object.keys(known)) {
    if (!survivors.includes(name)) console.log(`no survivor any more: ${name}`)
  }
}
