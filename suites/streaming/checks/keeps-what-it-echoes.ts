import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/keeps-what-it-echoes',
  title: 'created_at, model and the echoed parameters stay the same until the end',
  rules: ['echo-stable'],
  covers: ['stream-created-at-stable'],

  mutants: [
    {
      story: 'created_at is the time at which the object was built',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          created_at: Number(response['created_at']) + 3,
        })),
    },
  ],
})
