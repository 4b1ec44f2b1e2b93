import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'
import { mapEvents } from '../../../src/authoring/define.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-summaries-in-order',
  title: 'A summary part is added, written, done and closed, and counted from 0',
  rules: ['summary'],
  covers: ['stream-summary-order'],
  about: hasTypePrefix('reasoning_summary'),

  mutants: [
    {
      story: 'summaries are sent as bare deltas',
      on: reasoningStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.reasoning_summary_part.added'),
    },
    {
      story: 'the end of a summary is taken for the end of its part',
      on: reasoningStreamScenario,
      reply: (reply) => renumberEvents(dropEvents(reply, 'response.reasoning_summary_part.done')),
    },
    {
      story: 'a summary only comes with the finished thoughts',
      on: reasoningStreamScenario,
      reply: (reply) =>
        renumberEvents(
          mapEvents(reply, (event) =>
            String(event['type']).startsWith('response.reasoning_summary') ? undefined : event,
          ),
        ),
    },
  ],
})
