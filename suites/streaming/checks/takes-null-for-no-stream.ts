import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { findNotSentAtOnce, streamWhen } from '../sent-at-once.ts'
import { nullStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/takes-null-for-no-stream',
  title: 'stream null gives one JSON response',
  kind: 'wire',
  scenario: nullStreamScenario,
  covers: ['stream-param-false-null'],

  judge: ({ none }) => verdictOf(findNotSentAtOnce('none', none!)),

  mutants: [
    {
      story: 'any value of stream is taken for yes',
      reply: streamWhen(null),
    },
  ],
})
