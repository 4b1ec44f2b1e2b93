import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { lawCheck, isType } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { incomplete } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/says-why-it-is-incomplete',
  title: 'response.incomplete carries incomplete_details.reason',
  laws: ['incomplete-details'],
  covers: ['stream-incomplete-details'],
  about: isType('response.incomplete'),

  mutants: [
    {
      story: 'the finish reason of the upstream is mapped to a status only',
      on: incomplete,
      reply: (reply) =>
        changingResponse(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          incomplete_details: null,
        })),
    },
  ],
})
