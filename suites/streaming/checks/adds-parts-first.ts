import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents, delayEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/adds-parts-first',
  title: 'response.content_part.added precedes the text of its part',
  rules: ['part-added'],
  covers: ['stream-content-part-added-first'],
  about: hasTypePrefix('content_part', 'output_text', 'refusal'),

  mutants: [
    {
      story: 'an adapter opens items and never parts',
      on: textStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.content_part.added'),
    },
    {
      story: 'a text only comes with the finished item',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          dropEvents(
            reply,
            'response.content_part.added',
            'response.output_text.delta',
            'response.output_text.done',
            'response.content_part.done',
          ),
        ),
    },
    {
      story: 'a part is opened when its text is done',
      on: textStreamScenario,
      reply: (reply) => delayEvents(reply, 'response.content_part.added'),
    },
  ],
})
