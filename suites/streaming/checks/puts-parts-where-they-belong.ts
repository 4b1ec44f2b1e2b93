import { mapEvents } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/puts-parts-where-they-belong',
  title: 'Text and refusals are in messages, raw reasoning is in reasoning items',
  rules: ['part-host'],
  covers: ['stream-content-part-host-type'],
  about: hasTypePrefix('content_part'),

  mutants: [
    {
      story: 'thoughts are streamed as a part of the message',
      on: textStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isObject(event['part'])
            ? { ...event, part: { type: 'reasoning_text', text: event['part']['text'] ?? '' } }
            : String(event['type']).startsWith('response.output_text')
              ? { ...event, type: String(event['type']).replace('output_text', 'reasoning_text') }
              : event,
        ),
    },
  ],
})
