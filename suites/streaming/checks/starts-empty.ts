import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/starts-empty',
  title: 'Before its end, a response is in progress, without output, error or completion',
  rules: ['initial-state'],
  covers: ['stream-created-initial-state'],

  mutants: [
    {
      story: 'one template is used for the beginning and the end',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, ['response.created', 'response.in_progress'], (response) => ({
          ...response,
          status: 'completed',
        })),
    },
    {
      story: 'the message is in the response before it is added',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, ['response.created', 'response.in_progress'], (response) => ({
          ...response,
          output: [{ type: 'message', role: 'assistant', status: 'in_progress', content: [] }],
        })),
    },
    {
      story: 'completed_at is the time at which an object was built',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, ['response.created', 'response.in_progress'], (response) => ({
          ...response,
          completed_at: response['created_at'] ?? 0,
        })),
    },
  ],
})
