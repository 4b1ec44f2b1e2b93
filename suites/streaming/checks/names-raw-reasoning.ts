import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { leakReasoning } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/names-raw-reasoning',
  title: 'Raw reasoning is called response.reasoning.delta and .done',
  rules: ['reasoning-text', 'reasoning-name-open-responses'],
  covers: ['stream-reasoning-text-open-responses'],
  only: ['open-responses'],
  about: hasTypePrefix('reasoning_text', 'reasoning.'),

  mutants: [
    {
      story: 'the names of OpenAI are used',
      on: reasoningStreamScenario,
      dialect: 'open-responses',
      reply: leakReasoning,
    },
  ],
})
