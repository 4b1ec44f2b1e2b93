// Scenarios of background runs.

import { defineScenario } from '../../src/authoring/define.ts'
import type { WireRequest } from '../../src/types/index.ts'
import { cancel, retrieve, untilEnded } from '../common/requests.ts'

const BACKGROUND = 'request /background = true'
const SHORT = 'Count from 1 to 20 in English words.'
const LONG = 'Count from 1 to 1000 in English words.'

export const background = defineScenario<'start' | 'ended' | 'streamed' | 'cancelled'>({
  id: 'lifecycle/background',
  title: 'A background run, polled to its end',
  hinges: [BACKGROUND],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    start: {
      request: (kit) => kit.ask(SHORT, { background: true, store: true }),
      expect: 'success',
    },
    ended: {
      request: (kit) => untilEnded(retrieve(kit.prior('start'))),
      expect: 'success',
    },
    streamed: {
      request: (kit) => retrieve(kit.prior('start'), [['stream', 'true']]),
      expect: 'refusal',
    },
    cancelled: { request: (kit) => cancel(kit.prior('start')), expect: 'success' },
  },
})

export const aborted = defineScenario<'start' | 'cancelled' | 'again' | 'later'>({
  id: 'lifecycle/aborted',
  title: 'A background run, cancelled twice',
  hinges: [BACKGROUND, 'operation cancel'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    start: {
      request: (kit) => kit.ask(LONG, { background: true, store: true, max_output_tokens: 6000 }),
      expect: 'success',
    },
    cancelled: { request: (kit) => cancel(kit.prior('start')), expect: 'success' },
    again: { request: (kit) => cancel(kit.prior('start')), expect: 'success' },
    later: {
      // Asked again for a while: a cancelled run must not come to an end after all.
      request: (kit): WireRequest => ({
        ...retrieve(kit.prior('start')),
        repeatUntil: { at: '/status', oneOf: ['completed'], everyMs: 1500, limitMs: 4000 },
      }),
      expect: 'success',
    },
  },
})

/** The events that are read before the connection is dropped. */
export const READ = 3

export const interrupted = defineScenario<'start' | 'ended' | 'replay' | 'resume'>({
  id: 'lifecycle/interrupted',
  title: 'A streamed background run whose connection drops, replayed and resumed',
  hinges: [BACKGROUND, 'request /stream = true'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    start: {
      request: (kit) => ({
        ...kit.ask(SHORT, { background: true, stream: true, store: true }),
        abortAfter: READ,
      }),
      expect: 'success',
    },
    ended: { request: (kit) => untilEnded(retrieve(kit.prior('start'))), expect: 'success' },
    replay: {
      request: (kit) =>
        retrieve(kit.prior('start'), [
          ['stream', 'true'],
          ['include_obfuscation', 'false'],
        ]),
      expect: 'success',
    },
    resume: {
      request: (kit) =>
        retrieve(kit.prior('start'), [
          ['stream', 'true'],
          ['starting_after', String(READ)],
        ]),
      expect: 'success',
    },
  },
})
