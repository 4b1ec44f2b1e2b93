import { mapEvents } from '../../../src/authoring/define.ts'
import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/counts-parts',
  title: 'content_index counts the parts of an item from 0',
  laws: ['content-index'],
  covers: ['stream-content-index-contiguous'],
  about: speaksOf('content_part'),

  mutants: [
    {
      story: 'the reasoning of the upstream is counted as a part of the message',
      on: text,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'content_index' in event
            ? { ...event, content_index: Number(event['content_index']) + 1 }
            : event,
        ),
    },
  ],
})
