import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { lawCheck } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/keeps-the-response-id',
  title: 'response.id is the same in every event, and no event of another response is mixed in',
  laws: ['response-id'],
  covers: ['stream-response-id-stable', 'stream-concurrent-isolation'],

  mutants: [
    {
      story: 'each chunk of the upstream gets an id of its own',
      on: text,
      reply: (reply) =>
        changingResponse(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          id: 'resp_of_the_last_chunk',
        })),
    },
  ],
})
