import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/keeps-the-response-id',
  title: 'response.id is the same in every event, and no event of another response is mixed in',
  rules: ['response-id'],
  covers: ['stream-response-id-stable', 'stream-concurrent-isolation'],

  mutants: [
    {
      story: 'each chunk of the upstream gets an id of its own',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          id: 'resp_of_the_last_chunk',
        })),
    },
  ],
})
