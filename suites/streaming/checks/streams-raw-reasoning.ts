import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { thinkingAloud } from '../mutants.ts'
import { reasoning } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/streams-raw-reasoning',
  title: 'Raw reasoning is streamed in parts of type reasoning_text',
  laws: ['reasoning-text', 'reasoning-name-openai'],
  covers: ['stream-reasoning-text-openai'],
  only: ['own', 'openai'],
  about: speaksOf('reasoning_text', 'reasoning.'),

  mutants: [
    {
      story: 'thoughts are streamed without opening a part',
      on: reasoning,
      reply: thinkingAloud,
    },
  ],
})
