import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { openToolSchemaScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-open-strict-schemas',
  title: 'A strict function with an open object is refused',
  kind: 'wire',
  scenario: openToolSchemaScenario,
  covers: ['tool-strict-invalid-schema'],
  only: ['openai'],

  judge({ ask }) {
    return judgeRefusal(
      'ask',
      ask,
      'a strict schema says additionalProperties: false for each object',
    )
  },

  mutants: [
    {
      story: 'a gateway ignores strict',
      reply: answerAnyway,
    },
  ],
})
