import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/repeats-its-items-at-the-end',
  title: 'The final output is what was streamed, item by item',
  rules: ['terminal-output'],
  covers: ['stream-terminal-output-complete'],
  about: isType('response.completed'),

  mutant: {
    story: 'a gateway streams the items and forgets to collect them',
    on: textStreamScenario,
    reply: (reply) =>
      changeResponses(reply, TERMINAL_EVENTS, (response) => ({ ...response, output: [] })),
  },
})
