import { mapEvents, without } from '../../../src/authoring/define.ts'
import { lawCheck } from '../stream-rule-check.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/numbers-its-events',
  title: 'Every event has a string type and an integer sequence_number',
  laws: ['numbered'],
  covers: ['stream-type-and-seq-present'],

  mutants: [
    {
      story: 'the number 0 is taken for empty and left out of the JSON',
      on: text,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          event['sequence_number'] === 0 ? without(event, 'sequence_number') : event,
        ),
    },
  ],
})
