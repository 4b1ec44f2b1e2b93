import { field } from '../../../src/authoring/read.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { changeEvents, dropEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/spells-what-it-says',
  title: 'The deltas spell the text of every later telling',
  rules: ['text-assembly'],
  covers: ['stream-text-delta-concat'],
  about: hasTypePrefix('output_text'),

  mutants: [
    {
      story: 'a gateway drops the first character of each delta, and the end of the stream has it',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.output_text.delta', (event) => ({
          ...event,
          delta: String(event['delta']).slice(1),
        })),
    },
    {
      story:
        'the part that is added is the one that grows: it has the first delta, which then follows',
      on: textStreamScenario,
      reply: (reply) => {
        const first =
          'events' in reply.body
            ? reply.body.events.find(
                (event) => field(event, '/type') === 'response.output_text.delta',
              )
            : undefined
        return changeEvents(reply, 'response.content_part.added', (event) => ({
          ...event,
          part: { ...(event['part'] as JsonObject), text: field(first, '/delta') ?? '' },
        }))
      },
    },
    {
      story: 'a short text comes with its finished part, and in no delta',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          dropEvents(reply, 'response.output_text.delta', 'response.output_text.done'),
        ),
    },
  ],
})
