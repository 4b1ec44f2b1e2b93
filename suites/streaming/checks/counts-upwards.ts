import { isNumbered, lawCheck } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/counts-upwards',
  title: 'sequence_number strictly increases over all events',
  laws: ['numbers-increase'],
  about: isNumbered,
  covers: ['stream-seq-strictly-increasing'],

  mutants: [
    {
      story: 'each kind of event is counted by itself',
      on: text,
      reply: (reply) =>
        changing(reply, 'response.output_item.done', (event) => ({ ...event, sequence_number: 0 })),
    },
  ],
})
