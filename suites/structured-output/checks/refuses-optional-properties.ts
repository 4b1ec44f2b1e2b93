import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { optionalPropertyScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-optional-properties',
  title: 'A strict schema with an optional property is refused',
  kind: 'wire',
  scenario: optionalPropertyScenario,
  covers: ['so-strict-rejects-open-object'],
  only: ['openai'],

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'a strict schema requires each of its properties')
  },

  mutants: [
    {
      story: 'a gateway ignores strict',
      reply: answerAnyway,
    },
  ],
})
