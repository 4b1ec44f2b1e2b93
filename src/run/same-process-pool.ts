// A pool of vitest without a process or thread of its own: tests run where the command runs, so that suites
// and contracts are loaded and cases are planned once. Only for checks, contracts and a provider of our own:
// nothing can end a test here that never comes back.

import { EventEmitter } from 'node:events'
import type { PoolRunnerInitializer, PoolWorker } from 'vitest/node'

export function createSameProcessPool(): PoolRunnerInitializer {
  return { name: 'same-process', createPoolWorker: createWorker }
}

function createWorker(): PoolWorker {
  const toRunner = new EventEmitter()
  const toTests = new EventEmitter()
  const { exit } = process
  let isStarted = false
  // As through a port: a copy that arrives after the call.
  const post = (to: EventEmitter, message: unknown): void => {
    const copy: unknown = structuredClone(message)
    setImmediate(() => to.emit('message', copy))
  }
  return {
    name: 'same-process',
    on: (event, callback) => void toRunner.on(event, callback),
    off: (event, callback) => void toRunner.off(event, callback),
    send: (message) => post(toTests, message),
    deserialize: (data) => data,
    async start() {
      if (isStarted) return
      isStarted = true
      const { init, runBaseTests, setupEnvironment } = await import('vitest/worker')
      init({
        post: (response) => post(toRunner, response),
        on: (callback) => void toTests.on('message', callback),
        off: (callback) => void toTests.off('message', callback),
        teardown: () => void toTests.removeAllListeners(),
        runTests: (state, traces) => runBaseTests('run', state, traces),
        collectTests: (state, traces) => runBaseTests('collect', state, traces),
        setup: setupEnvironment,
      })
    },
    async stop() {
      toTests.removeAllListeners()
      // vitest puts one that throws in its place.
      process.exit = exit
    },
  }
}
