import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { findNotSentAtOnce, streamWhen } from '../sent-at-once.ts'
import { sentAtOnceScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/answers-at-a-stroke',
  title: 'stream false or absent gives one JSON response',
  kind: 'wire',
  scenario: sentAtOnceScenario,
  covers: ['stream-param-false-null'],

  judge: ({ absent, off }) =>
    verdictOf([...findNotSentAtOnce('absent', absent), ...findNotSentAtOnce('off', off)]),

  mutants: [
    {
      story: 'any value of stream is taken for yes',
      reply: streamWhen(false),
    },
    {
      story: 'a gateway streams unless it is told not to',
      reply: streamWhen(undefined),
    },
  ],
})
