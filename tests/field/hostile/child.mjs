// A run in a process of its own, so that its memory is its own: targets come on stdin.

import { readFileSync } from 'node:fs'

const { built, targets, flags } = JSON.parse(readFileSync(0, 'utf8'))
const { conductRun } = await import(`${built}/src/run/run-and-report.js`)

const started = Date.now()
const { harness, secrets } = await conductRun(targets, flags, { format: 'text' })
const wallMs = Date.now() - started
process.stdout.write(
  `\n${JSON.stringify({ harness, secrets, wallMs, maxRssMB: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
)
process.exitCode = 0
