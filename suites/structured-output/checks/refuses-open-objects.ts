import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { openSchemaScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-open-objects',
  title: 'A strict schema that leaves its object open is refused',
  kind: 'wire',
  scenario: openSchemaScenario,
  covers: ['so-strict-rejects-open-object'],
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
