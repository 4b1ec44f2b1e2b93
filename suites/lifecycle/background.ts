// Scenarios of background runs.

import { defineScenario } from '../../src/authoring/define.ts'
import type { WireRequest } from '../../src/types/index.ts'
import { buildCancel, buildRetrieve, repeatUntilEnded } from '../common/requests.ts'

const BACKGROUND = 'request /background = true'
const SHORT = 'Count from 1 to 12 in English words.'
const LONG = 'Count from 1 to 1000 in English words.'

export const backgroundScenario = defineScenario<'start' | 'ended' | 'streamed' | 'cancelled'>({
  id: 'lifecycle/background',
  title: 'A background run, polled to its end',
  apiPaths: [BACKGROUND],
  tier: 'feature',
  steps: {
    start: {
      request: (builder) => builder.createRequest(SHORT, { background: true, store: true }),
      expect: 'success',
    },
    ended: {
      request: (builder) => repeatUntilEnded(buildRetrieve(builder.prior('start'))),
      expect: 'success',
    },
    streamed: {
      request: (builder) => buildRetrieve(builder.prior('start'), [['stream', 'true']]),
      expect: 'refusal',
    },
    // Whether a run that has ended may be cancelled is said nowhere.
    cancelled: { request: (builder) => buildCancel(builder.prior('start')), expect: 'either' },
  },
})

export const abortedRunScenario = defineScenario<'start' | 'cancelled' | 'again' | 'later'>({
  id: 'lifecycle/aborted',
  title: 'A background run, cancelled twice',
  apiPaths: [BACKGROUND, 'operation cancel'],
  tier: 'feature',
  steps: {
    start: {
      request: (builder) =>
        builder.createRequest(LONG, { background: true, store: true, max_output_tokens: 1000 }),
      expect: 'success',
    },
    cancelled: { request: (builder) => buildCancel(builder.prior('start')), expect: 'success' },
    again: { request: (builder) => buildCancel(builder.prior('start')), expect: 'success' },
    later: {
      // Asked again for a while: a cancelled run must not come to an end after all.
      request: (builder): WireRequest => ({
        ...buildRetrieve(builder.prior('start')),
        repeatUntil: { at: '/status', oneOf: ['completed'], everyMs: 1500, limitMs: 2500 },
      }),
      expect: 'success',
    },
  },
})

/** The events that are read before the connection is dropped. */
export const EVENTS_READ = 3

export const streamedRunScenario = defineScenario({
  id: 'lifecycle/streamed-run',
  title: 'A streamed background run whose connection drops',
  apiPaths: [BACKGROUND, 'request /stream = true'],
  tier: 'feature',
  steps: {
    start: {
      request: (builder) => ({
        ...builder.createRequest('Reply with the single word: ready.', {
          background: true,
          stream: true,
          store: true,
        }),
        abortAfter: EVENTS_READ,
      }),
      expect: 'success',
    },
  },
})

export const interruptedRunScenario = defineScenario<'start' | 'ended' | 'replay' | 'resume'>({
  id: 'lifecycle/interrupted',
  title: 'A streamed background run whose connection drops, replayed and resumed',
  apiPaths: [BACKGROUND, 'request /stream = true'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    start: {
      request: (builder) => ({
        ...builder.createRequest(SHORT, { background: true, stream: true, store: true }),
        abortAfter: EVENTS_READ,
      }),
      expect: 'success',
    },
    ended: {
      request: (builder) => repeatUntilEnded(buildRetrieve(builder.prior('start'))),
      expect: 'success',
    },
    replay: {
      request: (builder) =>
        buildRetrieve(builder.prior('start'), [
          ['stream', 'true'],
          ['include_obfuscation', 'false'],
        ]),
      expect: 'success',
    },
    resume: {
      request: (builder) =>
        buildRetrieve(builder.prior('start'), [
          ['stream', 'true'],
          ['starting_after', String(EVENTS_READ)],
        ]),
      expect: 'success',
    },
  },
})
