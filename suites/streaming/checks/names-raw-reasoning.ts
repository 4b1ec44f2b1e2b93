import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { thinkingAloud } from '../mutants.ts'
import { reasoning } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/names-raw-reasoning',
  title: 'Raw reasoning is called response.reasoning.delta and .done',
  laws: ['reasoning-text', 'reasoning-name-open-responses'],
  covers: ['stream-reasoning-text-open-responses'],
  only: ['open-responses'],
  about: speaksOf('reasoning_text', 'reasoning.'),

  mutants: [
    {
      story: 'the names of OpenAI are used',
      on: reasoning,
      dialect: 'open-responses',
      reply: thinkingAloud,
    },
  ],
})
