import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { schemalessScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-a-missing-schema',
  title: 'The format json_schema without a schema is refused',
  kind: 'wire',
  scenario: schemalessScenario,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'json_schema needs a schema')
  },

  mutants: [
    {
      story: 'a gateway falls back to plain text',
      reply: answerAnyway,
    },
  ],
})
