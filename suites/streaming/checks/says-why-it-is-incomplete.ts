import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { incompleteStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/says-why-it-is-incomplete',
  title: 'response.incomplete carries incomplete_details.reason',
  rules: ['incomplete-details'],
  covers: ['stream-incomplete-details'],
  about: isType('response.incomplete'),

  mutants: [
    {
      story: 'the finish reason of the upstream is mapped to a status only',
      on: incompleteStreamScenario,
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          incomplete_details: null,
        })),
    },
  ],
})
