import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { dropEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/begins-with-created',
  title: 'A stream begins with response.created, exactly once',
  rules: ['created-first'],
  covers: ['stream-first-event-created'],

  mutant: {
    story: 'an adapter begins with the first chunk of its upstream',
    on: textStreamScenario,
    reply: (reply) => dropEvents(reply, 'response.created'),
  },
})
