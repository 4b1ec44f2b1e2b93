import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/closes-parts',
  title: 'Every part is finished by output_text.done and content_part.done',
  rules: ['part-closed'],
  covers: ['stream-text-done-present'],
  about: hasTypePrefix('content_part'),

  mutants: [
    {
      story: 'only the deltas of the upstream are passed on',
      on: textStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.output_text.done'),
    },
    {
      story: 'a part is opened, and nothing more is told of it',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          dropEvents(
            reply,
            'response.output_text.delta',
            'response.output_text.done',
            'response.content_part.done',
          ),
        ),
    },
    {
      story: 'the end of the text is taken for the end of its part',
      on: textStreamScenario,
      reply: (reply) => renumberEvents(dropEvents(reply, 'response.content_part.done')),
    },
  ],
})
