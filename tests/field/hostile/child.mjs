// A run in a process of its own, so that its memory is its own: targets come on stdin.

import { readFileSync } from 'node:fs'

const { built, options } = JSON.parse(readFileSync(0, 'utf8'))
const { openStore } = await import(`${built}/src/evidence/saved-exchanges.js`)
const { runTargets } = await import(`${built}/src/run/run-in-worker.js`)
const { writeReports } = await import(`${built}/src/run/print-and-write-reports.js`)
const { removeSecrets } = await import(`${built}/src/target/secret-scan.js`)
const { secretsOf } = await import(`${built}/src/target/target-and-keys.js`)

const started = Date.now()
const { result, harness, budget } = await runTargets({ ...options, documents: [] })
const wallMs = Date.now() - started
await writeReports(result, {
  evidence: openStore(`${options.out}/evidence`).load,
  verbose: true,
  out: options.out,
  format: 'text',
})
const secrets = removeSecrets(options.out, options.targets.flatMap(secretsOf))
process.stdout.write(
  `\n${JSON.stringify({ harness, budget, secrets, wallMs, maxRssMB: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
)
process.exitCode = 0
