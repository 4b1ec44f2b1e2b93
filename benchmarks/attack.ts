// Ten thousand requests that no client should send, and what became of the server.
//
//     npx tsx benchmarks/attack.ts [requests] [seed]

import { startReference } from '../reference/main.ts'
import { attack } from '../tests/loopback/reference/attack.ts'

const [requests = '10000', seed = '1'] = process.argv.slice(2)
const reference = await startReference()
const started = performance.now()
const report = await attack(reference.url, { requests: Number(requests), seed: Number(seed) })
const { rss, heapUsed } = process.memoryUsage()
console.log({
  ...report,
  failures: report.failures.slice(0, 20),
  failed: report.failures.length,
  seconds: Math.round((performance.now() - started) / 1000),
  rssMB: Math.round(rss / 2 ** 20),
  heapMB: Math.round(heapUsed / 2 ** 20),
})
await reference.close()
process.exitCode = report.failures.length === 0 ? 0 : 1
