import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { lawCheck, isType } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/ends-as-its-status-says',
  title: 'The type of the terminal event agrees with response.status',
  laws: ['terminal-status'],
  covers: ['stream-terminal-matches-status'],
  about: isType('response.completed', 'response.incomplete', 'response.failed'),

  mutants: [
    {
      story: 'the object of the terminal event is the one from the beginning',
      on: text,
      reply: (reply) =>
        changingResponse(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          status: 'in_progress',
        })),
    },
  ],
})
