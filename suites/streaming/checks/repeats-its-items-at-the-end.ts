import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { lawCheck, isType } from '../stream-rule-check.ts'
import { changingResponse } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/repeats-its-items-at-the-end',
  title: 'The final output is what was streamed, item by item',
  laws: ['terminal-output'],
  covers: ['stream-terminal-output-complete'],
  about: isType('response.completed'),

  mutants: [
    {
      story: 'a gateway streams the items and forgets to collect them',
      on: text,
      reply: (reply) =>
        changingResponse(reply, TERMINAL_EVENTS, (response) => ({ ...response, output: [] })),
    },
  ],
})
