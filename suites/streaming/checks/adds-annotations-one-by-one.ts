import { mapEvents } from '../../../src/authoring/define.ts'
import { lawCheck, isType } from '../stream-rule-check.ts'
import { search } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/adds-annotations-one-by-one',
  title: 'Annotations are added at their index, as they are in the finished part',
  laws: ['annotations'],
  covers: ['stream-annotation-added'],
  about: isType('response.output_text.annotation.added'),

  mutants: [
    {
      story: 'all annotations get the index 1',
      on: search,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'annotation_index' in event ? { ...event, annotation_index: 1 } : event,
        ),
    },
  ],
})
