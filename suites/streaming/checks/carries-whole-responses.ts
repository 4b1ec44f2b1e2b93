import { lawCheck } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/carries-whole-responses',
  title: 'Events of the life cycle carry the whole response object',
  laws: ['lifecycle-object'],
  covers: ['stream-lifecycle-full-object'],

  mutants: [
    {
      story: 'response.created carries an id and nothing else',
      on: text,
      reply: (reply) =>
        changingResponse(reply, ['response.created'], ({ id }) => ({ id: id ?? '' })),
    },
  ],
})
