import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/starts-empty',
  title: 'Before its end, a response is in progress, without output, error or completion',
  rules: ['initial-state'],
  covers: ['stream-created-initial-state'],

  mutant: {
    story: 'one template is used for the beginning and the end',
    on: textStreamScenario,
    reply: (reply) =>
      changeResponses(reply, ['response.created', 'response.in_progress'], (response) => ({
        ...response,
        status: 'completed',
      })),
  },
})
