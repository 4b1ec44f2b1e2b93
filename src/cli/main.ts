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
process.exitCode = await main(argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  listenForStop,
})

// The command has ended, and all is written: what is alive now is a worker that was told to stop and
// is in a loop of its own. No signal reaches that; it ends with the process.
setInterval(() => {
  if (stdout.writableLength + stderr.writableLength === 0) process.exit()
}, 1_000).unref()
