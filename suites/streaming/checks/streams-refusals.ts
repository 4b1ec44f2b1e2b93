import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents } from '../mutants.ts'
import { refusalStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-refusals',
  title: 'A refusal is streamed like a text: deltas, done, and the same in part and item',
  rules: ['refusal'],
  covers: ['stream-refusal-events'],
  about: hasTypePrefix('refusal'),

  mutants: [
    {
      story: 'a refusal is passed on as deltas only',
      on: refusalStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.refusal.done'),
    },
  ],
})
