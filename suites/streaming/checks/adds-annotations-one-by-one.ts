import { mapEvents } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { searchStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/adds-annotations-one-by-one',
  title: 'Annotations are added at their index, as they are in the finished part',
  rules: ['annotations'],
  covers: ['stream-annotation-added'],
  about: isType('response.output_text.annotation.added'),

  mutant: {
    story: 'all annotations get the index 1',
    on: searchStreamScenario,
    reply: (reply) =>
      mapEvents(reply, (event) =>
        'annotation_index' in event ? { ...event, annotation_index: 1 } : event,
      ),
  },
})
