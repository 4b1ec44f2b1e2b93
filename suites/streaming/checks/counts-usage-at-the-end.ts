import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-usage-at-the-end',
  title: 'Usage is in the terminal event, and null before it',
  rules: ['usage-at-end'],
  covers: ['stream-usage-only-terminal'],

  mutants: [
    {
      story: 'a relay does not ask its upstream for usage when it streams',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({ ...response, usage: null })),
    },
    {
      story: 'the counters are sent from the beginning, at 0',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, ['response.created', 'response.in_progress'], (response) => ({
          ...response,
          usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
        })),
    },
  ],
})
