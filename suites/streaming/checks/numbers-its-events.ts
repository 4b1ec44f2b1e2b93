import { mapEvents, without } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { textStreamScenario } from '../scenarios.ts'
import { replaceFrames } from '../mutants.ts'

export default defineStreamRuleCheck({
  id: 'streaming/numbers-its-events',
  title: 'Every event has a string type and an integer sequence_number',
  rules: ['numbered'],
  covers: ['stream-type-and-seq-present'],

  mutants: [
    {
      story: 'the number 0 is taken for empty and left out of the JSON',
      on: textStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          event['sequence_number'] === 0 ? without(event, 'sequence_number') : event,
        ),
    },
    {
      story: 'the type of an event is only in its event line',
      on: textStreamScenario,
      wire: replaceFrames((frame) => frame.replace(/^data: \{"type":"[^"]*",/m, 'data: {')),
    },
  ],
})
