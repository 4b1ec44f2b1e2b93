import { mapEvents } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { searchStreamScenario } from '../scenarios.ts'
import { changeEvents } from '../mutants.ts'
import { isObject } from '../../../src/authoring/read.ts'

export default defineStreamRuleCheck({
  id: 'streaming/adds-annotations-one-by-one',
  title: 'Annotations are added at their index, as they are in the finished part',
  rules: ['annotations'],
  covers: ['stream-annotation-added'],
  about: isType('response.output_text.annotation.added'),

  mutants: [
    {
      story: 'all annotations get the index 1',
      on: searchStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'annotation_index' in event ? { ...event, annotation_index: 1 } : event,
        ),
    },
    {
      story: 'the title of a citation is only known in the finished part',
      on: searchStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.output_text.annotation.added', (event) => ({
          ...event,
          annotation: { ...(isObject(event['annotation']) ? event['annotation'] : {}), title: '' },
        })),
    },
  ],
})
