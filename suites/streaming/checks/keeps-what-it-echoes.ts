import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { lawCheck } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/keeps-what-it-echoes',
  title: 'created_at, model and the echoed parameters stay the same until the end',
  laws: ['echo-stable'],
  covers: ['stream-created-at-stable'],

  mutants: [
    {
      story: 'created_at is the time at which the object was built',
      on: text,
      reply: (reply) =>
        changingResponse(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          created_at: Number(response['created_at']) + 3,
        })),
    },
  ],
})
