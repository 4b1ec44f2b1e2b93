import { mapEvents } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/puts-parts-where-they-belong',
  title: 'Text and refusals are in messages, raw reasoning is in reasoning items',
  laws: ['part-host'],
  covers: ['stream-content-part-host-type'],
  about: speaksOf('content_part'),

  mutants: [
    {
      story: 'thoughts are streamed as a part of the message',
      on: text,
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
