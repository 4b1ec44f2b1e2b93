import { mapEvents } from '../../../src/authoring/define.ts'
import { isNumbered, lawCheck } from '../stream-rule-check.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/counts-without-gaps',
  title: 'sequence_number has no gaps',
  laws: ['numbers-contiguous'],
  about: isNumbered,
  covers: ['stream-seq-contiguous'],

  mutants: [
    {
      story: 'a guardrail removes events that were numbered already',
      on: text,
      reply: (reply) =>
        mapEvents(reply, (event, index) => ({ ...event, sequence_number: 2 * index })),
    },
  ],
})
