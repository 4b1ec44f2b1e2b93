/** Terminals and wrappers such as npx deliver one Ctrl-C twice; within this time it counts once. */
const SAME_PRESS_MS = 500

/** The first Ctrl-C stops sending and lets the results be written; the second ends the process. */
export function listenForStop(): AbortSignal {
  const controller = new AbortController()
  let first = 0
  const onSignal = (): void => {
    if (first === 0) {
      first = Date.now()
      // Whoever draws clears the line first.
      controller.abort(new Error('interrupted'))
      process.stderr.write('Stopping: writing what is there. Press Ctrl-C again to end at once.\n')
    } else if (Date.now() - first > SAME_PRESS_MS) {
      // The runner hides the cursor, and will not come to show it again.
      if (process.stdout.isTTY) process.stdout.write('\u001b[?25h')
      process.exit(130)
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  // The terminal is closed: the results are written all the same.
  process.on('SIGHUP', onSignal)
  return controller.signal
}
