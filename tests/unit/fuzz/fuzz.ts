// Tries the properties with ever new seeds: `npm run fuzz [minutes]`, ten unless given. Ends with 1 at
// the first that does not hold, with the seed that repeats it and the smallest input that was found.

import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { PROPERTIES } from './properties.ts'

const MOST_MEMORY_MB = 512
const minutes = Number(process.argv[2] ?? 10)
const end = Date.now() + minutes * 60_000
let runs = 0
let slowest = { ms: 0, name: '', seed: 0 }

while (Date.now() < end) {
  for (const [name, property] of Object.entries(PROPERTIES)) {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const started = Date.now()
    const details = fc.check(property, { seed, numRuns: 200, endOnFailure: false })
    const ms = Date.now() - started
    if (ms > slowest.ms) slowest = { ms, name, seed }
    runs += details.numRuns
    if (details.failed) {
      process.stdout.write(`${name}\n${fc.defaultReportMessage(details) ?? ''}\n`)
      process.exit(1)
    }
    // What is garbage is not held; decompressors are let go when the loop turns.
    await setImmediate()
    globalThis.gc?.()
    const memory = Math.round(process.memoryUsage().rss / 1024 / 1024)
    if (memory > MOST_MEMORY_MB) {
      process.stdout.write(`${name}, seed ${seed}: ${memory} MB are held\n`)
      process.exit(1)
    }
  }
}
const peak = Math.round(process.resourceUsage().maxRSS / 1024)
process.stdout.write(
  `${runs} inputs, nothing found; at most ${peak} MB; slowest: "${slowest.name}", ${slowest.ms} ms for 200 inputs, seed ${slowest.seed}\n`,
)
