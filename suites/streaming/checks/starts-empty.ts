import { lawCheck } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/starts-empty',
  title: 'Before its end, a response is in progress, without output, error or completion',
  laws: ['initial-state'],
  covers: ['stream-created-initial-state'],

  mutants: [
    {
      story: 'one template is used for the beginning and the end',
      on: text,
      reply: (reply) =>
        changingResponse(reply, ['response.created', 'response.in_progress'], (response) => ({
          ...response,
          status: 'completed',
        })),
    },
  ],
})
