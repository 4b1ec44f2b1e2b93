import { isObject } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/opens-parts-empty',
  title: 'A part is added without text and annotations',
  rules: ['part-starts'],
  covers: ['stream-content-part-initial'],
  about: isType('response.content_part.added'),

  mutants: [
    {
      story: 'the first words are put into the opening of the part',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.content_part.added', (event) => ({
          ...event,
          part: { ...(isObject(event['part']) ? event['part'] : {}), text: 'Once' },
        })),
    },
    {
      story: 'citations that are known early are put into the opening of the part',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.content_part.added', (event) => ({
          ...event,
          part: {
            ...(isObject(event['part']) ? event['part'] : {}),
            annotations: [
              { type: 'file_citation', file_id: 'file_1', filename: 'a.txt', index: 0 },
            ],
          },
        })),
    },
  ],
})
