// npx tsx tests/measure/facts.ts <vendor> <file of "number|fact|break" lines>: who notices each break.
import { readFileSync } from 'node:fs'
import { breakFact } from '../loopback/vendors/break-fact.ts'
import { startVendor } from '../loopback/vendors/emulated-vendor.ts'
import type { Verdict } from '../../src/types/index.ts'

const [vendor = '', file = '', only] = process.argv.slice(2)
const lines = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split('|'))
const emulated = await startVendor(vendor)
const key = (row: Verdict): string => `${row.check} ${row.scenario}`
const before = new Map((await emulated.judge(undefined)).map((row) => [key(row), row]))
console.log('baseline fails', [...before.values()].filter(({ outcome }) => outcome === 'fail').map((r) => r.check + ' ' + r.findings[0]?.actual))
for (const [number, fact, how] of lines) {
  if (how!.startsWith('!') || (only !== undefined && !only.split(',').includes(number!))) continue
  let mutation
  try { mutation = breakFact(how!) } catch (error) { console.log(number, fact, 'NO VERB', how); continue }
  const rows = await emulated.judge(mutation)
  const worse = (outcome: string) => rows.filter((row) => row.outcome === outcome && before.get(key(row))?.outcome !== outcome && before.get(key(row))?.outcome !== 'fail').map(({ check, reason }) => check + (reason === undefined ? '' : `(${reason})`))
  const red = worse('fail'), yellow = worse('warn'), open = worse('inconclusive')
  console.log(number, red.length > 0 ? 'RED ' : yellow.length > 0 ? 'WARN' : open.length > 0 ? 'OPEN' : 'MISS', fact, '|', how, '|', [...red, '/', ...yellow, '/', ...open.slice(0,3)].slice(0, 40).join(' '))
}
await emulated.close()
