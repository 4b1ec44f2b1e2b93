import { isObject } from '../../../src/authoring/read.ts'
import { lawCheck, isType } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/opens-parts-empty',
  title: 'A part is added without text and annotations',
  laws: ['part-starts'],
  covers: ['stream-content-part-initial'],
  about: isType('response.content_part.added'),

  mutants: [
    {
      story: 'the first words are put into the opening of the part',
      on: text,
      reply: (reply) =>
        changing(reply, 'response.content_part.added', (event) => ({
          ...event,
          part: { ...(isObject(event['part']) ? event['part'] : {}), text: 'Once' },
        })),
    },
  ],
})
