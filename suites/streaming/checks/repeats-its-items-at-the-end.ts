import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'
import { mapItems } from '../../common/mutants.ts'

export default defineStreamRuleCheck({
  id: 'streaming/repeats-its-items-at-the-end',
  title: 'The final output is what was streamed, item by item',
  rules: ['terminal-output'],
  covers: ['stream-terminal-output-complete'],
  about: isType('response.completed'),

  mutants: [
    {
      story: 'a gateway streams the items and forgets to collect them',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({ ...response, output: [] })),
    },
    {
      story: 'the items of the final response are as they were added',
      on: textStreamScenario,
      reply: (reply) => mapItems(reply, 'message', (item) => ({ ...item, status: 'in_progress' })),
    },
    {
      story: 'a typed language writes an item that it does not know as null',
      on: textStreamScenario,
      reply: (reply) => mapItems(reply, 'message', () => null),
    },
  ],
})
