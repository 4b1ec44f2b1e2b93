import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { lawCheck } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/counts-usage-at-the-end',
  title: 'Usage is in the terminal event, and null before it',
  laws: ['usage-at-end'],
  covers: ['stream-usage-only-terminal'],

  mutants: [
    {
      story: 'a relay does not ask its upstream for usage when it streams',
      on: text,
      reply: (reply) =>
        changingResponse(reply, TERMINAL_EVENTS, (response) => ({ ...response, usage: null })),
    },
  ],
})
