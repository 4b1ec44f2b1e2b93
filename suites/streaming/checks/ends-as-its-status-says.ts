import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/ends-as-its-status-says',
  title: 'The type of the terminal event agrees with response.status',
  rules: ['terminal-status'],
  covers: ['stream-terminal-matches-status'],
  about: isType('response.completed', 'response.incomplete', 'response.failed'),

  mutants: [
    {
      story: 'the object of the terminal event is the one from the beginning',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          status: 'in_progress',
        })),
    },
  ],
})
