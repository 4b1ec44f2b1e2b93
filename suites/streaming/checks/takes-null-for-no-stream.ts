import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { atOnce, streamingFor } from '../sent-at-once.ts'
import { nothing } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/takes-null-for-no-stream',
  title: 'stream null gives one JSON response',
  kind: 'wire',
  scenario: nothing,
  covers: ['stream-param-false-null'],

  judge: ({ none }) => verdictOf(atOnce('none', none!)),

  mutants: [
    {
      story: 'any value of stream is taken for yes',
      reply: streamingFor(null),
    },
  ],
})
