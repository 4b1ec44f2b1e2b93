import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeResponses } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/carries-whole-responses',
  title: 'Events of the life cycle carry the whole response object',
  rules: ['lifecycle-object'],
  covers: ['stream-lifecycle-full-object'],

  mutant: {
    story: 'response.created carries an id and nothing else',
    on: textStreamScenario,
    reply: (reply) => changeResponses(reply, ['response.created'], ({ id }) => ({ id: id ?? '' })),
  },
})
