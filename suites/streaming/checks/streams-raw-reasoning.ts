import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { leakReasoning } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-raw-reasoning',
  title: 'Raw reasoning is streamed in parts of type reasoning_text',
  rules: ['reasoning-text', 'reasoning-name-openai'],
  covers: ['stream-reasoning-text-openai'],
  only: ['own', 'openai'],
  about: hasTypePrefix('reasoning_text', 'reasoning.'),

  mutants: [
    {
      story: 'thoughts are streamed without opening a part',
      on: reasoningStreamScenario,
      reply: leakReasoning,
    },
  ],
})
