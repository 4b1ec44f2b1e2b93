import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { namelessSchemaScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-schemas-without-name',
  title: 'A schema without a name is refused',
  kind: 'wire',
  scenario: namelessSchemaScenario,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'json_schema needs a name')
  },

  mutants: [
    {
      story: 'a gateway makes up what is missing',
      reply: answerAnyway,
    },
  ],
})
