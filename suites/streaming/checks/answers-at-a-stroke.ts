import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { atOnce, streamingFor } from '../sent-at-once.ts'
import { atAStroke } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/answers-at-a-stroke',
  title: 'stream false or absent gives one JSON response',
  kind: 'wire',
  scenario: atAStroke,
  covers: ['stream-param-false-null'],

  judge: ({ absent, off }) => verdictOf([...atOnce('absent', absent), ...atOnce('off', off)]),

  mutants: [
    {
      story: 'any value of stream is taken for yes',
      reply: streamingFor(false),
    },
  ],
})
