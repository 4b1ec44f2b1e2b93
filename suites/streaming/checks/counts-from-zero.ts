import { mapEvents } from '../../../src/authoring/define.ts'
import { isNumbered, lawCheck } from '../stream-rule-check.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/counts-from-zero',
  title: 'response.created has sequence_number 0',
  laws: ['numbers-from-zero'],
  about: isNumbered,
  covers: ['stream-seq-starts-zero'],

  mutants: [
    {
      story: 'the counter is raised before it is used',
      on: text,
      reply: (reply) =>
        mapEvents(reply, (event) => ({
          ...event,
          sequence_number: Number(event['sequence_number']) + 1,
        })),
    },
  ],
})
