import { mapEvents } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { textStreamScenario } from '../scenarios.ts'
import { changeEvents } from '../mutants.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-parts',
  title: 'content_index counts the parts of an item from 0',
  rules: ['content-index'],
  covers: ['stream-content-index-contiguous'],
  about: hasTypePrefix('content_part'),

  mutants: [
    {
      story: 'the reasoning of the upstream is counted as a part of the message',
      on: textStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'content_index' in event
            ? { ...event, content_index: Number(event['content_index']) + 1 }
            : event,
        ),
    },
    {
      story: 'deltas count parts from 1',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.output_text.delta', (event) => ({
          ...event,
          content_index: Number(event['content_index']) + 1,
        })),
    },
  ],
})
