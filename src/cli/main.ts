#!/usr/bin/env node
// The executable: the command in this process's environment.

import { delayOptimization } from '../base/delay-optimization.ts'
import { main } from './program.ts'
import { listenForStop } from './terminal/interrupt.ts'

// Whoever reads may stop reading (`| head`), and a terminal may be closed: what goes into files is finished all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })
}

delayOptimization()
const { stdout, stderr, env, argv } = process
const code = await main(argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  listenForStop,
})
process.exitCode = code
// The runner has a code of its own for a worker that had to be killed.
process.on('exit', () => (process.exitCode = code))

// The command has ended, and all is written: whatever keeps the process alive now is nobody's.
setInterval(() => {
  if (stdout.writableLength + stderr.writableLength === 0) process.exit()
}, 1_000).unref()
