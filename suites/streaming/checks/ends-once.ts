import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { dropEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/ends-once',
  title: 'Exactly one terminal event ends the stream',
  rules: ['single-terminal'],
  covers: ['stream-single-terminal'],

  mutant: {
    story: 'a proxy stops at the last delta, and the clients ask again',
    on: textStreamScenario,
    reply: (reply) => dropEvents(reply, ...TERMINAL_EVENTS),
  },
})
